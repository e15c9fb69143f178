package dev.assay.report;

import dev.assay.lab.Run;
import dev.assay.lab.Settings;
import dev.assay.report.chart.Markup;

/** How the run was conducted, and how to repeat it. */
final class HtmlMethod {
    private HtmlMethod() {}

    static void write(Markup page, Run run, Occasion occasion) {
        Settings settings = run.settings();
        String confidence = Ratios.setting(settings.confidence());
        String smallest = Ratios.setting(settings.smallestEffect());
        page.open("section", "id", "method", "aria-labelledby", "method-title");
        page.leaf("h2", "Method", "id", "method-title").open("dl", "class", "method");
        line(page, "Process", "Every trial is a fresh process, since compilation, layout and addresses differ between"
                + " processes. A process counts once: its value is the median of its iterations after it has settled."
                + " Intervals of values resample processes, never iterations (bootstrap, " + confidence + ").");
        line(page, "Block", "A block is one round of trials, every variant once in random order and close in time"
                + (settings.duet() ? ", or all at once on processors of their own (duet)" : "")
                + ". Ratios are taken within blocks, so that what drifts hits both sides alike.");
        line(page, "Interval of a ratio", "A confidence sequence of " + confidence
                + " on the log ratios of the blocks: it holds however often one looks, so that stopping early does not"
                + " raise false alarms.");
        line(page, "Two thresholds",
                "A difference is claimed only when the interval excludes 1 and the ratio is beyond "
                        + smallest + ". Equivalent means that the whole interval lies inside " + smallest
                        + ". Everything else is inconclusive, with the time that a verdict would still take.");
        occasion.comparison().filter(comparison -> comparison.comparisons() > 1)
                .ifPresent(comparison -> line(page, "Many comparisons",
                        "Of all differences claimed, at most " + Ratios.setting(1 - comparison.confidence())
                                + " are expected to be chance: e-BH on the e-values of the " + comparison.comparisons()
                                + " sequences. The verdicts on this page are those after this correction."));
        line(page, "Disturbance", "The laboratory watches other processes, stolen time, pressure, throttling, page"
                + " faults and clocks while a trial runs. A disturbed block is set aside by a rule fixed before its"
                + " result is seen, kept in the archive, and repeated while that is the exception; beyond them it counts and the"
                + " figures carry the doubt.");
        line(page, "Stopping", "An experiment ends when every comparison has a verdict, when its trials keep failing,"
                + " or when the budget ends.");
        page.close();
        page.leaf("h3", "Settings");
        HtmlTables.open(page, "What the run was told", "Setting", "Value");
        setting(page, "Budget", Wording.duration(settings.budget().toMillis() / 1e3));
        setting(page, "Confidence", confidence);
        setting(page, "Smallest effect of interest", smallest);
        setting(page, "Seed", String.valueOf(settings.seed()));
        setting(page, "Duet", settings.duet() ? "yes, where the processors allow it" : "no");
        setting(page, "Control (A/A)", settings.control() ? "yes" : "no");
        HtmlTables.close(page);
        page.leaf("h3", "Repeat it");
        page.open("pre", "class", "command").leaf("code", occasion.command().orElse(Wording.command(run))).close();
        page.leaf("p", "The seed repeats the order of trials. The figures will differ by what the intervals say.",
                "class", "quiet");
        page.close();
    }

    private static void line(Markup page, String label, String text) {
        page.open("div").leaf("dt", label).leaf("dd", text).close();
    }

    private static void setting(Markup page, String name, String value) {
        page.open("tr").leaf("th", name, "scope", "row").leaf("td", value).close();
    }
}
