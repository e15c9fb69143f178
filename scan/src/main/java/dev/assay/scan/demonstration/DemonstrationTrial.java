package dev.assay.scan.demonstration;

/** The program of the child: runs one demonstration and answers on its own pipe. */
public final class DemonstrationTrial {
    private DemonstrationTrial() {}

    /** Takes the id of the rule. */
    public static void main(String[] arguments) throws Exception {
        Demonstration.Tally tally = Demonstrations.of(arguments[0]).orElseThrow().attempt().run();
        System.out.println("seen " + tally.seen() + " of " + tally.of());
        // Threads that never saw their flag are daemons, but would still delay a friendly end.
        Runtime.getRuntime().halt(0);
    }
}
