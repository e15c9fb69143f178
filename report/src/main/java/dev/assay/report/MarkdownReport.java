package dev.assay.report;

import dev.assay.lab.Run;

/** A run. */
public final class MarkdownReport {
    private MarkdownReport() {}

    public static String of(Run run) {
        return run.id();
    }
}
