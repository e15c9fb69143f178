package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Run;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextReportsTest {
    private static final Run WHOLE = SampleRun.whole();

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 200})
    void noLineIsWiderThanTheTerminal(int columns) {
        for (Run run : List.of(WHOLE, SampleRun.of(List.of(SampleRun.hostile(), SampleRun.many(60))))) {
            assertThat(TerminalReport.of(run, columns, false).lines())
                    .allSatisfy(line -> assertThat(Ink.width(line)).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void everyVariantStandsWithItsValueVerdictAndDoubts() {
        assertThat(TerminalReport.of(WHOLE, 100, false).lines())
                .anySatisfy(line -> assertThat(line).contains("same line", "ns ±", "c,d", "████", "▴ slower"))
                .anySatisfy(line -> assertThat(line).contains("huge pages", "▁", "▾ faster"));
    }

    @Test
    void whatIsUndecidedSaysHowMuchLongerItWouldTake() {
        assertThat(TerminalReport.of(WHOLE, 100, false))
                .containsPattern("undecided: neighbour line \\(about \\d+ s more would tell");
        assertThat(MarkdownReport.of(WHOLE))
                .containsPattern("Undecided: neighbour line \\(about \\d+ s more would tell");
    }

    @Test
    void effectsAtFurtherPointsAreListed() {
        assertThat(TerminalReport.of(WHOLE, 160, false)).containsPattern("at 2 threads: long loop ▾ 0\\.8");
    }

    @Test
    void whatWasNotMeasuredIsNamedWithItsReason() {
        assertThat(TerminalReport.of(WHOLE, 200, false)).contains("memory.numa  untestable: needs 2 memory nodes",
                "runtime.ffi  failed: trial 12");
    }

    @Test
    void everyDoubtIsExplainedOnceWithItsRemedy() {
        String text = TerminalReport.of(WHOLE, 120, false);
        assertThat(text).containsOnlyOnce("reserve huge pages").containsOnlyOnce("a  virtualised");
    }

    @Test
    void coloursAddNothingButColour() {
        String plain = TerminalReport.of(WHOLE, 100, false);
        String coloured = TerminalReport.of(WHOLE, 100, true);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[").isNotEqualTo(plain);
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain);
    }

    @Test
    void namesFromOutsideCannotCommandTheTerminal() {
        assertThat(Ink.safe("a\u001b[31mb\r\n\u009bc")).isEqualTo("a\uFFFD[31mb\uFFFD\uFFFD\uFFFDc");
    }

    @Test
    void markdownHoldsOneTableAndTheWayToRepeatIt() {
        String text = MarkdownReport.of(WHOLE);
        assertThat(text.lines().filter(line -> line.startsWith("|"))).hasSize(2 + 2 + 2 + 3 + 5 + 5)
                .allSatisfy(line -> assertThat(line.replace("\\|", "").chars().filter(c -> c == '|').count())
                        .isEqualTo(9));
        assertThat(text).contains("**▴ slower**", "assay run --budget 4m", "**memory.numa** untestable");
    }

    @Test
    void markdownKeepsNamesFromOutsideHarmless() {
        assertThat(MarkdownReport.of(SampleRun.of(List.of(SampleRun.hostile())))).doesNotContain("<script>");
        assertThat(MarkdownReport.plain("a|b @all <b> `x` *y*"))
                .isEqualTo("a\\|b &#64;all &lt;b&gt; \\`x\\` \\*y\\*");
    }

    @Test
    void emptyAndStrangeRunsAreWrittenToo() {
        Run empty = new Run("empty", WHOLE.started(), 0, SampleRun.settings(), Map.of(), List.of(), List.of());
        assertThat(TerminalReport.of(empty, 80, false)).contains("0 of 0 experiments");
        assertThat(MarkdownReport.of(empty)).contains("0 of 0 experiments");
        Run strange = SampleRun.of(List.of(HtmlReportTest.strange()));
        assertThat(TerminalReport.of(strange, 80, false)).contains("± ?", "not a number", "inconclusive");
        assertThat(MarkdownReport.of(strange)).contains("not bounded yet");
    }
}
