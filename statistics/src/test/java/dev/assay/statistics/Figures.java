package dev.assay.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Prints what the sequences, verdicts and bootstrap intervals do in simulation, as Markdown. Run by measurements/statistics.sh; not a
 * test, because the figures are for reading. Seeds are fixed: the same figures come out every time.
 */
final class Figures {
    private static final int PATHS = 2_000;
    private static final int LONGEST = 200;

    private Figures() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.out.println(
                "# Statistics in simulation (fixed seeds, " + PATHS + " paths per figure unless said otherwise)");
        misses();
        blocksToFind();
        verdicts();
        forecasts();
        bootstraps();
    }

    /** The sequences compared: what is looked at after every value. */
    private enum Method {
        DEFAULT("default", () -> ConfidenceSequence.of(0.95)), MIXTURE("mixture t-test alone",
                () -> ConfidenceSequence.gaussian(0.95, ConfidenceSequence.EXPECTED_STANDARDISED_EFFECT));

        final String title;
        final Supplier<ConfidenceSequence> start;

        Method(String title, Supplier<ConfidenceSequence> start) {
            this.title = title;
            this.start = start;
        }
    }

    private static void misses() {
        System.out.println("""

            ## Paths whose interval ever misses the true centre (looked at after every value; 95 % asked for, so 5 % allowed)

            | noise | default, 2..40 | default, 2..200 | mixture t-test alone, 2..200 | t-test at each look, 2..40 |
            |---|---|---|---|---|""");
        for (Noise noise : Noise.values()) {
            misses(name(noise), random -> () -> noise.draw(random));
        }
        misses("both sides of a block skewed alike (A/A)", random -> () -> latency(random) - latency(random));
        misses("autocorrelated, 0.2 from block to block", random -> autocorrelated(random, 0.2));
        misses("autocorrelated, 0.5 from block to block", random -> autocorrelated(random, 0.5));
        misses("autocorrelated 0.5, order within a block by coin (A/A)",
                random -> coined(random, autocorrelated(random, 0.5)));
    }

    /** Log of a time that is never much below its floor and often well above it. */
    private static double latency(RandomGenerator random) {
        return Math.log(1 + 0.05 * -Math.log(1 - random.nextDouble()));
    }

    private static DoubleSupplier autocorrelated(RandomGenerator random, double correlation) {
        double[] last = {random.nextGaussian()};
        return () -> last[0] = correlation * last[0] + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }

    /** What randomised order makes of any difference between two sides that are the same. */
    private static DoubleSupplier coined(RandomGenerator random, DoubleSupplier differences) {
        return () -> (random.nextBoolean() ? 1 : -1) * differences.getAsDouble();
    }

    /** One row; a path is a fresh series from the source. */
    private static void misses(String title, Function<RandomGenerator, DoubleSupplier> source) {
        int[] standard = firstMisses(source, Method.DEFAULT);
        int[] mixture = firstMisses(source, Method.MIXTURE);
        System.out.printf("| %s | %.1f %% | %.1f %% | %.1f %% | %.1f %% |%n", title, share(standard, 40),
                share(standard, LONGEST), share(mixture, LONGEST), 100 * repeatedTTest(source));
    }

    private static int[] firstMisses(Function<RandomGenerator, DoubleSupplier> source, Method method) {
        RandomGenerator random = new SplittableRandom(1);
        int[] first = new int[PATHS];
        for (int path = 0; path < PATHS; path++) {
            ConfidenceSequence sequence = method.start.get();
            DoubleSupplier series = source.apply(random);
            first[path] = Integer.MAX_VALUE;
            for (int n = 1; n <= LONGEST && first[path] > LONGEST; n++) {
                sequence.add(series.getAsDouble());
                boolean look = n <= 40 || n % 4 == 0;
                first[path] = look && sequence.eValue(0) >= 20 ? n : Integer.MAX_VALUE;
            }
        }
        return first;
    }

    private static double share(int[] first, int until) {
        return 100.0 * Arrays.stream(first).filter(n -> n <= until).count() / first.length;
    }

    /** The foil: an ordinary t-test after every value from the 3rd to the 40th. */
    private static double repeatedTTest(Function<RandomGenerator, DoubleSupplier> source) {
        RandomGenerator random = new SplittableRandom(1);
        double[] critical = IntStream.rangeClosed(0, 40)
                .mapToDouble(n -> n < 3 ? 0 : TDistribution.of(n - 1).inverseSurvivalProbability(0.025)).toArray();
        int missed = 0;
        for (int path = 0; path < PATHS; path++) {
            double[] values = DoubleStream.generate(source.apply(random)).limit(40).toArray();
            boolean miss = false;
            for (int n = 3; n <= 40 && !miss; n++) {
                Sample sample = Sample.of(Arrays.copyOf(values, n));
                miss = Math.abs(sample.mean()) > critical[n] * sample.standardError();
            }
            missed += miss ? 1 : 0;
        }
        return (double) missed / PATHS;
    }

    private static void blocksToFind() {
        System.out.println("""

            ## Blocks until 1 is excluded (median / 80 % / 95 % of paths), undisturbed standard deviation 1.5 % per block

            | noise | method | +5 % | +2 % | +1 % |
            |---|---|---|---|---|""");
        for (Noise noise : List.of(Noise.NORMAL, Noise.T3, Noise.LAPLACE, Noise.CONTAMINATED)) {
            for (Method method : Method.values()) {
                List<String> cells = new ArrayList<>();
                for (double effect : new double[]{0.05, 0.02, 0.01}) {
                    cells.add(quantiles(blocksToExclude(noise, method, Math.log1p(effect) / 0.015)));
                }
                System.out.printf("| %s | %s | %s |%n", name(noise), method.title, String.join(" | ", cells));
            }
        }
    }

    private static int[] blocksToExclude(Noise noise, Method method, double effect) {
        RandomGenerator random = noise.generator(2);
        int[] blocks = new int[PATHS];
        for (int path = 0; path < blocks.length; path++) {
            ConfidenceSequence sequence = method.start.get();
            int n = 0;
            do {
                sequence.add(effect + noise.unit() * noise.draw(random));
                n++;
            } while (n < LONGEST && sequence.eValue(0) < 20);
            blocks[path] = n;
        }
        return blocks;
    }

    private static String quantiles(int[] blocks) {
        int[] sorted = blocks.clone();
        Arrays.sort(sorted);
        List<String> texts = new ArrayList<>();
        for (double p : new double[]{0.5, 0.8, 0.95}) {
            int value = sorted[(int) Math.ceil(p * sorted.length) - 1];
            texts.add(value >= LONGEST ? ">" + LONGEST : Integer.toString(value));
        }
        return String.join(" / ", texts);
    }

    private static void verdicts() {
        System.out.println("""

            ## Verdicts with a smallest effect of 1 %, stopped at the first verdict or after 60 blocks (300 paths each)

            | noise | sd per block | true ratio | faster | slower | equivalent | inconclusive | blocks (50 / 80 / 95 %) | interval holds the truth |
            |---|---|---|---|---|---|---|---|---|""");
        for (Noise noise : List.of(Noise.NORMAL, Noise.T3, Noise.CONTAMINATED)) {
            for (double deviation : new double[]{0.005, 0.015, 0.05}) {
                for (double ratio : new double[]{1, 1.01, 1.02, 1.05}) {
                    verdicts(noise, deviation, ratio);
                }
            }
        }
    }

    private static void verdicts(Noise noise, double deviation, double ratio) {
        int paths = 300;
        RandomGenerator random = noise.generator(3);
        int[] counts = new int[Verdict.values().length];
        int[] blocks = new int[paths];
        int held = 0;
        for (int path = 0; path < paths; path++) {
            ConfidenceSequence sequence = ConfidenceSequence.of(0.95);
            Verdict verdict = Verdict.INCONCLUSIVE;
            int n = 0;
            while (n < 60 && verdict == Verdict.INCONCLUSIVE) {
                sequence.add(Math.log(ratio) + deviation * noise.unit() * noise.draw(random));
                n++;
                verdict = verdict(sequence);
            }
            counts[verdict.ordinal()]++;
            blocks[path] = n;
            held += sequence.interval().contains(Math.log(ratio)) ? 1 : 0;
        }
        System.out.printf("| %s | %.1f %% | %.2f | %s | %s | %s | %s | %s | %.1f %% |%n", name(noise), 100 * deviation,
                ratio,
                percent(counts[0], paths), percent(counts[1], paths), percent(counts[2], paths),
                percent(counts[3], paths),
                quantiles(blocks), 100.0 * held / paths);
    }

    /** The e-values say cheaply where the interval cannot decide yet. */
    private static Verdict verdict(ConfidenceSequence sequence) {
        double band = Math.log(1.01);
        boolean excludesOne = sequence.eValue(0) >= 20;
        boolean insideBand = sequence.eValue(band) >= 20 && sequence.eValue(-band) >= 20;
        if (!excludesOne && !insideBand) {
            return Verdict.INCONCLUSIVE;
        }
        return Verdict.decide(Math.exp(sequence.estimate()), sequence.interval().map(Math::exp), 0.01);
    }

    private static String percent(int count, int of) {
        return "%.1f %%".formatted(100.0 * count / of);
    }

    private static void forecasts() {
        System.out.println("""

            ## Forecast after 6 blocks against the blocks that it took in the end (normal noise, smallest effect 1 %, undecided paths)

            | sd per block | true ratio | took / forecast, 10 % / median / 90 % of paths |
            |---|---|---|""");
        for (double[] setting : new double[][]{{0.005, 1}, {0.015, 1}, {0.015, 1.02}, {0.05, 1.05}}) {
            RandomGenerator random = Noise.NORMAL.generator(5);
            List<Double> ratios = new ArrayList<>();
            for (int path = 0; path < 300; path++) {
                forecast(random, setting[0], Math.log(setting[1])).ifPresent(ratios::add);
            }
            Sample sample = Sample.of(ratios.stream().mapToDouble(r -> r).toArray());
            System.out.printf("| %.1f %% | %.2f | %.1f / %.1f / %.1f |%n", 100 * setting[0], setting[1],
                    sample.quantile(0.1),
                    sample.median(), sample.quantile(0.9));
        }
    }

    private static OptionalDouble forecast(RandomGenerator random, double deviation, double effect) {
        ConfidenceSequence sequence = ConfidenceSequence.of(0.95);
        double[] logs = new double[LONGEST];
        OptionalInt more = OptionalInt.empty();
        for (int n = 1; n <= LONGEST; n++) {
            logs[n - 1] = effect + deviation * random.nextGaussian();
            sequence.add(logs[n - 1]);
            if (n == 6) {
                more = PairedEffect.of(Sample.of(Arrays.copyOf(logs, n)), 0.95).blocksStillNeeded(0.01);
            }
            if (verdict(sequence) != Verdict.INCONCLUSIVE) {
                return n > 6 && more.isPresent()
                        ? OptionalDouble.of((n - 6.0) / more.getAsInt())
                        : OptionalDouble.empty();
            }
        }
        return OptionalDouble.empty();
    }

    private static void bootstraps() {
        System.out.println("""

            ## Coverage of the 95 % process-level bootstrap (1,000 resamples), mean of n processes

            | noise | 3 | 4 | 5 | 8 | 12 | 20 |
            |---|---|---|---|---|---|---|""");
        for (Noise noise : Noise.values()) {
            List<String> cells = new ArrayList<>();
            for (int processes : new int[]{3, 4, 5, 8, 12, 20}) {
                RandomGenerator random = noise.generator(4);
                int held = 0;
                int runs = 1_000;
                for (int run = 0; run < runs; run++) {
                    Sample sample = Sample
                            .of(IntStream.range(0, processes).mapToDouble(i -> noise.draw(random)).toArray());
                    held += Bootstrap.interval(sample, Sample::mean, 0.95, 1_000, run).contains(0) ? 1 : 0;
                }
                cells.add(percent(held, runs));
            }
            System.out.printf("| %s | %s |%n", name(noise), String.join(" | ", cells));
        }
    }

    private static String name(Noise noise) {
        return noise.name().toLowerCase(Locale.ROOT);
    }
}
