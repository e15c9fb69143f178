package dev.assay.report;

import dev.assay.lab.Card;
import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Point;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.statistics.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run answers, in one sentence per experiment. */
final class Answers {
    private static final int MOST_EFFECTS = 3;
    private static final int MOST_LISTED = 8;

    private Answers() {}

    /** The answer to the experiment's question; the reason when there is none. */
    static String of(Finding finding, Run run) {
        if (finding.status() != Finding.Status.MEASURED) {
            return (finding.status() == Finding.Status.FAILED ? "Failed: " : "Not tested: ")
                    + Wording.sentence(finding.reason().orElse("no reason is known"));
        }
        List<String> parts = new ArrayList<>();
        Card card = finding.evidence().card();
        if (card.chart() != Card.Chart.BARS) {
            range(finding).ifPresent(parts::add);
        }
        List<Effect> effects = atHeadline(finding);
        if (run.settings().control()) {
            long alarms = effects.stream().filter(Answers::differs).count();
            parts.add(alarms == 0
                    ? "No difference is claimed between equal variants, as it should be"
                    : Wording.count(alarms, "false alarm") + " in " + Wording.count(effects.size(), "comparison")
                            + " of equal variants");
        } else {
            parts.addAll(compared(effects, run.settings().smallestEffect()));
        }
        if (parts.isEmpty()) {
            for (Summary summary : finding.summaries().stream().limit(MOST_EFFECTS).toList()) {
                Quantity quantity = Quantity.of(card.metric().unit(), finding.summaries());
                parts.add("“" + summary.variant() + "” takes " + quantity.text(summary.headline()));
            }
        }
        return Wording.sentence(String.join("; ", parts));
    }

    /** The largest differences one by one; what cannot be told yet together. */
    private static List<String> compared(List<Effect> effects, double smallestEffect) {
        List<Effect> open = effects.stream().filter(e -> e.verdict() == Verdict.INCONCLUSIVE).toList();
        boolean together = open.size() > 1 && open.stream().map(Effect::against).distinct().count() == 1;
        List<Effect> single = effects.stream().filter(e -> !together || e.verdict() != Verdict.INCONCLUSIVE)
                .sorted(Comparator.comparingDouble(Answers::weight).reversed()).toList();
        List<String> parts = new ArrayList<>();
        single.stream().limit(MOST_EFFECTS)
                .forEach(e -> parts.add("“" + e.variant() + "” " + Wording.effect(e, smallestEffect)));
        if (single.size() > MOST_EFFECTS) {
            parts.add(single.size() - MOST_EFFECTS + " more below");
        }
        if (together) {
            parts.add((open.size() <= MOST_EFFECTS
                    ? String.join(" and ", open.stream().map(e -> "“" + e.variant() + "”").toList())
                    : open.size() + " variants") + " cannot be told from “" + open.getFirst().against() + "” yet");
        }
        return parts;
    }

    /** From where to where the values of the first variant go; empty when there is only one point. */
    static Optional<String> range(Finding finding) {
        Summary first = finding.summaries().getFirst();
        Quantity quantity = Quantity.of(finding.evidence().card().metric().unit(), finding.summaries());
        var low = first.points().stream().filter(p -> Double.isFinite(p.value()))
                .min(Comparator.comparingDouble(Summary.Value::value));
        var high = first.points().stream().filter(p -> Double.isFinite(p.value()))
                .max(Comparator.comparingDouble(Summary.Value::value));
        if (low.isEmpty() || low.get().at().equals(high.get().at())) {
            return Optional.empty();
        }
        return Optional.of("From " + quantity.text(low.get()) + " (" + Coordinates.text(low.get().at())
                + ") to " + quantity.text(high.get()) + " (" + Coordinates.text(high.get().at()) + ") for “"
                + first.variant() + "”");
    }

    static boolean differs(Effect effect) {
        return effect.verdict() == Verdict.FASTER || effect.verdict() == Verdict.SLOWER;
    }

    /** Differences before sameness before not knowing; among differences the largest first. */
    private static double weight(Effect effect) {
        return switch (effect.verdict()) {
            case FASTER, SLOWER -> 10 + Math.abs(Math.log(effect.ratio()));
            case EQUIVALENT -> 2;
            case INCONCLUSIVE -> 1;
        };
    }

    static List<Effect> atHeadline(Finding finding) {
        var headline = finding.evidence().card().headline();
        return finding.effects().stream().filter(e -> e.at().equals(headline)).toList();
    }

    /** The effects at each further point, in a line: {@code at 2 threads: long loop ▾ 0.870, …}. */
    static List<String> elsewhere(Finding finding) {
        var headline = finding.evidence().card().headline();
        Map<Point, List<String>> lines = new LinkedHashMap<>();
        for (Effect effect : finding.effects()) {
            if (!effect.at().equals(headline)) {
                lines.computeIfAbsent(effect.at(), _ -> new ArrayList<>())
                        .add(effect.variant() + " " + Wording.sign(effect.verdict()) + " " + Ratios.text(effect));
            }
        }
        return lines.entrySet().stream()
                .map(e -> "at " + Coordinates.text(e.getKey()) + ": " + some(e.getValue())).toList();
    }

    /** What more time would bring, for effects at the headline without a verdict; empty when there are none. */
    static Optional<String> undecided(Finding finding) {
        List<String> open = atHeadline(finding).stream().filter(e -> e.verdict() == Verdict.INCONCLUSIVE)
                .map(e -> e.variant() + " (" + Wording.stillNeeded(e) + ")").toList();
        return open.isEmpty() ? Optional.empty() : Optional.of("undecided: " + some(open));
    }

    private static String some(List<String> texts) {
        String shown = String.join(", ", texts.stream().limit(MOST_LISTED).toList());
        return texts.size() <= MOST_LISTED ? shown : shown + " and " + (texts.size() - MOST_LISTED) + " more";
    }
}
