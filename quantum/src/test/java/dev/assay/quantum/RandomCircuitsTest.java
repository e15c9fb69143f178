package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code measurements/quantum.sh random} runs more of them. */
class RandomCircuitsTest {
    @Test
    void randomCircuitsAreMappedWithoutViolation() {
        RandomCircuitsTrial.Outcome outcome = RandomCircuitsTrial.run(0, 250);
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.simulated()).isGreaterThan(220);
        assertThat(outcome.branching()).isGreaterThan(60);
        assertThat(outcome.directed()).isGreaterThan(40);
        assertThat(outcome.apart()).isGreaterThan(10);
        assertThat(outcome.swaps()).isPositive();
    }
}
