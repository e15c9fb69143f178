import dev.assay.lab.Archive;
import dev.assay.lab.Block;
import dev.assay.lab.Doubt;
import dev.assay.lab.Effect;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Summary;
import dev.assay.lab.Trial;
import dev.assay.statistics.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads archived runs and says how the laboratory did. Started by lab.sh. */
final class Lab {
    /** Doubts that say that a figure was disturbed. */
    private static final Set<Doubt.Kind> DISTURBED = Set.of(Doubt.Kind.NOISY_NEIGHBOUR, Doubt.Kind.STEAL,
            Doubt.Kind.PRESSURE, Doubt.Kind.THROTTLED, Doubt.Kind.DISCARDED_BLOCKS, Doubt.Kind.UNSTABLE);

    public static void main(String[] arguments) throws Exception {
        List<Run> runs = Arrays.stream(arguments).skip(1).map(folder -> Archive.load(Path.of(folder))).toList();
        switch (arguments[0]) {
            case "false-alarms" -> falseAlarms(runs);
            case "overhead" -> overhead(runs);
            case "disturbance" -> disturbance(runs.get(0), runs.subList(1, runs.size()));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void falseAlarms(List<Run> runs) {
        int comparisons = 0;
        int alarms = 0;
        int excluded = 0;
        int disturbed = 0;
        List<String> named = new ArrayList<>();
        for (Run run : runs) {
            for (Finding finding : run.findings()) {
                boolean doubted = finding.doubts().stream().anyMatch(d -> DISTURBED.contains(d.kind()));
                for (Effect effect : finding.effects()) {
                    comparisons++;
                    disturbed += doubted ? 1 : 0;
                    excluded += effect.interval().contains(1) ? 0 : 1;
                    if (effect.verdict() == Verdict.FASTER || effect.verdict() == Verdict.SLOWER) {
                        alarms++;
                        named.add(String.format(Locale.ROOT, "%s %s %s: %.3f [%.3f, %.3f]", finding.id(),
                                effect.variant(), effect.at(), effect.ratio(), effect.interval().low(),
                                effect.interval().high()));
                    }
                }
            }
        }
        System.out.printf(Locale.ROOT,
                "| %d comparisons in %d runs | %d claim a difference (%.1f %%) | %d intervals miss 1 (%.1f %%) | %d carry a"
                        + " doubt about disturbance |%n",
                comparisons, runs.size(), alarms, 100.0 * alarms / comparisons, excluded,
                100.0 * excluded / comparisons, disturbed);
        named.forEach(line -> System.out.println("  - " + line));
    }

    private static void overhead(List<Run> runs) throws IOException, InterruptedException {
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            long start = System.nanoTime();
            new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
                    "-version").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor();
            starts.add((System.nanoTime() - start) / 1e9);
        }
        double start = median(starts);
        System.out.printf(Locale.ROOT, "JVM start (`java -version`, median of %d): %.3f s%n%n", starts.size(), start);
        System.out.println("| experiment | trials | wall − measured − JVM start, median |");
        System.out.println("|---|---|---|");
        List<Double> all = new ArrayList<>();
        for (Run run : runs) {
            for (Finding finding : run.findings()) {
                List<Double> own = new ArrayList<>();
                for (Block block : finding.evidence().blocks()) {
                    for (Trial trial : block.trials()) {
                        trial.observation().ifPresent(
                                // What JMH takes beyond the time that it was given is the laboratory's, not the workload's.
                                o -> own.add(trial.wall().toNanos() / 1e9 - o.measuredNanos() / 1e9
                                        + o.figures().getOrDefault("harnessMillis", 0.0) / 1e3 - start));
                    }
                }
                if (!own.isEmpty()) {
                    System.out.printf(Locale.ROOT, "| %s | %d | %.3f s |%n", finding.id(), own.size(), median(own));
                    all.addAll(own);
                }
            }
        }
        System.out.printf(Locale.ROOT, "| all | %d | **%.3f s** |%n", all.size(), median(all));
    }

    private static void disturbance(Run quiet, List<Run> disturbed) {
        System.out.println("| run | experiment | variants within 5 % of the quiet run | beyond | doubts carried |");
        System.out.println("|---|---|---|---|---|");
        int silent = 0;
        for (Run run : disturbed) {
            for (Finding finding : run.findings()) {
                Finding calm = quiet.findings().stream().filter(f -> f.id().equals(finding.id())).findFirst()
                        .orElseThrow();
                int within = 0;
                int beyond = 0;
                for (Summary summary : finding.summaries()) {
                    double before = calm.summaries().stream().filter(s -> s.variant().equals(summary.variant()))
                            .findFirst().orElseThrow().headline().value();
                    boolean same = Math.abs(summary.headline().value() / before - 1) <= 0.05;
                    within += same ? 1 : 0;
                    beyond += same ? 0 : 1;
                }
                Set<Doubt.Kind> doubts = finding.doubts().stream().map(Doubt::kind).filter(DISTURBED::contains)
                        .collect(Collectors.toSet());
                silent += doubts.isEmpty() ? beyond : 0;
                System.out.printf("| %s | %s | %d | %d | %s |%n", run.id(), finding.id(), within, beyond,
                        doubts.isEmpty() ? "none"
                                : doubts.stream().map(Doubt.Kind::id).sorted().collect(Collectors.joining(", ")));
            }
        }
        System.out.println();
        System.out.println(silent + " figures were disturbed without saying so.");
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
