package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@code -Dtest.args=-Dassay.random.circuits=10000} runs more of them. */
class RandomCircuitsTest {
    private static final int COUNT = Integer.getInteger("assay.random.circuits", 250);

    @Test
    void everyRandomCircuitIsMappedWithoutViolation() {
        int simulated = 0;
        for (long seed = 0; seed < COUNT; seed++) {
            Circuit circuit = Circuits.random(seed);
            Device device = Circuits.device(seed);
            Mapping mapping = Mapper.map(circuit, device,
                    new MappingOptions(seed, Duration.ofMillis(20), 1, MappingOptions.Objective.SWAPS));
            Verification again = Verifier.verify(circuit, mapping.circuit(), device, mapping.initialLayout());
            assertThat(again.violations()).as("seed %d on %s", seed, device.name()).isEmpty();
            assertThat(again.finalLayout()).as("seed %d", seed).isEqualTo(mapping.finalLayout());
            simulated += again.simulated() ? 1 : 0;
        }
        System.out.println("random circuits: " + COUNT + ", violations: 0, states compared: " + simulated);
    }

    @Test
    void gatesAloneAreAlsoSimulated() {
        for (long seed = 0; seed < COUNT / 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Operation> gates = Circuits.steps(random, 6, 1, 50, 0).stream()
                    .filter(Operation.Gate.class::isInstance).toList();
            Circuit circuit = Circuit.of(6, 0, gates);
            Device device = Circuits.device(seed + 1_000_000);
            Mapping mapping = Mapper.map(circuit, device,
                    new MappingOptions(seed, Duration.ofMillis(20), 1, MappingOptions.Objective.DEPTH));
            Verification again = Verifier.verify(circuit, mapping.circuit(), device, mapping.initialLayout());
            assertThat(again.violations()).as("seed %d on %s", seed, device.name()).isEmpty();
            assertThat(again.simulated()).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void whatIsWrittenIsReadAgainAsTheSame() {
        for (long seed = 0; seed < COUNT; seed++) {
            Circuit circuit = Circuits.random(seed);
            Circuit again = Qasm.parse("seed " + seed, Qasm.write3(circuit));
            assertThat(again.operations()).as("seed %d", seed).isEqualTo(canonical(circuit.operations()));
            List<Operation> plain = circuit.operations().stream()
                    .filter(o -> !(o instanceof Operation.Conditional)).toList();
            Circuit two = Circuit.of(circuit.qubits(), circuit.bits(), plain);
            assertThat(Qasm.parse("seed " + seed, Qasm.write2(two))).as("seed %d", seed).isEqualTo(two);
        }
    }

    /** Gates that stdgates.inc lacks come back as what they are defined as; leave those out of the comparison. */
    private static List<Operation> canonical(List<Operation> operations) {
        return Qasm.parse("again", Qasm.write3(Circuit.of(9, 3, operations))).operations();
    }
}
