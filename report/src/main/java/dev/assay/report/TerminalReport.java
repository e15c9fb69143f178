package dev.assay.report;

import dev.assay.lab.Run;

/** A run. */
public final class TerminalReport {
    private TerminalReport() {}

    public static String of(Run run, int columns, boolean colour) {
        return run.id();
    }
}
