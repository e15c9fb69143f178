package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MapperTest {
    /** Enough that the clock does not end a small search, even on a busy machine. */
    private static MappingOptions options(long seed, int threads) {
        return new MappingOptions(seed, Duration.ofSeconds(30), threads, MappingOptions.Objective.SWAPS);
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() {
        Circuit circuit = KnownOptimum.circuit(Shapes.grid(3, 3), 2, 12, 5);
        Device line = Shapes.line(9);
        Mapping one = Mapper.map(circuit, line, options(3, 1));
        Mapping three = Mapper.map(circuit, line, options(3, 3));
        assertThat(one.doubts()).isEmpty();
        assertThat(three.circuit()).isEqualTo(one.circuit());
        assertThat(three.initialLayout()).isEqualTo(one.initialLayout());
    }

    @Test
    void quekoCircuitsNeedNoSwap() throws IOException {
        Path shared = Path.of("../../shared/quantum");
        assumeTrue(Files.isDirectory(shared), "there is no ../shared/quantum beside this checkout");
        try (Stream<Path> files = Files.list(shared.resolve("queko"))) {
            for (Path file : files.toList()) {
                String device = file.getFileName().toString().startsWith("16") ? "aspen-16" : "sycamore-54";
                Mapping mapping = Mapper.map(Qasm.read(file),
                        Devices.read(shared.resolve("devices/" + device + ".json")), options(1, 1));
                assertThat(mapping.swaps()).as(file.toString()).isZero();
                assertThat(mapping.provenMinimal()).isTrue();
            }
        }
    }

    @Test
    void partsOfACircuitGoToPartsOfADevice() {
        Device split = Device.of("split", 5,
                List.of(new Device.Edge(0, 1), new Device.Edge(2, 3), new Device.Edge(3, 4)));
        String head = "OPENQASM 2.0; include \"qelib1.inc\"; qreg q[5]; ";
        Mapping fits = Mapper.map(Qasm.parse("t", head + "cx q[0],q[1]; cx q[1],q[2]; cx q[0],q[2]; cx q[3],q[4];"),
                split, options(1, 1));
        assertThat(fits.swaps()).isEqualTo(1);
        assertThatThrownBy(() -> Mapper.map(
                Qasm.parse("t", head + "cx q[0],q[1]; cx q[1],q[2]; cx q[2],q[3];"), split, options(1, 1)))
                .isInstanceOf(MappingException.class).hasMessageContaining("not connected");
    }

    @Test
    void tooManyQubitsAreRefused() {
        Circuit circuit = Circuit.of(6, 0, List.of(Operation.Gate.of("cx", 0, 5)));
        assertThatThrownBy(() -> Mapper.map(circuit, Shapes.line(5), options(1, 1)))
                .hasMessageContaining("6 qubits").hasMessageContaining("larger device");
    }

    @Test
    void branchesEndInOneLayout() {
        Circuit circuit = Qasm.parse("t", """
                OPENQASM 3; include "stdgates.inc"; qubit[4] q; bit[1] c;
                cx q[0], q[1]; cx q[1], q[2]; cx q[2], q[3]; c[0] = measure q[0];
                if (c[0]) { cx q[0], q[3]; cx q[1], q[3]; } else { cx q[0], q[2]; h q[1]; }
                cx q[0], q[1]; cx q[3], q[0];
                """);
        Mapping mapping = Mapper.map(circuit, Shapes.line(4), options(1, 1));
        assertThat(mapping.verification().holds()).isTrue();
        Circuit again = Qasm.parse("t", MappedText.of(mapping));
        assertThat(Verifier.verify(circuit, again, Shapes.line(4), mapping.initialLayout()).violations()).isEmpty();
    }

    @Test
    void aMillionGatesAreRoutedInOnePass() {
        Interactions.Builder builder = new Interactions.Builder(12, 12);
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        for (int i = 0; i < 1_000_000; i++) {
            int a = random.nextInt(12);
            int b = (a + 1 + random.nextInt(11)) % 12;
            builder.add(a, b, a, b);
        }
        Topology grid = Shapes.grid(3, 4).topology();
        Route route = Greedy.route(builder.build(), grid, java.util.stream.IntStream.range(0, 12).toArray(), 1,
                () -> false);
        assertThat(route.count()).isBetween(100_000, 2_000_000);
    }
}
