package dev.assay.report;

import dev.assay.lab.Block;
import dev.assay.lab.Finding;
import dev.assay.lab.Surroundings;
import dev.assay.lab.Trial;
import dev.assay.report.chart.Markup;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every block and every process behind an experiment's figures. */
final class HtmlEvidence {
    private HtmlEvidence() {}

    static void write(Markup page, Finding finding, Quantity quantity) {
        List<Block> blocks = finding.evidence().blocks();
        if (blocks.isEmpty()) {
            return;
        }
        long trials = Wording.processes(finding);
        String extent = Wording.count(trials, "process") + " in " + Wording.count(blocks.size(), "block") + ", "
                + Wording.duration(finding.seconds());
        page.open("details", "class", "evidence", "id", finding.id() + "-evidence").leaf("summary",
                "The evidence: " + extent);
        page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Evidence").open("table")
                .leaf("caption", "Every trial in the order in which it ran; its value is the median of its iterations"
                        + " after warm-up, in blocks set aside of all its iterations");
        HtmlTables.head(page, "#Trial", "Variant", "#Pid", "#Value", "#Iterations", "#Wall", "Outcome");
        Map<Integer, Double> values = Origin.values(finding);
        for (Block block : blocks) {
            page.open("tbody", "id", finding.id() + "-block-" + block.number(), "class",
                    block.counts() ? null : "aside");
            page.open("tr", "class", "block").open("th", "scope", "rowgroup", "colspan", 7)
                    .text("Block " + block.number() + (block.duet() ? ", a duet" : "") + " ")
                    .leaf("span", surroundings(block.surroundings()), "class", "quiet");
            block.discarded().ifPresent(why -> page.text(" ").leaf("span", "set aside", "class", "chip untestable",
                    "title", why));
            page.close().close();
            block.trials().forEach(trial -> trial(page, finding, trial, values.get(trial.number()), quantity));
            page.close();
        }
        page.close().close().close();
    }

    private static void trial(Markup page, Finding finding, Trial trial, Double value, Quantity quantity) {
        page.open("tr", "id", finding.id() + "-trial-" + trial.number());
        page.leaf("td", String.valueOf(trial.number()), "class", "n").leaf("td", trial.variant());
        page.leaf("td", String.valueOf(trial.pid()), "class", "n");
        page.leaf("td", Optional.ofNullable(value).or(() -> uncounted(finding, trial)).map(quantity::plain).orElse("–"),
                "class", "n");
        page.leaf("td", trial.observation().map(o -> o.values().values().stream().mapToInt(List::size).sum())
                .map(String::valueOf).orElse("–"), "class", "n");
        page.leaf("td", Wording.duration(trial.wall().toNanos() / 1e9), "class", "n");
        page.leaf("td", outcome(trial)).close();
    }

    /** What a trial measured that does not count, for comparison. */
    private static Optional<Double> uncounted(Finding finding, Trial trial) {
        double[] values = trial.observation().map(o -> o.values().get(finding.evidence().card().headline())).stream()
                .flatMap(List::stream).mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Sample.of(values).median());
    }

    private static String outcome(Trial trial) {
        return switch (trial.outcome()) {
            case Trial.Outcome.Measured measured -> measured.observation().checks().isEmpty()
                    ? "measured"
                    : "measured, " + Wording.count(measured.observation().checks().size(), "check") + " kept";
            case Trial.Outcome.Broken broken -> "broken: " + broken.check();
            case Trial.Outcome.Crashed _,Trial.Outcome.Overran _,Trial.Outcome.Unstarted _ ->
                trial.failure().orElseThrow();
        };
    }

    /** What the machine did besides, as far as it tells. */
    static String surroundings(Surroundings s) {
        List<String> parts = new ArrayList<>();
        s.othersProcessors().ifPresent(v -> parts.add(say("others used %.2f processors", v)));
        s.stolenProcessors().ifPresent(v -> parts.add(say("%.2f stolen", v)));
        s.memoryPressure().filter(v -> v > 0.0005).ifPresent(v -> parts.add(say("memory pressure %.1f %%", 100 * v)));
        s.ioPressure().filter(v -> v > 0.0005).ifPresent(v -> parts.add(say("storage pressure %.1f %%", 100 * v)));
        s.throttleEvents().filter(v -> v > 0).ifPresent(v -> parts.add(say("throttled %.0f times", v)));
        s.majorFaults().filter(v -> v > 0).ifPresent(v -> parts.add(say("%.0f major faults", v)));
        if (Math.abs(s.clockSlipMillis()) >= 1) {
            parts.add(say("clock slipped %.0f ms", s.clockSlipMillis()));
        }
        return parts.isEmpty() ? "the surroundings could not be read" : String.join(", ", parts);
    }

    private static String say(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
