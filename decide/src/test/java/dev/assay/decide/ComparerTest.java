package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.Block;
import dev.assay.lab.Doubt;
import dev.assay.lab.Effect;
import dev.assay.lab.Evidence;
import dev.assay.lab.Finding;
import dev.assay.lab.Metric;
import dev.assay.lab.Observation;
import dev.assay.lab.Point;
import dev.assay.lab.Run;
import dev.assay.lab.Settings;
import dev.assay.lab.Subject;
import dev.assay.lab.Surroundings;
import dev.assay.lab.Trial;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Verdicts over simulated evidence. */
class ComparerTest {
    private static final Settings SETTINGS = new Settings(Duration.ofMinutes(1), 0.95, 0.01, 1, false, false);
    private static final Metric TIME = new Metric("wall time", "s", Metric.Better.LOWER);

    private static final class Nothing implements Subject {
        @Override
        public List<String> words() {
            return List.of("nothing");
        }

        @Override
        public Attempt attempt(Task task) {
            throw new UnsupportedOperationException("evidence is simulated");
        }
    }

    static Pair pair(int number) {
        return new Pair("ab.pair-" + number, "pair " + number, TIME, new Nothing(), new Nothing(),
                Duration.ofSeconds(1));
    }

    static Finding finding(Pair pair, int blocks, DoubleSupplier a, DoubleSupplier b) {
        List<Block> all = new ArrayList<>();
        Surroundings quiet = new Surroundings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0);
        for (int i = 1; i <= blocks; i++) {
            all.add(new Block(i, i, false, List.of(trial(Pair.A, a), trial(Pair.B, b)), quiet, Optional.empty()));
        }
        Evidence evidence = new Evidence(pair.card(), pair.variants(null), all);
        return new Finding(pair.id(), Finding.Status.MEASURED, Optional.empty(), blocks, List.of(), List.of(),
                List.of(), List.of(), evidence);
    }

    private static Trial trial(String side, DoubleSupplier value) {
        double seconds = value.getAsDouble();
        Observation observation = new Observation(Map.of(Point.NONE, List.of(seconds)), Map.of("wallSeconds", seconds),
                List.of(), List.of(), 1);
        return new Trial(1, side, 1, Duration.ofSeconds(1), new Trial.Outcome.Measured(observation), List.of());
    }

    static Run run(List<Finding> findings) {
        return new Run("20260101-000000-abcd", Instant.EPOCH, 10, SETTINGS, Map.of(), findings, List.<Doubt>of());
    }

    private static DoubleSupplier noise(Random random, double centre, double spread) {
        return () -> centre * Math.exp(spread * random.nextGaussian());
    }

    @Test
    void amongManyComparisonsChanceIsNotCalledADifference() {
        long seed = 20260101;
        Random random = new Random(seed);
        List<Pair> pairs = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        int alone = 0;
        for (int i = 0; i < 400; i++) {
            pairs.add(pair(i));
            findings.add(finding(pairs.get(i), 8, noise(random, 1, 0.03), noise(random, 1, 0.03)));
            alone += Comparer.of(run(List.of(findings.get(i))), List.of(pairs.get(i)), List.of("a", "b"), List.of(),
                    List.of()).with(Verdict.INCONCLUSIVE).isEmpty() ? 1 : 0;
        }
        Comparison together = Comparer.of(run(findings), pairs, List.of("a", "b"), List.of(), List.of());
        assertThat(alone).as("one by one, some of 400 are called different (seed " + seed + ")").isPositive();
        assertThat(together.with(Verdict.SLOWER)).isEmpty();
        assertThat(together.with(Verdict.FASTER)).isEmpty();
        assertThat(together.results()).filteredOn(Comparison.Result::withdrawn).hasSize(alone);
    }

    @Test
    void theRunOfThePageHasTheVerdictsOfTheComparison() {
        List<Pair> pairs = List.of(pair(0), pair(1));
        List<Finding> findings = pairs.stream().map(pair -> {
            Finding plain = finding(pair, 6, () -> 1, () -> 1);
            Effect slower = new Effect(Pair.B, Pair.A, Point.NONE, 1.1, new Interval(1.05, 1.2, 0.95), Optional.empty(),
                    6, Verdict.SLOWER, Optional.empty());
            return new Finding(plain.id(), plain.status(), plain.reason(), 6, List.of(), List.of(slower), List.of(),
                    List.of(), plain.evidence());
        }).toList();
        Comparison.Result kept = result("pair 0", Verdict.SLOWER, false);
        Comparison.Result withdrawn = result("pair 1", Verdict.INCONCLUSIVE, true);
        Comparison comparison = new Comparison("x", List.of("a", "b"), List.of(kept, withdrawn), List.of(), List.of(),
                List.of(), List.of(), 0.01, 0.95, 1, List.of());
        Run corrected = Comparer.corrected(run(findings), pairs, comparison);
        assertThat(corrected.findings()).extracting(f -> f.effects().getFirst().verdict())
                .containsExactly(Verdict.SLOWER, Verdict.INCONCLUSIVE);
    }

    private static Comparison.Result result(String name, Verdict verdict, boolean withdrawn) {
        return new Comparison.Result(name, TIME, true, Optional.of(1.0), Optional.of(1.1), 1.1,
                new Interval(1.05, 1.2, 0.95), 30, verdict, withdrawn, 6, 12, 6, Optional.empty(), List.of());
    }

    @Test
    void aRealDifferenceAmongManyIsStillFound() {
        Random random = new Random(5);
        List<Pair> pairs = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pairs.add(pair(i));
            double change = i == 17 ? 1.10 : 1;
            findings.add(finding(pairs.get(i), 12, noise(random, 1, 0.01), noise(random, change, 0.01)));
        }
        Comparison comparison = Comparer.of(run(findings), pairs, List.of("a", "b"), List.of(), List.of());
        assertThat(comparison.with(Verdict.SLOWER)).extracting(Comparison.Result::name).containsExactly("pair 17");
        assertThat(comparison.exit(false)).isEqualTo(1);
    }

    @Test
    void aPairIsNotEndedBeforeItsDifferenceWouldSurviveAmongTheOthers() {
        Random random = new Random(3);
        Finding finding = finding(pair(1), 6, noise(random, 1, 0.01), noise(random, 1.1, 0.01));
        assertThat(new Comparer(1).answered(finding.evidence(), SETTINGS)).isTrue();
        assertThat(new Comparer(1_000_000_000).answered(finding.evidence(), SETTINGS)).isFalse();
    }

    @Test
    void theExitCodeFollowsTheWorstThatHappened() {
        Random random = new Random(4);
        Finding unclear = finding(pair(1), 5, noise(random, 1, 0.2), noise(random, 1, 0.2));
        Comparison comparison = Comparer.of(run(List.of(unclear)), List.of(pair(1)), List.of("a", "b"), List.of(),
                List.of());
        assertThat(comparison.with(Verdict.INCONCLUSIVE)).hasSize(1);
        assertThat(comparison.exit(false)).isZero();
        assertThat(comparison.exit(true)).isEqualTo(1);
    }

    @Test
    void aClockThatStepsBackIsADoubtAndChangesNoTime() {
        Surroundings back = new Surroundings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), -3_600_000);
        assertThat(back.disturbances()).extracting(Doubt::kind).containsExactly(Doubt.Kind.CLOCK_JUMP);
        assertThat(back.disturbances().getFirst().says()).contains("-3600000 ms");
    }

    @Test
    void pairsThatTheBudgetDidNotReachAreNamed() {
        Finding cut = new Finding("ab.pair-1", Finding.Status.UNTESTABLE, Optional.of("cut"), 0, List.of(), List.of(),
                List.of(), List.of(), finding(pair(1), 0, () -> 1, () -> 1).evidence());
        Comparison comparison = Comparer.of(run(List.of(cut)), List.of(pair(1)), List.of("a", "b"), List.of(),
                List.of());
        assertThat(comparison.unreached()).extracting(Comparison.Missing::name).containsExactly("pair 1");
        assertThat(comparison.exit(false)).isEqualTo(3);
    }
}
