package dev.assay.cli;

import dev.assay.lab.Archive;
import dev.assay.lab.Run;
import dev.assay.report.MarkdownReport;
import dev.assay.report.TerminalReport;
import java.io.PrintWriter;

/** A run on the screen, in the form asked for. */
final class Answer {
    private Answer() {}

    static void print(Run run, Output output, PrintWriter out) {
        out.println(switch (output.format) {
            case table -> TerminalReport.of(run, Terminal.columns(), Terminal.colour());
            case json -> Archive.json(run);
            case markdown -> MarkdownReport.of(run);
        });
        out.flush();
    }
}
