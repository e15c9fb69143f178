package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private static Surroundings others(double processors) {
        return new Surroundings(Optional.of(processors), Optional.of(0.0), Optional.of(0.0), Optional.empty(),
                Optional.of(0.0), Optional.of(0.0), 0);
    }

    private static Block block(int number, double othersProcessors) {
        Observation observation = new Observation(Map.of(Point.NONE, List.of(1.0)), Map.of(), List.of(), List.of(), 1);
        Trial.Outcome outcome = new Trial.Outcome.Measured(observation);
        return new Block(number, 1, false,
                List.of(new Trial(1, "a", 1, Duration.ZERO, outcome, List.of()),
                        new Trial(2, "b", 2, Duration.ZERO, outcome, List.of())),
                others(othersProcessors), Optional.empty());
    }

    private static Course course() {
        return new Course(Fixture.of("a", "b"), Fixture.of("a", "b").card(),
                List.of(Variant.of("a", Map.of()), Variant.of("b", Map.of())),
                new Settings(Duration.ofMinutes(1), 0.95, 0.01, 1, false, false));
    }

    @Test
    void aQuietMachineRaisesNothing() {
        assertThat(others(0.02).disturbances()).isEmpty();
        assertThat(Surroundings.unseen().disturbances()).isEmpty();
    }

    @Test
    void eachDisturbanceIsNamedWithItsValueAndARemedy() {
        Surroundings all = new Surroundings(Optional.of(1.0), Optional.of(0.5), Optional.of(0.5), Optional.of(0.5),
                Optional.of(3.0), Optional.of(1e6), -500);
        assertThat(all.disturbances()).extracting(Doubt::kind).containsExactly(Doubt.Kind.NOISY_NEIGHBOUR,
                Doubt.Kind.STEAL, Doubt.Kind.PRESSURE, Doubt.Kind.PRESSURE, Doubt.Kind.THROTTLED,
                Doubt.Kind.MAJOR_FAULTS, Doubt.Kind.CLOCK_JUMP);
        assertThat(all.disturbances()).allMatch(d -> !d.says().isBlank() && !d.remedy().isBlank());
        assertThat(all.disturbances().getFirst().says()).contains("1.00 processors");
    }

    @Test
    void disturbedBlocksAreSetAsideWithinBoundsThenCountWithADoubt() {
        Course course = course();
        for (int i = 1; i <= 8; i++) {
            course.take(block(i, 1.0), Duration.ofSeconds(1));
        }
        assertThat(course.evidence().discarded()).as("the first two, then they are the normal state").isEqualTo(2);
        assertThat(course.evidence().counted()).hasSizeGreaterThanOrEqualTo(Course.LEAST_BLOCKS);
        Finding finding = course.finding(List.of(), false);
        assertThat(finding.doubts()).extracting(Doubt::kind).contains(Doubt.Kind.NOISY_NEIGHBOUR,
                Doubt.Kind.DISCARDED_BLOCKS);
    }

    @Test
    void rareDisturbancesAreAllSetAside() {
        Course course = course();
        for (int i = 1; i <= 30; i++) {
            course.take(block(i, i % 4 == 0 ? 1.0 : 0.0), Duration.ofSeconds(1));
        }
        assertThat(course.evidence().discarded()).as("one in four is the exception").isEqualTo(7);
    }

    @Test
    void roundingOfTicksIsNoNeighbour() {
        assertThat(Watch.beyond(0.02, 2, 0.05)).isZero();
        assertThat(Watch.beyond(0.03, 2, 0.05)).isEqualTo(0.6);
        assertThat(Watch.beyond(-0.01, 2, 0.05)).isZero();
        assertThat(Watch.beyond(0.2, 2, 1)).isEqualTo(0.2);
    }

    @Test
    void theTimeKeptFreeForABlockIsThatOfTheLongestOfTheLastFew() {
        Course course = course();
        for (int i = 1; i <= 3; i++) {
            course.take(block(i, 0.0), Duration.ofSeconds(i == 2 ? 9 : 1));
        }
        assertThat(course.secondsReserved(1)).isEqualTo(9);
        for (int i = 4; i <= 8; i++) {
            course.take(block(i, 0.0), Duration.ofSeconds(1));
        }
        assertThat(course.secondsReserved(1)).as("an old one is forgotten").isEqualTo(1);
    }

    @Test
    void whenTheTimeIsUpTooEarlyAllBlocksCountAndSaySo() {
        Course course = course();
        course.take(block(1, 1.0), Duration.ofSeconds(1));
        course.take(block(2, 1.0), Duration.ofSeconds(1));
        assertThat(course.evidence().counted()).isEmpty();
        Finding finding = course.finding(List.of(), false);
        assertThat(finding.status()).isEqualTo(Finding.Status.MEASURED);
        assertThat(finding.doubts()).extracting(Doubt::kind).contains(Doubt.Kind.NOISY_NEIGHBOUR,
                Doubt.Kind.TOO_FEW_PROCESSES);
    }

    @Test
    void theWatchSeesAnotherProcessAndNotOurChildren() throws Exception {
        Watch watch = Watch.begin();
        Process child = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 150000 ]; do i=$((i+1)); done").start();
        child.waitFor();
        Surroundings seen = watch.end(Duration.ZERO);
        // Whatever else this machine does, the child's own time must not count; ticks are 10 ms.
        assertThat(seen.othersProcessors()).hasValueSatisfying(o -> assertThat(o).isGreaterThanOrEqualTo(0));
    }
}
