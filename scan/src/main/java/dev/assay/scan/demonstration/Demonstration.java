package dev.assay.scan.demonstration;

import java.util.List;

/**
 * One program.
 *
 * @param rule
 *            the id of the rule that it shows
 * @param tries
 *            what it does, in a sentence
 * @param counted
 *            what the two numbers count
 * @param options
 *            of the virtual machine that it runs in
 * @param silence
 *            what it means when nothing was seen
 */
public record Demonstration(String rule, String tries, String counted, List<String> options, String silence,
        Attempt attempt) {

    public Demonstration {
        options = List.copyOf(options);
    }

    /** What happens in the child. */
    @FunctionalInterface
    public interface Attempt {
        Tally run() throws Exception;
    }

    /** How often the effect was seen among how many tries. */
    public record Tally(long seen, long of) {
        public Tally {
            if (seen < 0 || of < seen) {
                throw new IllegalArgumentException(
                        "Seen must lie between 0 and the tries; it is " + seen + " of " + of);
            }
        }
    }

    /** A demonstration whose virtual machine is meant not to start. */
    boolean refusal() {
        return counted.equals(Refusals.STARTS);
    }
}
