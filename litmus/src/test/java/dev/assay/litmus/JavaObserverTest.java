package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real processes, real compilers. */
class JavaObserverTest {
    private static JavaObserver observer(boolean few) {
        return new JavaObserver(new JavaObserver.Settings(List.of(), 0.5, few, 1, Optional.empty()));
    }

    @Test
    void everyMixIsExecutedByWhatWasAskedForAndShowsOnlyWhatTheModelAllows() {
        JavaObservation seen = observer(false).run("MP", JavaCorpus.text("MP+release-acquire"), (_, _) -> {});
        assertThat(seen.whole().refusal()).isEmpty();
        assertThat(seen.whole().contradictsModel()).isFalse();
        assertThat(seen.mixes()).hasSize(13).allSatisfy(mix -> {
            assertThat(mix.refusal()).isEmpty();
            assertThat(mix.instances()).isPositive();
            assertThat(mix.counts().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(mix.instances());
            assertThat(mix.executed()).as(mix.mix().words()).isEqualTo(mix.mix().actors());
        });
    }

    @Test
    void aLoopThatNeverEndsOnceItIsCompiledIsToldAndHoldsNothingUp() {
        String text = "Java Spin\n{ x=0; y=0; }\nP0 { Y.set(1); }\nP1 { while (X.get() == 0) { } }\nexists ([y]=1)\n";
        JavaObservation seen = observer(true).run("Spin", text, (_, _) -> {});
        assertThat(seen.mixes()).allSatisfy(
                mix -> assertThat(mix.refusal()).hasValueSatisfying(r -> assertThat(r).contains("a loop went round")));
        assertThat(seen.whole().refusal()).isPresent();
    }

    @Test
    void testsForProcessorsAreRefused() {
        String text = "X86_64 SB\n{ }\n P0 | P1 ;\n movl $1,(x) | movl $1,(y) ;\nexists ([x]=1)\n";
        assertThatThrownBy(() -> observer(true).run("SB", text, (_, _) -> {})).isInstanceOf(LitmusException.class)
                .hasMessageContaining("only Java tests run here");
    }
}
