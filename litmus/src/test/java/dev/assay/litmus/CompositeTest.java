package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompositeTest {
    @Test
    void theModelTellsTheTornDesignsFromTheOthersAndTheProcessorAgrees() {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux"),
                "the designs are run as x86-64 machine code on Linux");
        try (LitmusRunner runner = new LitmusRunner(
                new LitmusRunner.Settings(List.of(), 0.2, Long.MAX_VALUE, 1, Optional.empty()))) {
            List<Composite.Candidate> designs = Composite.observe(runner);
            assertThat(designs).extracting(Composite.Candidate::tornAllowed).containsExactly(true, true, false, false);
            assertThat(designs).filteredOn(d -> !d.tornAllowed()).allMatch(Composite.Candidate::holds);
            assertThat(designs.getFirst().drawing()).isPresent();
        }
    }
}
