package dev.assay.lab;

import dev.assay.lab.Doubt.Kind;
import dev.assay.statistics.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The doubts that evidence itself raises. */
final class Doubts {
    /** Coefficient of variation between processes above which a figure is called unstable. */
    private static final double UNSTABLE = 0.10;
    private static final int FEW_PROCESSES = 5;

    private Doubts() {}

    static List<Doubt> of(Evidence evidence, boolean cutShort) {
        Map<Kind, Doubt> doubts = new LinkedHashMap<>();
        List<Block> counted = evidence.counted();
        disturbed(counted, doubts);
        for (Block block : counted) {
            for (Trial trial : block.trials()) {
                trial.doubts().forEach(d -> doubts.putIfAbsent(d.kind(), d));
                trial.observation().ifPresent(o -> o.doubts().forEach(d -> doubts.putIfAbsent(d.kind(), d)));
            }
        }
        failures(evidence, doubts);
        discarded(evidence, doubts);
        unsettled(counted, doubts);
        if (!counted.isEmpty() && counted.size() < FEW_PROCESSES) {
            doubts.put(Kind.TOO_FEW_PROCESSES, new Doubt(Kind.TOO_FEW_PROCESSES,
                    "only " + counted.size() + (counted.size() == 1 ? " process" : " processes")
                            + " per variant; intervals are wide",
                    "raise --budget"));
        }
        unstable(evidence, doubts);
        if (cutShort) {
            doubts.put(Kind.CUT_SHORT,
                    new Doubt(Kind.CUT_SHORT, "the run was interrupted before it was done", "run it to its end"));
        }
        return new ArrayList<>(doubts.values());
    }

    /** Blocks that were disturbed and count all the same, since the repeats or the time were used up. */
    private static void disturbed(List<Block> counted, Map<Kind, Doubt> doubts) {
        Map<Kind, Integer> blocks = new LinkedHashMap<>();
        Map<Kind, Doubt> first = new LinkedHashMap<>();
        for (Block block : counted) {
            for (Doubt doubt : block.surroundings().disturbances()) {
                blocks.merge(doubt.kind(), 1, Integer::sum);
                first.putIfAbsent(doubt.kind(), doubt);
            }
        }
        first.forEach((kind, doubt) -> doubts.put(kind, new Doubt(kind, doubt.says() + "; so in " + blocks.get(kind)
                + " of the " + counted.size() + " blocks that count", doubt.remedy())));
    }

    private static void failures(Evidence evidence, Map<Kind, Doubt> doubts) {
        List<Trial> failed = evidence.blocks().stream().flatMap(b -> b.trials().stream())
                .filter(t -> t.failure().isPresent()).toList();
        if (!failed.isEmpty()) {
            Trial first = failed.getFirst();
            doubts.put(Kind.FAILED_TRIALS,
                    new Doubt(Kind.FAILED_TRIALS,
                            failed.size() + " trials gave nothing; the first, of '" + first.variant() + "': "
                                    + first.failure().orElseThrow(),
                            "read the trial's last lines in run.json, and its crash report beside it"));
        }
    }

    private static void discarded(Evidence evidence, Map<Kind, Doubt> doubts) {
        if (evidence.discarded() > 0) {
            String why = evidence.blocks().stream().filter(b -> !b.counts()).findFirst().orElseThrow().discarded()
                    .orElseThrow();
            doubts.put(Kind.DISCARDED_BLOCKS,
                    new Doubt(Kind.DISCARDED_BLOCKS, evidence.discarded() + " of " + evidence.blocks().size()
                            + " blocks were set aside as disturbed; the first because " + why,
                            "quieten the machine; the blocks are in run.json"));
        }
    }

    private static void unsettled(List<Block> counted, Map<Kind, Doubt> doubts) {
        int processes = 0;
        int unsettled = 0;
        for (Block block : counted) {
            for (Trial trial : block.trials()) {
                if (trial.observation().isPresent()) {
                    processes++;
                    boolean settles = trial.observation().get().values().values().stream().allMatch(WarmUp::settles);
                    unsettled += settles ? 0 : 1;
                }
            }
        }
        // A few processes that drift are in the nature of shared machines; a third are in the nature of the workload.
        if (unsettled * 3 > processes) {
            doubts.put(Kind.NOT_SETTLED, new Doubt(Kind.NOT_SETTLED,
                    unsettled + " of " + processes + " processes were still drifting when they ended",
                    "raise --budget"));
        }
    }

    private static void unstable(Evidence evidence, Map<Kind, Doubt> doubts) {
        for (Variant variant : evidence.variants()) {
            double[] headlines = evidence.counted().stream().map(b -> b.of(variant.name()))
                    .flatMap(java.util.Optional::stream)
                    .map(o -> Analysis.valueOf(o, evidence.card().headline()))
                    .filter(java.util.OptionalDouble::isPresent).mapToDouble(java.util.OptionalDouble::getAsDouble)
                    .toArray();
            if (headlines.length < 3) {
                continue;
            }
            Sample sample = Sample.of(headlines);
            double variation = sample.standardDeviation() / Math.abs(sample.mean());
            if (variation > UNSTABLE) {
                doubts.putIfAbsent(Kind.UNSTABLE,
                        new Doubt(Kind.UNSTABLE,
                                String.format(Locale.ROOT, "processes of '%s' differ by %.0f %% (standard deviation)",
                                        variant.name(), 100 * variation),
                                "look at the distribution; quieten the machine or raise --budget"));
            }
        }
    }
}
