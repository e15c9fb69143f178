package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.machine.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that are set while a session runs. */
class ClocksTest {
    private static final Machine MACHINE = Machine.read();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private Instant wall = NOON;
    private Duration steady = Duration.ofHours(5);
    private final Clocks clocks = new Clocks(() -> wall, () -> steady.toNanos());

    private Session session(Duration budget) {
        return new Session(MACHINE, List.of(Fixture.of("values 100", "values 150")),
                new Settings(budget, 0.95, 0.01, 1, false, false), folder, StoppingRule::effectsDecided, clocks);
    }

    @Test
    void aWallClockSetBackChangesNoDurationAndIsADoubt() {
        try (Session session = session(Duration.ofSeconds(60))) {
            wall = NOON.minus(Duration.ofHours(1));
            steady = steady.plusSeconds(7);
            Run run = session.run();
            assertThat(run.seconds()).isEqualTo(7);
            assertThat(run.started()).isEqualTo(NOON);
            assertThat(run.doubts()).filteredOn(d -> d.kind() == Doubt.Kind.CLOCK_JUMP).singleElement()
                    .satisfies(doubt -> assertThat(doubt.says()).contains("set back by 3607 s"));
        }
    }

    @Test
    void clocksThatAgreeRaiseNoDoubt() {
        try (Session session = session(Duration.ofSeconds(60))) {
            wall = NOON.plusSeconds(3600).plusMillis(900);
            steady = steady.plusSeconds(3600);
            assertThat(session.run().doubts()).extracting(Doubt::kind).doesNotContain(Doubt.Kind.CLOCK_JUMP);
        }
    }

    @Test
    void aSteadyClockThatIsNotSteadyNeverMakesADurationNegative() {
        try (Session session = session(Duration.ofSeconds(60))) {
            steady = steady.minusSeconds(30);
            assertThat(session.run().seconds()).isZero();
        }
    }

    @Test
    void aTrialMayTakeWhatIsLeftOfTheBudgetAndAGrace() {
        try (Session session = session(Duration.ofSeconds(60))) {
            assertThat(session.longestTrial()).isEqualTo(Duration.ofSeconds(72));
            steady = steady.plusSeconds(50);
            assertThat(session.longestTrial()).isEqualTo(Duration.ofSeconds(22));
            steady = steady.plusSeconds(100);
            assertThat(session.longestTrial()).isEqualTo(Duration.ofSeconds(12));
        }
        try (Session session = session(Duration.ofSeconds(5))) {
            assertThat(session.longestTrial()).isEqualTo(Duration.ofSeconds(7));
        }
        try (Session session = session(Duration.ofHours(1))) {
            assertThat(session.longestTrial()).isEqualTo(Duration.ofSeconds(3620));
        }
    }

    @Test
    void aRunBeforeOneThatIsKeptIsADoubt() {
        RunStore store = new RunStore(folder.resolve("runs"));
        try (Session session = session(Duration.ofSeconds(60))) {
            Run run = session.run();
            assertThat(store.outOfOrder(run)).isEmpty();
            Archive.save(run, store.create(run.id()));
            Archive.save(run, store.create("20260301-115959-ffff"));
            assertThat(store.outOfOrder(run)).isEmpty();
            Archive.save(run, store.create("20260301-130000-0001"));
            Archive.save(run, store.create("by-hand"));
            assertThat(store.outOfOrder(run)).map(Doubt::says).get().asString().contains("20260301-130000-0001",
                    "set back");
        }
    }

    @Test
    void aBlockDuringWhichTheClockWentBackIsDisturbed() {
        Surroundings back = new Surroundings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), -3_600_000);
        assertThat(back.disturbances()).extracting(Doubt::kind).containsExactly(Doubt.Kind.CLOCK_JUMP);
        assertThat(Surroundings.unseen().worst(back).clockSlipMillis()).isNegative();
    }
}
