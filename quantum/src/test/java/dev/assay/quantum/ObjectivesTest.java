package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ObjectivesTest {
    @Test
    void eachObjectiveWinsByItsOwnMeasure() {
        List<Mapping> swaps = all(MappingOptions.Objective.SWAPS);
        List<Mapping> depth = all(MappingOptions.Objective.DEPTH);
        List<Mapping> duration = all(MappingOptions.Objective.DURATION);
        List<Mapping> success = all(MappingOptions.Objective.SUCCESS);
        assertNeverWorse(depth, swaps, Mapping::depth, 3);
        assertNeverWorse(duration, swaps, Mapping::durationNanos, 3);
        assertNeverWorse(success, swaps, mapping -> -mapping.success(), 5);
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() {
        Device device = noisy(Shapes.grid(4, 4), 1);
        Circuit circuit = random(16, 120, 1);
        for (MappingOptions.Objective objective : MappingOptions.Objective.values()) {
            Mapping one = map(circuit, device, objective, 1);
            assertThat(map(circuit, device, objective, 3).circuit()).isEqualTo(one.circuit());
        }
    }

    /** Never worse, and better by this many of a hundred on the whole. */
    private static void assertNeverWorse(List<Mapping> mappings, List<Mapping> others,
            ToDoubleFunction<Mapping> measure,
            int percent) {
        double sum = 0;
        for (int i = 0; i < mappings.size(); i++) {
            double own = measure.applyAsDouble(mappings.get(i));
            double other = measure.applyAsDouble(others.get(i));
            assertThat(own).as("case " + i).isLessThanOrEqualTo(other);
            sum += (other - own) / Math.abs(other);
        }
        assertThat(100 * sum / mappings.size()).isGreaterThan(percent);
    }

    private static List<Mapping> all(MappingOptions.Objective objective) {
        List<Mapping> all = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            all.add(map(random(16, 120, seed), noisy(Shapes.grid(4, 4), seed), objective, 1));
            all.add(map(random(14, 60, seed), noisy(Shapes.heavyHex(3), seed), objective, 1));
        }
        return all;
    }

    private static Mapping map(Circuit circuit, Device device, MappingOptions.Objective objective, int threads) {
        // By a clock that stands still, so that steps alone end the search.
        return Mapper.map(circuit, device, new MappingOptions(1, Duration.ofMillis(200), threads, objective), () -> 0);
    }

    private static Circuit random(int qubits, int gates, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation> steps = new ArrayList<>();
        for (int i = 0; i < gates; i++) {
            int a = random.nextInt(qubits);
            steps.add(Operation.Gate.of("cx", a, (a + 1 + random.nextInt(qubits - 1)) % qubits));
        }
        return Circuit.of(qubits, 0, steps);
    }

    private static Device noisy(Device device, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> errors = device.edges().stream().map(_ -> 0.001 * Math.pow(30, random.nextDouble())).toList();
        return new Device(device.name(), device.qubits(), device.edges(), false,
                Map.of("2q", 300.0, "1q", 30.0), errors, List.of(), 1);
    }
}
