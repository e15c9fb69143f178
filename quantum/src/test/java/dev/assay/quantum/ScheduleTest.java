package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Device TIMED = new Device("t", 3, Shapes.line(3).edges(), false,
            Map.of("1q", 30.0, "2q", 100.0),
            List.of(), List.of(), 16);
    private final Circuit circuit = Circuit.of(3, 1, List.of(Operation.Gate.of("x", 0), Operation.Gate.of("cx", 0, 1),
            Operation.Gate.of("x", 2), Operation.Gate.of("cx", 1, 2), new Operation.Measure(0, 0)));

    @Test
    void stepsBeginWhenTheirQubitsAreFreeAtAlignedTimes() {
        Schedule schedule = Schedule.asap(circuit, TIMED);
        assertThat(schedule.startNanos()).containsExactly(0, 32, 0, 144, 144);
        assertThat(schedule.makespanNanos()).isEqualTo(144 + 704);
        assertThat(schedule.idle()).containsExactly(new Schedule.Idle(2, 32, 144));
    }

    @Test
    void asLateAsPossibleTakesNoLongerAndKeepsTheOrder() {
        for (long seed = 0; seed < 100; seed++) {
            Circuit random = Circuits.random(seed);
            Device device = Shapes.full(9);
            Schedule soon = Schedule.asap(random, device);
            Schedule late = Schedule.alap(random, device);
            assertThat(late.makespanNanos()).isEqualTo(soon.makespanNanos());
            for (Schedule schedule : List.of(soon, late)) {
                double[] free = new double[random.qubits()];
                for (int i = 0; i < schedule.startNanos().length; i++) {
                    for (int q : random.operations().get(i).qubits()) {
                        assertThat(schedule.startNanos()[i]).as("seed %d", seed).isGreaterThanOrEqualTo(free[q]);
                        free[q] = schedule.endNanos()[i];
                    }
                }
            }
        }
    }

    @Test
    void delaysFillTheIdleTimes() {
        Circuit delayed = Schedule.asap(circuit, TIMED).withDelays();
        assertThat(delayed.operations()).contains(new Operation.Delay(2, 112, "ns"));
        assertThat(Schedule.asap(delayed, TIMED).makespanNanos())
                .isEqualTo(Schedule.asap(circuit, TIMED).makespanNanos());
    }

    @Test
    void picturesShowEveryStep() {
        assertThat(Pictures.circuitSvg(circuit)).startsWith("<svg").endsWith("</svg>\n").contains(">x<", ">M c[0]<");
        assertThat(Pictures.circuitText(circuit)).contains("q[0] ", "-M c[0]-");
        assertThat(Pictures.scheduleSvg(Schedule.asap(circuit, TIMED))).contains("<title>cx 32-144 ns</title>");
        Circuit swapped = Circuit.of(3, 0, List.of(Operation.Gate.of("swap", 1, 0)));
        assertThat(Pictures.deviceSvg(TIMED, swapped)).contains("0-1: 1 swaps");
        assertThat(Pictures.deviceText(TIMED, swapped)).contains("0 - 1         1");
    }
}
