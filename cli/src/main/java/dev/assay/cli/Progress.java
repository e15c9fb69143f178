package dev.assay.cli;

import dev.assay.lab.Step;
import java.io.PrintWriter;

/** Shows how far a session is: one line that is rewritten on a terminal, plain lines elsewhere. */
final class Progress {
    private static final int WIDTH = 78;

    private final PrintWriter err;
    private final boolean rewrite;
    private final boolean quiet;

    Progress(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
        this.rewrite = Terminal.interactive();
    }

    void show(Step step) {
        if (quiet) {
            return;
        }
        switch (step) {
            case Step.TrialEnded(String experiment, int block, int number, var trial, var pace) -> {
                if (trial.failure().isPresent()) {
                    line("trial " + number + " of " + experiment + " (" + trial.variant() + "): "
                            + trial.failure().get());
                }
                if (rewrite) {
                    status(String.format("%s left  %s, block %d, %s", Spans.words(pace.remaining()), experiment, block,
                            trial.variant()));
                }
            }
            case Step.BlockEnded(String experiment, var block, var pace) -> {
                if (!block.counts()) {
                    line(experiment + ", block " + block.number() + " set aside: " + block.discarded().orElseThrow());
                } else if (!rewrite) {
                    line(Spans.words(pace.remaining()) + " left  " + experiment + ", block " + block.number()
                            + " done");
                }
            }
            case Step.ExperimentEnded(var finding, var _) ->
                line(finding.id() + ": " + finding.status() + finding.reason().map(r -> " (" + r + ")").orElse("")
                        + ", "
                        + finding.evidence().counted().size() + " blocks, " + Math.round(finding.seconds()) + " s");
        }
    }

    /** A message of its own, kept on the screen. */
    void line(String text) {
        if (quiet) {
            return;
        }
        clear();
        err.println(text);
        err.flush();
    }

    /** What the user must know, however quiet it was asked to be. */
    void warning(String text) {
        clear();
        err.println("assay: " + text);
        err.flush();
    }

    void done() {
        clear();
        err.flush();
    }

    private void status(String text) {
        String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
        err.print("\r" + cut + " ".repeat(WIDTH - cut.length()));
        err.flush();
    }

    private void clear() {
        if (rewrite && !quiet) {
            err.print("\r" + " ".repeat(WIDTH) + "\r");
        }
    }
}
