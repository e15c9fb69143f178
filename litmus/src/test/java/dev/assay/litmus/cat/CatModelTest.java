package dev.assay.litmus.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The language on one small execution. */
class CatModelTest {
    private static CatJudge judge(String text) {
        CatModel prelude = CatModel.parse("prelude", "", _ -> Optional.empty());
        return CatModel
                .parse("model.cat", text,
                        file -> file.equals("more.cat") ? Optional.of("let extra = po") : Optional.empty())
                .judge(SmallExecution.NAMES.keySet(), Set.of("on"), prelude);
    }

    private static Judgement of(String text) {
        return judge(text).judge(SmallExecution.IT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acyclic po | rf | co", "empty [R]; po", "empty po & id", "irreflexive po+", "~empty W * R",
        "let f(x, y) = x | y\nempty f(po, rf) \\ (po | rf)", "let twice r = r; r\nempty twice po",
        "let rec r = po | r; r\nempty r \\ po+", "let rec a = po | b and b = a; a\nempty b",
        "include \"more.cat\"\nempty extra \\ po", "let x = let y = po in y | rf\nacyclic x",
        "procedure p(r) = acyclic r end\ncall p(po)", "forall e in W do empty [e] \\ [W] end",
        "let (a, b) = (po, rf)\nempty a \\ po", "let x = try nowhere with po\nempty x \\ po",
        "let x = if \"on\" then 0 else po\nempty x", "let x = if \"off\" then po else 0\nempty x",
        "with o from linearisations(W, co)\nempty o \\ co",
        "let rec count s = match s with || {} -> 0 || e ++ rest -> count rest end\nempty count W",
        "empty ~(po | ~po)", "let fr = (rf^-1; co) \\ id\nempty fr & po", "empty po* \\ (po | id)",
        "(* a (* nested *) comment *) empty 0"})
    void accepts(String text) {
        assertThat(of(text).allowed()).as(text).isTrue();
    }

    @Test
    void rejectsAndNamesTheCheck() {
        assertThat(of("acyclic po | po^-1 as round").failed()).contains("round");
    }

    @Test
    void operatorsBindAsTheManualSays() {
        // | is weaker than ;, which is weaker than \, then &, then *.
        assertThat(of("empty (po | rf; po) \\ (po | (rf; po))").allowed()).isTrue();
        assertThat(of("let a = po; rf \\ rf let b = po; (rf \\ rf) empty (a \\ b) | (b \\ a)").allowed()).isTrue();
        assertThat(of("let a = po \\ rf & po let b = po \\ (rf & po) empty (a \\ b) | (b \\ a)").allowed()).isTrue();
    }

    @Test
    void flagsAreRaisedAndNeverReject() {
        Judgement judgement = of("flag ~empty po as something");
        assertThat(judgement.allowed()).isTrue();
        assertThat(judgement.flags()).containsExactly("something");
    }

    @Test
    void shownRelationsAreKept() {
        CatJudge judge = judge("let a = po\nlet b = rf\nshow a, b\nunshow a");
        judge.judge(SmallExecution.IT);
        assertThat(judge.shown()).containsOnlyKeys("b");
    }

    @Test
    void anUnknownNameIsAnErrorWithItsPlace() {
        assertThatThrownBy(() -> of("let a = po\nacyclic a | nonsense")).isInstanceOf(CatException.class)
                .hasMessageContaining("model.cat:2:13").hasMessageContaining("'nonsense'");
    }

    @Test
    void aRecursionWithoutSolutionIsAnError() {
        assertThatThrownBy(() -> of("let rec r = ~r\nempty r")).hasMessageContaining("no least solution");
    }

    @Test
    void aFunctionThatNeverEndsIsAnError() {
        assertThatThrownBy(() -> of("let rec f x = f x\nempty f po")).hasMessageContaining("without end");
    }

    @Test
    void aSetWhereARelationIsNeededIsAnError() {
        assertThatThrownBy(() -> of("acyclic W")).hasMessageContaining("a relation is needed");
    }

    @Test
    void anIncludeThatIncludesItselfIsAnError() {
        assertThatThrownBy(() -> CatModel.parse("m", "include \"m\"", _ -> Optional.of("include \"m\"")))
                .hasMessageContaining("includes itself");
    }

    @Test
    void theCommonAxiomsAreRecognised() {
        String names = "let fr = rf^-1; co\nlet po-loc = po & loc\n";
        assertThat(judge(names + "acyclic po-loc | rf | fr | co").requiresCoherence()).isTrue();
        assertThat(judge(names + "let com = rf | fr | co\nacyclic com | po-loc as c").requiresCoherence()).isTrue();
        assertThat(judge(names + "acyclic po-loc | rf | co").requiresCoherence()).isFalse();
        assertThat(judge(names + "flag ~acyclic po-loc | rf | fr | co as f").requiresCoherence()).isFalse();
    }
}
