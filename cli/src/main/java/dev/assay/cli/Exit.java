package dev.assay.cli;

/** What a command tells its caller; the same everywhere. */
final class Exit {
    static final int FINE = 0;
    /** A regression, a refuted claim, a hazard. */
    static final int FINDING = 1;
    /** The input or the usage is wrong. */
    static final int USAGE = 2;
    /** Cannot be tested here. */
    static final int UNTESTABLE = 3;
    /** Assay itself failed. */
    static final int FAILED = 4;

    private Exit() {}
}
