package dev.assay.report;

import dev.assay.lab.Run;

/** A run. */
public final class HtmlReport {
    private HtmlReport() {}

    public static String of(Run run) {
        return run.id();
    }
}
