package dev.assay.litmus;

/**
 * A reason to trust an observation less.
 *
 * @param kind the same word for the same reason, for programs
 * @param says what it is, for people
 * @param remedy what would remove it
 */
public record RunDoubt(String kind, String says, String remedy) {
    static RunDoubt emulated(String machine) {
        return new RunDoubt("EMULATED",
                "the " + machine + " code ran under an emulator; on x86 that shows x86's ordering"
                        + " at most, so weak outcomes do not appear, and what is forbidden and seen may be the emulator's own fault",
                "run on a real " + machine + " processor");
    }

    static RunDoubt crowded(int threads) {
        return new RunDoubt("CROWDED", "the test has " + threads + " threads, more than there are processors to run on;"
                + " they were not all at work at the same time",
                "run on a machine with " + threads + " or more processors");
    }

    static RunDoubt notSeen(int states) {
        return new RunDoubt("NOT_SEEN", states + " allowed outcome" + (states == 1 ? " was" : "s were")
                + " not seen; that is no proof that this processor never shows them", "run longer: raise --for");
    }

    static RunDoubt modelBound() {
        return new RunDoubt("MODEL_BOUND",
                "the model unrolled loops only so often, so an outcome that takes more turns is"
                        + " marked forbidden",
                "decide with assay litmus allow and a higher --unroll");
    }

    static RunDoubt unanswered(TearingRow.Verdict verdict, long rows) {
        return new RunDoubt(verdict.name(), rows + " accesses: " + verdict.words() + ", which answers nothing",
                "raise --each, or run when the machine is quiet");
    }

    static RunDoubt failed(String how) {
        return new RunDoubt("FAILED", "the process that ran the test " + how,
                "look at the test: it may use an address that"
                        + " is none, or wait for a value that never comes");
    }

    static RunDoubt mixFailed(String mix, String reason) {
        return new RunDoubt("MIX_FAILED", "with " + mix + " nothing was seen: " + reason,
                "look at the test: a loop over plain reads may never end once it is compiled");
    }

    static RunDoubt otherMix(java.util.List<String> mixes) {
        return new RunDoubt("OTHER_MIX", "the compilers had given up or not yet finished an actor in " + mixes.size()
                + " mix" + (mixes.size() == 1 ? "" : "es") + " (" + String.join("; ", mixes)
                + "), so something else ran in part of the time", "run longer: raise --for");
    }
}
