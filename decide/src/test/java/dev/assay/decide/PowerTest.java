package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import dev.assay.lab.Session;
import dev.assay.lab.Settings;
import dev.assay.lab.Subject;
import dev.assay.lab.Trial.Outcome;
import dev.assay.lab.Metric;
import dev.assay.lab.Observation;
import dev.assay.lab.Point;
import dev.assay.machine.Machine;
import dev.assay.statistics.PairedEffect;
import dev.assay.statistics.Sample;
import dev.assay.statistics.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stopping rule finds in blocks whose noise is known, and where the time goes. Seeds are fixed and named. */
class PowerTest {
    private static final double CONFIDENCE = 0.95;
    private static final double THRESHOLD = 0.01;
    /** A pair of jars has some 45 blocks in 60 s. */
    private static final int BLOCKS = 45;
    private static final int LEAST = 6;

    @TempDir
    Path folder;

    /** Two per cent from block to block, one block in ten disturbed five times as much. */
    private static double[] logs(Random random, double ratio) {
        double[] logs = new double[BLOCKS];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(ratio) + 0.02 * (random.nextInt(10) == 0 ? 5 : 1) * random.nextGaussian();
        }
        return logs;
    }

    private record Ended(Verdict verdict, boolean covered, int blocks) {}

    private static Ended compared(double[] logs, double truth, int comparisons) {
        for (int n = LEAST; true; n++) {
            PairedEffect effect = PairedEffect.of(Sample.of(Arrays.copyOf(logs, n)), CONFIDENCE);
            if (n == logs.length || Comparer.answered(effect, comparisons, CONFIDENCE, THRESHOLD)) {
                return new Ended(effect.verdict(THRESHOLD), effect.interval().contains(truth), n);
            }
        }
    }

    private static List<Ended> compared(long seed, double ratio, int times) {
        Random random = new Random(seed);
        List<Ended> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(compared(logs(random, ratio), ratio, 1));
        }
        return all;
    }

    private static long share(List<Ended> all, java.util.function.Predicate<Ended> of) {
        return Math.round(100.0 * all.stream().filter(of).count() / all.size());
    }

    @Test
    void fivePerCentIsFoundAlmostAlwaysAndTwoMostly() {
        List<Ended> five = compared(51, 1.05, 100);
        List<Ended> two = compared(52, 1.02, 100);
        assertThat(share(five, e -> e.verdict() == Verdict.SLOWER)).as("seed 51").isGreaterThanOrEqualTo(95);
        assertThat(share(two, e -> e.verdict() == Verdict.SLOWER)).as("seed 52").isGreaterThanOrEqualTo(80);
        assertThat(share(five, Ended::covered)).as("seed 51").isGreaterThanOrEqualTo(94);
        assertThat(share(two, Ended::covered)).as("seed 52").isGreaterThanOrEqualTo(94);
    }

    @Test
    void theSameIsSeldomCalledDifferentThoughItIsLookedAtAfterEveryBlock() {
        List<Ended> same = compared(53, 1, 100);
        assertThat(share(same, e -> e.verdict() == Verdict.SLOWER || e.verdict() == Verdict.FASTER)).as("seed 53")
                .isLessThanOrEqualTo(5);
        assertThat(share(same, Ended::covered)).as("seed 53").isGreaterThanOrEqualTo(94);
    }

    /** The figure that the documentation of {@link Comparer} and docs/decide.md name. */
    @Test
    void amongTwoHundredPairsADifferenceTakesLessThanTwiceTheBlocks() {
        for (double[] noise : new double[][]{{0.02, 1.05}, {0.005, 1.02}}) {
            int[] alone = new int[101];
            int[] among = new int[101];
            Random random = new Random(54);
            for (int i = 0; i < alone.length; i++) {
                double[] logs = new double[200];
                for (int j = 0; j < logs.length; j++) {
                    logs[j] = Math.log(noise[1]) + noise[0] * random.nextGaussian();
                }
                alone[i] = compared(logs, noise[1], 1).blocks();
                among[i] = compared(logs, noise[1], 200).blocks();
            }
            Arrays.sort(alone);
            Arrays.sort(among);
            System.out.println("blocks until a difference is claimed, spread " + noise[0] + ", ratio " + noise[1]
                    + ", medians: alone " + alone[50] + ", among 200 " + among[50]);
            assertThat(among[50]).as("seed 54").isBetween(alone[50], 2 * alone[50] + 1);
        }
    }

    /** A subject that measures at once whatever it is told to. */
    private record Told(DoubleSupplier value) implements Subject {
        @Override
        public List<String> words() {
            return List.of("told");
        }

        @Override
        public Attempt attempt(Task task) {
            return new Attempt() {
                @Override
                public Ended run() {
                    return new Ended(1, Duration.ofMillis(1), new Outcome.Measured(new Observation(
                            Map.of(Point.NONE, List.of(value.getAsDouble())), Map.of(), List.of(), List.of(), 1)));
                }

                @Override
                public void end() {
                    // It has ended already.
                }
            };
        }
    }

    private static Pair pair(int number, double ratio, double spread) {
        Random random = new Random(number);
        return new Pair("ab.pair-" + number, "pair " + number, new Metric("time", "s", Metric.Better.LOWER),
                new Told(() -> Math.exp(spread * random.nextGaussian())),
                new Told(() -> ratio * Math.exp(spread * random.nextGaussian())), Duration.ofMillis(1));
    }

    @Test
    void timeGoesToThePairsThatNeedIt() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pairs.add(pair(i, 1.5, 0.01));
        }
        pairs.add(pair(9, 1.0, 0.05));
        Settings settings = new Settings(Duration.ofSeconds(2), CONFIDENCE, 0.001, 1, false, false);
        try (Session session = new Session(Machine.read(), List.copyOf(pairs), settings, folder,
                new Comparer(pairs.size()))) {
            while (session.hasNext()) {
                session.next();
            }
            List<Finding> findings = session.run().findings();
            int undecided = findings.getLast().evidence().blocks().size();
            assertThat(findings.subList(0, 9)).allSatisfy(
                    f -> assertThat(f.evidence().blocks().size()).isLessThan(undecided));
        }
    }

    @Test
    void twoHundredPairsArePlannedAndReadAndWhatDoesNotFitIsNamed() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pairs.add(pair(i, 1, 0.01));
        }
        Settings settings = new Settings(Duration.ofSeconds(20), CONFIDENCE, THRESHOLD, 1, false, false);
        long from = System.nanoTime();
        try (Session session = new Session(Machine.read(), List.copyOf(pairs), settings, folder,
                new Comparer(pairs.size()))) {
            long planned = System.nanoTime();
            Run run = session.run();
            Comparison comparison = Comparer.of(run, pairs, List.of("a", "b"), List.of(), List.of());
            System.out.printf("200 pairs: planned in %d ms, read in %d ms%n", (planned - from) / 1_000_000,
                    (System.nanoTime() - planned) / 1_000_000);
            assertThat(comparison.unreached()).hasSize(200);
            assertThat(comparison.unreached().getLast().reason()).contains("budget");
            assertThat(OptionalInt.of(comparison.exit(false))).hasValue(3);
        }
    }
}
