package dev.assay.scan.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.scan.Rule;
import dev.assay.scan.Rules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every demonstration runs in a virtual machine of its own; those that depend on no luck must show their effect. */
class DemonstrationsTest {
    /** Two threads must meet, or a compiler or the hardware must do what it may. */
    private static final Set<String> CHANCE = Set.of("hazard.double-checked-locking", "hazard.unsafe-publication",
            "hazard.volatile-read-modify-write", "hazard.check-then-act", "hazard.composite-state", "hazard.plain-flag",
            "hazard.plain-shared-64-bit", "hazard.mixed-access", "hazard.fixed-library-name");

    static List<Demonstration> all() {
        return Demonstrations.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_answers_and_shows_what_does_not_depend_on_chance(Demonstration demonstration) {
        Demonstration.Tally tally = Demonstrations.run(demonstration);
        assertThat(tally.of()).isPositive();
        if (!CHANCE.contains(demonstration.rule())) {
            assertThat(tally.seen()).as(demonstration.rule()).isEqualTo(tally.of());
        }
    }

    @Test
    void each_belongs_to_a_rule() {
        assertThat(Rules.all()).extracting(Rule::id)
                .containsAll(Demonstrations.all().stream().map(Demonstration::rule).toList());
        assertThat(Demonstrations.all()).extracting(Demonstration::rule).doesNotHaveDuplicates();
    }
}
