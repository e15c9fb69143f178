package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two locations that must change together, a map entry and its version number: which designs let a reader see a torn pair?
 *
 * <p>
 * Each design is a litmus test whose condition is the torn pair. The model says whether it can be, and draws how; the processor shows
 * whether it is.
 */
public final class Composite {
    private static final String TWO_WRITES = "MOV W0,#1 ; STR W0,[X1] ; STR W0,[X2]";

    /**
     * A design.
     *
     * @param name in a few words
     * @param says what it does, and what to make of it
     * @param text the test, whose condition is the torn pair
     */
    private record Design(String name, String says, String text) {}

    /**
     * A design and what became of it.
     *
     * @param name in a few words
     * @param says what it does
     * @param observed the test beside the processor
     * @param tornAllowed whether the model allows the torn pair
     * @param torn how many readers got a torn pair
     * @param drawing an execution that shows how, or why not; empty when there is none
     * @param svg the same as an SVG document
     */
    public record Candidate(String name, String says, ObservedTest observed, boolean tornAllowed, long torn,
            Optional<String> drawing, Optional<String> svg) {
        /** Whether neither the model nor the processor gives a torn pair. */
        public boolean holds() {
            return !tornAllowed && torn == 0 && observed.refusal().isEmpty();
        }
    }

    private Composite() {}

    /** Decides and runs every design. */
    public static List<Candidate> observe(LitmusRunner runner) {
        List<Candidate> candidates = new ArrayList<>();
        ModelChecker checker = new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, true));
        for (Design design : designs(runner.architecture())) {
            LitmusTest test = LitmusParser.parse(design.name(), design.text());
            Answer answer = checker.decide(test);
            ObservedTest observed = runner.run(design.name(), design.text());
            long torn = observed.outcomes().stream()
                    .filter(o -> !answer.states().containsKey(o.state()) || answer.states().get(o.state()))
                    .mapToLong(ObservedTest.Outcome::count).sum();
            candidates.add(new Candidate(design.name(), design.says(), observed, answer.positive() > 0, torn,
                    answer.graphText(), answer.graphSvg()));
        }
        return candidates;
    }

    private static List<Design> designs(Architecture architecture) {
        return architecture == Architecture.AARCH64 ? arm() : x86();
    }

    private static List<Design> x86() {
        return List.of(
                new Design("two stores, two loads", "the reader may come between the stores, or they between its loads",
                        x86("unprotected", "", "movl $1,(entry) ; movl $1,(version)",
                                "movl (entry),%eax ; movl (version),%ebx",
                                "not (1:rax=1:rbx)")),
                new Design("version last, read first",
                        "an old entry never has a new version; a new entry still has an old version",
                        x86("published", "", "movl $1,(entry) ; movl $1,(version)",
                                "movl (version),%ebx ; movl (entry),%eax",
                                "not (1:rax=1:rbx)")),
                new Design("version odd while it changes, read twice",
                        "a reader that sees the same even version twice may keep the entry; on x86 no fence is needed",
                        x86("seqlock", "", "movl $1,(version) ; movl $1,(entry) ; movl $2,(version)",
                                "movl (version),%ecx ; movl (entry),%eax ; movl (version),%ebx",
                                "(1:rcx=0 /\\ 1:rbx=0 /\\ 1:rax=1) \\/ (1:rcx=2 /\\ 1:rbx=2 /\\ 1:rax=0)")),
                new Design("both in one 64-bit word", "one store, one load: there is nothing between",
                        x86("word", "uint64_t pair=0; uint64_t 0:rax=0; uint64_t 1:rax=0;",
                                "movq $4294967297,%rax ; movq %rax,(pair)",
                                "movq (pair),%rax", "not (1:rax=0 \\/ 1:rax=4294967297)")));
    }

    private static List<Design> arm() {
        String places = "0:X1=entry; 0:X2=version; 1:X1=entry; 1:X2=version;";
        return List.of(
                new Design("two stores, two loads", "the reader may come between the stores, or they between its loads",
                        arm("unprotected", places, TWO_WRITES, "LDR W4,[X1] ; LDR W5,[X2]",
                                "not (1:X4=1:X5)")),
                new Design("version released last, acquired first",
                        "an old entry never has a new version; a new entry still has an old version",
                        arm("published", places, "MOV W0,#1 ; STR W0,[X1] ; STLR W0,[X2]",
                                "LDAR W5,[X2] ; LDR W4,[X1]", "not (1:X4=1:X5)")),
                new Design("version odd while it changes, read twice, no fences",
                        "on x86 this holds; here stores and loads may pass each other",
                        arm("seqlock", places, "MOV W0,#1 ; STR W0,[X2] ; STR W0,[X1] ; MOV W3,#2 ; STR W3,[X2]",
                                "LDR W6,[X2] ; LDR W4,[X1] ; LDR W5,[X2]",
                                "(1:X6=0 /\\ 1:X5=0 /\\ 1:X4=1) \\/ (1:X6=2 /\\ 1:X5=2 /\\ 1:X4=0)")),
                new Design("the same with fences", "a reader that sees the same even version twice may keep the entry",
                        arm("seqlock-fences", places,
                                "MOV W0,#1 ; STR W0,[X2] ; DMB ISHST ; STR W0,[X1] ; MOV W3,#2 ; STLR W3,[X2]",
                                "LDAR W6,[X2] ; LDR W4,[X1] ; DMB ISHLD ; LDR W5,[X2]",
                                "(1:X6=0 /\\ 1:X5=0 /\\ 1:X4=1) \\/ (1:X6=2 /\\ 1:X5=2 /\\ 1:X4=0)")),
                new Design("both in one 64-bit word", "one store, one load: there is nothing between",
                        arm("word", "uint64_t pair=0; uint64_t 1:X4; 0:X1=pair; 1:X1=pair;",
                                "MOVZ X0,#1 ; MOVK X0,#1,LSL #32 ; STR X0,[X1]",
                                "LDR X4,[X1]", "not (1:X4=0 \\/ 1:X4=4294967297)")));
    }

    private static String x86(String name, String initial, String writer, String reader, String torn) {
        return test("X86_64", name, initial, writer, reader, torn);
    }

    private static String arm(String name, String initial, String writer, String reader, String torn) {
        return test("AArch64", name, initial, writer, reader, torn);
    }

    private static String test(String architecture, String name, String initial, String writer, String reader,
            String torn) {
        String[] left = writer.split(" ; ");
        String[] right = reader.split(" ; ");
        StringBuilder text = new StringBuilder(architecture + " " + name + "\n{ " + initial + " }\n P0 | P1 ;\n");
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            text.append(' ').append(i < left.length ? left[i] : "").append(" | ")
                    .append(i < right.length ? right[i] : "").append(" ;\n");
        }
        return text.append("exists (").append(torn).append(")\n").toString();
    }
}
