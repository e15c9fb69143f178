package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real writer and a real reader. */
class JavaCompositeTest {
    @Test
    void fixesGiveNoTornPairAndTheFirstTornPairIsExplained() {
        Map<String, JavaComposite.Candidate> seen = JavaComposite.observe(List.of(), 0.15, _ -> {}).stream()
                .collect(Collectors.toMap(JavaComposite.Candidate::name, Function.identity()));
        assertThat(seen).hasSize(PairDesign.values().length);
        for (String fix : List.of("lock", "one immutable record", "immutable record in the map", "StampedLock",
                "sequence lock")) {
            assertThat(seen.get(fix).torn()).as(fix).isZero();
        }
        seen.values().forEach(c -> assertThat(c.drawing().isPresent()).as(c.name()).isEqualTo(c.torn() > 0));
    }

    @Test
    void everyDesignGivesBackWhatWasWrittenWhenNobodyInterferes() {
        for (PairDesign design : PairDesign.values()) {
            PairDesign.Pair pair = design.pair();
            pair.change(5);
            long[] seen = new long[design.reads().size()];
            assertThat(pair.read(seen)).as(design.words()).isTrue();
            assertThat(seen).containsOnly(5);
            assertThat(design.torn(seen)).isFalse();
        }
    }
}
