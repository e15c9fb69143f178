package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.lab.Doubt;
import dev.assay.lab.Run;
import dev.assay.statistics.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs compared, gated, followed over time, and chosen from. */
class RunComparerTest {
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    private static Run run(String id, double one, double two) {
        return Runs.of(id, DAY, "processor", "memory.latency", Runs.TIME, one, two, id.hashCode());
    }

    @Test
    void aSlowerVariantOfALaterRunIsFoundAndTheRestIsNotCalled() {
        Comparison comparison = RunComparer.of(run("a", 10, 20), run("b", 10, 22), 0.02, 0.95);
        assertThat(comparison.with(Verdict.SLOWER)).extracting(Comparison.Result::name)
                .containsExactly("memory.latency, two");
        assertThat(comparison.with(Verdict.SLOWER).getFirst().interval().contains(1.1)).isTrue();
        assertThat(comparison.exit(false)).isEqualTo(1);
    }

    @Test
    void moreBandwidthIsFaster() {
        Run a = Runs.of("a", DAY, "p", "memory.bandwidth", Runs.RATE, 10, 10, 1);
        Run b = Runs.of("b", DAY, "p", "memory.bandwidth", Runs.RATE, 20, 10, 2);
        assertThat(RunComparer.of(a, b, 0.02, 0.95).with(Verdict.FASTER)).singleElement()
                .satisfies(r -> assertThat(r.ratio()).isBetween(0.48, 0.52));
    }

    @Test
    void anotherMachineIsADoubtAndAnotherExperimentIsRefused() {
        Run other = Runs.of("b", DAY, "another processor", "memory.latency", Runs.TIME, 10, 20, 3);
        assertThat(RunComparer.of(run("a", 10, 20), other, 0.02, 0.95).doubts())
                .anySatisfy(d -> assertThat(d.kind()).isEqualTo(Doubt.Kind.OTHER_MACHINE))
                .anySatisfy(d -> assertThat(d.says()).contains("different machines"));
        Run unlike = Runs.of("c", DAY, "p", "memory.bandwidth", Runs.RATE, 10, 20, 3);
        assertThatThrownBy(() -> RunComparer.of(run("a", 10, 20), unlike, 0.02, 0.95))
                .isInstanceOf(DecideException.class).hasMessageContaining("share nothing");
        Run otherMetric = Runs.of("d", DAY, "p", "memory.latency", Runs.RATE, 10, 20, 3);
        assertThatThrownBy(() -> RunComparer.of(run("a", 10, 20), otherMetric, 0.02, 0.95))
                .hasMessageContaining("metrics differ");
    }

    @Test
    void theGateBlocksBeyondALimitOfItsOwnPerMetric() {
        Comparison comparison = RunComparer.of(run("a", 10, 20), run("b", 10, 22), 0.02, 0.95);
        assertThat(Gate.of(comparison, Map.of()).passes()).isFalse();
        assertThat(Gate.of(comparison, Map.of("memory", 0.2)).passes()).isTrue();
        assertThat(Gate.of(comparison, Map.of("memory", 0.2, "memory.latency, two", 0.05)).breaches()).singleElement()
                .satisfies(b -> assertThat(b.says()).contains("limit is 5.0 %"));
    }

    @Test
    void groupsFurtherApartThanTheGapBlock() {
        Map<String, List<Run>> groups = new LinkedHashMap<>();
        groups.put("x86", List.of(run("a", 10, 10)));
        groups.put("arm", List.of(run("b", 11, 11)));
        Gate gate = Gate.ofGroups(groups, Gate.DEFAULT_GAP);
        assertThat(gate.passes()).isFalse();
        assertThat(gate.gaps()).singleElement().satisfies(g -> {
            assertThat(g.slower()).isEqualTo("arm");
            assertThat(g.share()).isBetween(0.09, 0.11);
            assertThat(g.interval().contains(g.share())).isTrue();
            assertThat(g.interval().contains(0.10)).isTrue();
        });
        groups.put("arm", List.of(run("b", 10.5, 10.5)));
        assertThat(Gate.ofGroups(groups, Gate.DEFAULT_GAP).passes()).isTrue();
        groups.remove("arm");
        assertThatThrownBy(() -> Gate.ofGroups(groups, 0.1)).hasMessageContaining("there is one: x86");
    }

    private static Drift.Query query(Optional<Integer> reference) {
        return new Drift.Query("memory.latency", Optional.empty(), Optional.empty(), reference);
    }

    @Test
    void runsOfOtherMachinesAreLeftOutOfAHistory() {
        List<Run> both = new ArrayList<>(history(16, 99, 1));
        for (int i = 0; i < 6; i++) {
            both.add(Runs.of("other-" + i, DAY.plusSeconds(86_400L * i + 7), "q", "memory.latency", Runs.TIME, 30, 60,
                    i));
        }
        Drift here = Drift.of(both, query(Optional.empty()), 0.15, 1);
        assertThat(here.machine()).startsWith("p,");
        assertThat(here.elsewhere()).isEqualTo(6);
        assertThat(here.alarm()).isFalse();
        assertThatThrownBy(() -> Drift.of(both,
                new Drift.Query("memory.latency", Optional.empty(), Optional.of("q,"), Optional.empty()), 0.15, 1))
                .hasMessageContaining("there are 6 in all on q,").hasMessageContaining("--machine");
        assertThatThrownBy(() -> Drift.of(both,
                new Drift.Query("memory.latency", Optional.empty(), Optional.of("z"), Optional.empty()), 0.15, 1))
                .hasMessageContaining("named like 'z'; there is p,");
    }

    private static List<Run> history(int runs, int changedFrom, double change) {
        List<Run> history = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            history.add(Runs.of("run-" + i, DAY.plusSeconds(86_400L * i), "p", "memory.latency", Runs.TIME,
                    i < changedFrom ? 10 : 10 * change, 20, i));
        }
        return history.reversed();
    }

    @Test
    void driftIsFoundWithItsDateAndItsAbsenceIsNot() {
        Drift steady = Drift.of(history(16, 99, 1), query(Optional.empty()), 0.15, 1);
        assertThat(steady.alarm()).isFalse();
        assertThat(steady.changes()).isEmpty();
        Drift drift = Drift.of(history(16, 10, 1.05), query(Optional.of(8)), 0.15, 1);
        assertThat(drift.alarm()).isTrue();
        assertThat(drift.changes()).singleElement()
                .satisfies(c -> assertThat(c.at().at()).isEqualTo(DAY.plusSeconds(86_400L * 10)));
        assertThat(drift.different().pValue()).isLessThan(0.01);
    }

    @Test
    void driftOfTooFewRunsIsRefused() {
        assertThatThrownBy(
                () -> Drift.of(history(6, 9, 1), query(Optional.empty()), 0.15, 1))
                .isInstanceOf(DecideException.class).hasMessageContaining("at least 4 runs");
    }

    @Test
    void theChoiceFollowsTheWeightsAndSaysHowFarTheyMayMove() {
        var cheap = new Choice.Candidate("cheap", run("a", 20, 20), Optional.of(1.0));
        var fast = new Choice.Candidate("fast", run("b", 10, 10), Optional.of(3.0));
        var criteria = List.of(new Choice.Criterion("memory.latency", Optional.empty(), 1));
        Choice byPrice = Choice.of(new Choice.Profile(Map.of(), criteria, 1), List.of(cheap, fast));
        assertThat(byPrice.ranked().getFirst().name()).isEqualTo("cheap");
        double up = byPrice.margins().get("memory.latency").up().orElseThrow();
        assertThat(up).as("2^w = 3").isBetween(1.55, 1.62);
        assertThat(byPrice.margins().get("memory.latency").down()).isEmpty();
        Choice byTime = Choice.of(new Choice.Profile(Map.of(), criteria, 0), List.of(cheap, fast));
        assertThat(byTime.ranked().getFirst().name()).isEqualTo("fast");
    }

    @Test
    void hardRequirementsComeFirst() {
        var only = new Choice.Candidate("only", run("a", 20, 20), Optional.empty());
        var criteria = List.of(new Choice.Criterion("memory.latency", Optional.empty(), 1));
        assertThatThrownBy(
                () -> Choice.of(new Choice.Profile(Map.of("processors", 8), criteria, 0), List.of(only)))
                .isInstanceOf(DecideException.class).hasMessageContaining("this machine has 4");
        assertThat(Choice.of(new Choice.Profile(Map.of("architecture", "arm64"), criteria, 0), List.of(only)).ranked())
                .hasSize(1);
    }
}
