package dev.assay.litmus.cat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is fed to the interpreter, it judges or answers with a sentence, and it answers soon. */
class CatFuzzTest {
    private static final List<String> WORDS = List.of("let", "rec", "and", "in", "fun", "acyclic", "irreflexive",
            "empty", "show", "as",
            "include", "\"x\"", "procedure", "call", "end", "forall", "do", "with", "from", "match", "try", "if",
            "then", "else", "flag",
            "po", "rf", "co", "W", "R", "id", "0", "_", "x", "f", "r", "|", "&", ";", "\\", "*", "+", "?", "^-1", "~",
            "(", ")", "[", "]",
            "{", "}", ",", "=", "->", "||", "++", "domain", "range", "linearisations", "not", "(*", "*)", "'");
    private static final List<String> SEEDS = List.of(
            "let rec r = po | r; r and s = [W]; r; [R]\nacyclic r | s as first\nlet f(x, y) = x | (y \\ id)\nempty f(po, rf) & 0",
            "procedure p(a, b) = empty a \\ b end\ncall p(po, po | rf)\nforall e in W do irreflexive [e]; po end\n"
                    + "let rec m = fun s -> match s with || {} -> {} || e ++ q -> [e] ++ m q end\nempty m R",
            "with o from linearisations(W, co)\nlet x = if \"v\" && not \"w\" then o else try nope with co\nflag ~empty x as y\nshow x");

    @Property(tries = 4000)
    void mutatedModelsJudgeOrAreRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int changes) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length() + 1);
            if (random.nextBoolean() && at < text.length()) {
                text.delete(at, Math.min(text.length(), at + random.nextInt(6)));
            } else {
                text.insert(at, " " + WORDS.get(random.nextInt(WORDS.size())) + " ");
            }
        }
        judgeOrRefuse(text.toString());
    }

    @Property(tries = 3000)
    void wordsInAnyOrderJudgeOrAreRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int length) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        judgeOrRefuse(text.toString());
    }

    private static void judgeOrRefuse(String text) {
        try {
            CatModel prelude = CatModel.parse("prelude", "", _ -> Optional.empty());
            CatJudge judge = CatModel.parse("fuzz", text, _ -> Optional.empty()).judge(SmallExecution.NAMES.keySet(),
                    Set.of("v"),
                    prelude);
            assertThat(judge.judge(SmallExecution.IT)).isNotNull();
        } catch (CatException e) {
            assertThat(e.getMessage()).contains(":");
        }
    }
}
