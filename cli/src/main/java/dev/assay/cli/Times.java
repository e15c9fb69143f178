package dev.assay.cli;

import dev.assay.lab.LabException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long comparisons may take; the options of the commands that compare programs. */
final class Times {
    private static final Duration USUAL = Duration.ofSeconds(60);

    @Option(names = "--budget", paramLabel = "TIME", converter = Spans.class,
            description = "Time for all comparisons together. Default: 60 s for each.")
    private Duration budget;

    @Option(names = "--trial", paramLabel = "TIME", converter = Spans.class, defaultValue = "800ms",
            description = "How long one fork of a benchmark measures; half of it once forks settle. Default: ${DEFAULT-VALUE}.")
    Duration trial;

    Duration budget(int pairs) {
        if (budget != null && !budget.isPositive()) {
            throw new LabException.Usage("the budget is longer than nothing, such as --budget 60s");
        }
        return budget != null ? budget : USUAL.multipliedBy(pairs);
    }
}
