package dev.assay.report;

import dev.assay.decide.Calibration;
import dev.assay.report.chart.CurveChart;
import dev.assay.report.chart.Markup;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A calibration as text (which is Markdown as well) and as a page with the power curve. */
public final class CalibrationReport {
    private static final int BAR = 30;

    private CalibrationReport() {}

    /** Without a line break at its end. */
    public static String text(Calibration calibration, boolean markdown) {
        List<String> lines = new ArrayList<>(sentences(calibration));
        lines.add("");
        if (markdown) {
            lines.add("| slow-down | within | found | 95 % interval |");
            lines.add("|--:|--:|--:|:-:|");
        } else {
            lines.add("Slow-downs found (by the time that a comparison has):");
        }
        for (Calibration.Power power : calibration.powers()) {
            Interval interval = power.found().clopperPearson(0.95);
            String within = Wording.duration(power.seconds());
            String found = power.found().hits() + " of " + power.found().trials();
            String range = percent(interval.low()) + "–" + percent(interval.high());
            if (markdown) {
                lines.add("| +" + Ratios.percent(power.trueRatio() - 1) + " | " + within + " | " + found + " | " + range
                        + " |");
            } else {
                int full = (int) Math.round(BAR * power.found().value());
                lines.add(String.format(Locale.ROOT, "  +%-6s %7s  %s%s  %s (%s)",
                        Ratios.percent(power.trueRatio() - 1), within, "█".repeat(full), "·".repeat(BAR - full), found,
                        range));
            }
        }
        return String.join("\n", lines);
    }

    private static List<String> sentences(Calibration calibration) {
        List<String> lines = new ArrayList<>();
        OptionalDouble smallest = calibration.smallestEffect();
        lines.add(smallest.isPresent()
                ? "This machine sees a slow-down of " + Ratios.percent(smallest.getAsDouble())
                        + " in 95 of 100 comparisons of "
                        + Wording.duration(calibration.eachSeconds()) + range(calibration) + "."
                : "Too few comparisons to say what this machine can see; raise --budget.");
        calibration.falseAlarms().ifPresent(r -> lines.add("False alarms: " + rate(r) + " comparisons with itself."));
        calibration.coverage().ifPresent(r -> lines.add("Intervals that hold the truth: " + rate(r) + "."));
        return lines;
    }

    private static String range(Calibration calibration) {
        Interval interval = calibration.smallestEffectInterval();
        return interval.bounded() && interval.high() < 1
                ? " (95 % interval " + Ratios.percent(interval.low()) + " to " + Ratios.percent(interval.high()) + ")"
                : " (too few comparisons for an interval; raise --budget)";
    }

    private static String rate(Rate rate) {
        Interval interval = rate.clopperPearson(0.95);
        return rate.hits() + " of " + rate.trials() + ", " + percent(rate.value()) + " (95 % interval "
                + percent(interval.low()) + " to " + percent(interval.high()) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A page in one file, in the dress of the reports of runs. */
    public static String html(Calibration calibration) {
        Markup page = new Markup();
        page.open("html", "lang", "en").open("head").empty("meta", "charset", "utf-8").leaf("title",
                "Assay calibration").open("style").trusted(HtmlReport.style()).close().close();
        page.open("body").open("main").leaf("h1", "What this machine can see");
        page.leaf("p", calibration.machine() + ", " + calibration.taken());
        sentences(calibration).forEach(says -> page.leaf("p", says));
        CurveChart chart = chart(calibration);
        if (chart.drawable()) {
            page.open("figure").add(chart.svg()).close();
        }
        page.open("table").open("thead").open("tr");
        List.of("slow-down", "within", "found", "of").forEach(title -> page.leaf("th", title));
        page.close().close().open("tbody");
        for (Calibration.Power power : calibration.powers()) {
            page.open("tr").leaf("td", "+" + Ratios.percent(power.trueRatio() - 1))
                    .leaf("td", Wording.duration(power.seconds())).leaf("td", String.valueOf(power.found().hits()))
                    .leaf("td", String.valueOf(power.found().trials())).close();
        }
        page.close().close().close().close().close();
        return "<!doctype html>\n" + page + "\n";
    }

    private static CurveChart chart(Calibration calibration) {
        List<CurveChart.Series> series = new ArrayList<>();
        List<Double> times = calibration.powers().stream().map(Calibration.Power::seconds).distinct().sorted().toList();
        for (int i = 0; i < times.size(); i++) {
            double seconds = times.get(i);
            series.add(new CurveChart.Series("within " + Wording.duration(seconds), i, calibration.powers().stream()
                    .filter(p -> p.seconds() == seconds).map(CalibrationReport::dot).toList()));
        }
        return new CurveChart("How often a slow-down is found, by its size", "slow-down", "found, %", false, series,
                List.of(), x -> Ratios.percent(x), y -> String.format(Locale.ROOT, "%.0f", y));
    }

    private static CurveChart.Dot dot(Calibration.Power power) {
        Interval interval = power.found().clopperPearson(0.95);
        return new CurveChart.Dot(power.trueRatio() - 1, 100 * power.found().value(), 100 * interval.low(),
                100 * interval.high(), power.found().hits() + " of " + power.found().trials());
    }
}
