package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PicturesTest {
    private static final List<Device> SHAPES = List.of(Shapes.line(9), Shapes.ring(7), Shapes.grid(3, 5),
            Shapes.full(6), Shapes.heavyHex(5), Shapes.sycamore(5, 4));

    @Test
    void qubitsStandApartOnEveryDevice() {
        List<Device> devices = new ArrayList<>(SHAPES);
        // The same with their places forgotten, and in pieces.
        SHAPES.forEach(d -> devices.add(Device.of(d.name() + " unplaced", d.qubits(), d.edges())));
        devices.add(Device.of("star", 12, IntStream.range(1, 12).mapToObj(q -> new Device.Edge(0, q)).toList()));
        devices.add(Device.of("apart", 9, List.of(new Device.Edge(0, 3), new Device.Edge(3, 6),
                new Device.Edge(1, 4), new Device.Edge(4, 1 + 6), new Device.Edge(7, 1))));
        devices.add(Device.of("one", 1, List.of()));
        for (Device device : devices) {
            DeviceLayout layout = DeviceLayout.of(device);
            for (int i = 0; i < device.qubits(); i++) {
                assertThat(layout.x()[i]).as(device.name()).isBetween(0.0, layout.width());
                assertThat(layout.y()[i]).as(device.name()).isBetween(0.0, layout.height());
                for (int j = 0; j < i; j++) {
                    assertThat(distance(layout, i, j)).as("%s: %d and %d", device.name(), i, j).isGreaterThan(0.55);
                }
            }
        }
    }

    @Test
    void aGridThatDoesNotSayWhereItsQubitsAreIsDrawnAsAGrid() {
        List<Integer> names = new ArrayList<>(IntStream.range(0, 48).boxed().toList());
        Collections.shuffle(names, new Random(3));
        Device shuffled = Device.of("shuffled", 48, Shapes.grid(6, 8).edges().stream()
                .map(e -> new Device.Edge(names.get(e.from()), names.get(e.to()))).toList());
        DeviceLayout layout = DeviceLayout.of(shuffled);
        for (Device.Edge edge : shuffled.edges()) {
            assertThat(distance(layout, edge.from(), edge.to())).isBetween(0.75, 1.25);
            double dx = Math.abs(layout.x()[edge.from()] - layout.x()[edge.to()]);
            double dy = Math.abs(layout.y()[edge.from()] - layout.y()[edge.to()]);
            assertThat(Math.min(dx, dy)).as("level or upright").isLessThan(0.25);
        }
        assertThat(layout.width()).isGreaterThan(layout.height());
    }

    private static double distance(DeviceLayout layout, int i, int j) {
        return Math.hypot(layout.x()[i] - layout.x()[j], layout.y()[i] - layout.y()[j]);
    }

    @Test
    void coordinatesOfTheFileCount() {
        Device device = Devices.parse("t", "{\"name\": \"t\", \"qubits\": 3, \"edges\": [[0, 1], [1, 2]], "
                + "\"coordinates\": [[5, 5], [15, 5], [15, 15]]}");
        DeviceLayout layout = DeviceLayout.of(device);
        assertThat(layout.x()).containsExactly(0, 1, 1);
        assertThat(layout.y()).containsExactly(0, 0, 1);
        assertThatThrownBy(() -> Devices.parse("t", "{\"qubits\": 2, \"edges\": [], \"coordinates\": [[1, 2]]}"))
                .hasMessageContaining("one pair of coordinates per qubit");
        assertThatThrownBy(() -> Devices.parse("t", "{\"qubits\": 1, \"edges\": [], \"coordinates\": [3]}"))
                .hasMessageContaining("a pair of numbers, not 3");
    }

    @Test
    void everyPictureIsWellFormed() {
        for (long seed = 0; seed < 6; seed++) {
            Circuit circuit = RandomPrograms.program(seed, true).circuit();
            Mapping mapping = Mapper.map(circuit, Shapes.grid(3, 5),
                    new MappingOptions(seed, Duration.ofMillis(20), 1, MappingOptions.Objective.SWAPS));
            wellFormed(Pictures.circuitSvg(circuit));
            wellFormed(Pictures.circuitSvg(mapping.circuit()));
            wellFormed(Pictures.deviceSvg(Circuits.directed(Shapes.grid(3, 5)), mapping.circuit()));
            wellFormed(Pictures.scheduleSvg(Schedule.alap(mapping.circuit(), Shapes.grid(3, 5))));
        }
        wellFormed(Pictures.circuitSvg(Circuit.of(2, 0, List.of())));
        wellFormed(Pictures.scheduleSvg(Schedule.asap(Circuit.of(2, 0, List.of()), Shapes.line(2))));
        Device odd = Device.of("<&'\"", 1, List.of());
        wellFormed(Pictures.deviceSvg(odd, Circuit.of(1, 0, List.of())));
    }

    private static void wellFormed(String svg) {
        assertThatCode(() -> DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))).as(svg).doesNotThrowAnyException();
    }

    @Test
    void aLongCircuitIsDrawnInLinesAndSaysWhatIsLeftOut() {
        List<Operation> steps = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            steps.add(Operation.Gate.of("cx", i % 2, 1 - i % 2));
        }
        String svg = Pictures.circuitSvg(Circuit.of(9, 0, steps));
        assertThat(svg).contains("3000 more steps are not drawn").contains(">q[1]<").doesNotContain(">q[2]<");
        assertThat(Integer.parseInt(svg.replaceFirst("(?s).*?width='(\\d+)'.*", "$1"))).isLessThan(1700);
        assertThat(Pictures.circuitText(Circuit.of(2, 0, steps))).contains("more steps");
    }

    @Test
    void anglesAreNamedAsPartsOfPi() {
        assertThat(StepLabels.angle(Math.PI / 4)).isEqualTo("\u03c0/4");
        assertThat(StepLabels.angle(-3 * Math.PI / 2)).isEqualTo("-3\u03c0/2");
        assertThat(StepLabels.angle(0)).isEqualTo("0");
        assertThat(StepLabels.angle(0.5)).isEqualTo("0.5");
        assertThat(StepLabels.angle(1e-5)).isEqualTo("1.0e-05");
    }

    @Test
    void whatIsNotMappedIsRefused() {
        Circuit circuit = Circuit.of(3, 0, List.of(Operation.Gate.of("cx", 0, 2)));
        assertThatThrownBy(() -> Pictures.deviceText(Shapes.line(3), circuit)).isInstanceOf(MappingException.class)
                .hasMessageContaining("cx [0, 2] is not on a coupling of line-3; map the circuit first");
        assertThatThrownBy(() -> Schedule.asap(circuit, Shapes.line(2))).isInstanceOf(MappingException.class)
                .hasMessageContaining("3 qubits").hasMessageContaining("map it first");
    }
}
