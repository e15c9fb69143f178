package dev.assay.report;

import dev.assay.decide.Comparison;
import dev.assay.decide.Comparison.Result;
import dev.assay.lab.Metric.Better;
import dev.assay.lab.Point;
import dev.assay.lab.Verdicts;
import dev.assay.lab.Summary;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sentences that the table, Markdown and JUnit reports of a comparison share. */
final class ComparisonWords {
    private ComparisonWords() {}

    /** The whole in a sentence. */
    static String answer(Comparison comparison) {
        List<Result> deciding = comparison.results().stream().filter(Result::decides).toList();
        if (deciding.size() == 1 && comparison.failures().isEmpty()) {
            return of(deciding.getFirst(), comparison);
        }
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : List.of(Verdict.SLOWER, Verdict.FASTER, Verdict.EQUIVALENT, Verdict.INCONCLUSIVE)) {
            int n = comparison.with(verdict).size();
            if (n > 0) {
                parts.add(n + " " + verdict.name().toLowerCase(Locale.ROOT));
            }
        }
        String said = parts.isEmpty()
                ? "Nothing was measured"
                : "B against A: " + String.join(", ", parts) + " of "
                        + Wording.count(deciding.size(), "comparison");
        return said + (comparison.failures().isEmpty() ? "" : "; " + comparison.failures().size() + " cannot be run")
                + (comparison.unreached().isEmpty()
                        ? ""
                        : "; " + comparison.unreached().size() + " not reached within the budget")
                + ".";
    }

    private static String of(Result result, Comparison comparison) {
        String threshold = Ratios.setting(comparison.threshold());
        return switch (result.verdict()) {
            case SLOWER -> "B " + (memory(result) ? "takes more" : "is slower") + " than A: " + change(result) + " "
                    + result.metric().name() + ".";
            case FASTER -> "B " + (memory(result) ? "takes less" : "is faster") + " than A: " + change(result) + " "
                    + result.metric().name() + ".";
            case EQUIVALENT -> "B " + (memory(result) ? "takes as much" : "is as fast") + " as A within " + threshold
                    + ".";
            case INCONCLUSIVE -> "Cannot tell: " + interval(result) + " of A's " + result.metric().name() + ". "
                    + needed(result) + ".";
        };
    }

    private static boolean memory(Result result) {
        return result.metric().unit().equals("B");
    }

    static String change(Result result) {
        double change = result.ratio() - 1;
        return (change >= 0 ? "+" : "−") + Ratios.percent(Math.abs(change));
    }

    static String ratio(Result result) {
        return number(result.ratio(), result.interval());
    }

    static String interval(Result result) {
        Interval interval = result.interval();
        if (!Double.isFinite(interval.high()) || interval.low() <= 0) {
            return "unbounded";
        }
        return number(interval.low(), interval) + "–" + number(interval.high(), interval);
    }

    private static String number(double value, Interval interval) {
        double width = interval.bounded() ? interval.width() : 0.01;
        return Quantity.decimal(value, width < 0.002 ? 5 : width < 0.02 ? 4 : width < 0.2 ? 3 : 2);
    }

    static String needed(Result result) {
        if (result.withdrawn()) {
            return "a difference alone, but not among so many comparisons";
        }
        if (result.verdict() != Verdict.INCONCLUSIVE) {
            return "";
        }
        return result.secondsStillNeeded().filter(s -> s > 0)
                .map(s -> "About " + Wording.duration(Math.ceil(s)) + " more would tell")
                .orElse("No verdict is in reach");
    }

    static String value(Optional<Double> value, Result result) {
        Quantity quantity = Quantity.of(result.metric().unit(),
                List.of(result.a().orElse(1.0), result.b().orElse(1.0)));
        return value.map(
                v -> quantity.text(new Summary.Value(Point.NONE, v, new Interval(v * 0.995, v * 1.005, 0.95))))
                .orElse("");
    }

    /** Where waiting for a processor hides an answer, the time on it may have one. */
    private static Optional<String> processorTime(Comparison comparison) {
        boolean unclear = comparison.results().stream().anyMatch(r -> r.decides()
                && r.verdict() == Verdict.INCONCLUSIVE && r.metric().name().equals("wall time"));
        return comparison.results().stream().filter(r -> unclear && !r.decides()
                && r.metric().name().equals("processor time") && r.verdict() != Verdict.INCONCLUSIVE).findFirst()
                .map(r -> "Processor time does tell: " + Verdicts.name(r.verdict()) + ", " + interval(r)
                        + "; --metric cpu compares that");
    }

    /** How the error is shared and what was inverted, said plainly. */
    static List<String> notes(Comparison comparison) {
        List<String> notes = new ArrayList<>();
        if (comparison.comparisons() > 1) {
            notes.add("Of all differences claimed here, at most "
                    + Ratios.setting(1 - comparison.confidence())
                    + " are expected to be chance (false discovery rate over "
                    + comparison.comparisons() + " comparisons, e-BH); each interval alone is a "
                    + Ratios.setting(comparison.confidence()) + " interval");
        }
        if (comparison.results().stream().anyMatch(r -> r.metric().better() == Better.HIGHER)) {
            notes.add("Throughput is inverted: a ratio above 1 always means that B is slower");
        }
        processorTime(comparison).ifPresent(notes::add);
        if (!comparison.onlyA().isEmpty()) {
            notes.add("Only in A: " + String.join(", ", comparison.onlyA()));
        }
        if (!comparison.onlyB().isEmpty()) {
            notes.add("Only in B: " + String.join(", ", comparison.onlyB()));
        }
        comparison.failures().forEach(f -> notes.add("Cannot be run: " + f.name() + ": " + f.reason()));
        if (!comparison.unreached().isEmpty()) {
            notes.add("Not reached within the budget: "
                    + String.join(", ", comparison.unreached().stream().map(Comparison.Missing::name).toList()));
        }
        return notes;
    }
}
