package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.machine.Machine;
import dev.assay.machine.Placement;
import dev.assay.statistics.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conducts real sessions with real processes. Every experiment here takes milliseconds per trial. */
@Timeout(120)
class SessionTest {
    private static final Machine MACHINE = Machine.read();

    @TempDir
    Path keep;

    private static Settings settings(Duration budget) {
        return new Settings(budget, 0.95, 0.01, 1, false, false);
    }

    private Run conduct(Settings settings, Experiment... experiments) {
        try (Session session = new Session(MACHINE, List.of(experiments), settings, keep)) {
            while (session.hasNext()) {
                session.next();
            }
            return session.run();
        }
    }

    @Test
    void findsAPlainDifferenceAndStopsEarly() {
        Run run = conduct(settings(Duration.ofSeconds(60)), Fixture.of("values 100", "values 150"));
        Finding finding = run.findings().getFirst();
        assertThat(finding.status()).isEqualTo(Finding.Status.MEASURED);
        assertThat(finding.effects()).singleElement().satisfies(effect -> {
            assertThat(effect.verdict()).isEqualTo(Verdict.SLOWER);
            assertThat(effect.ratio()).isBetween(1.4, 1.6);
            assertThat(effect.interval().contains(effect.ratio())).isTrue();
        });
        assertThat(finding.summaries()).extracting(Summary::baseline).containsExactly(true, false);
        assertThat(run.seconds()).isLessThan(60);
    }

    @Test
    void everyVariantRunsOnceInEveryBlockInAnOrderThatChanges() {
        Run run = conduct(settings(Duration.ofSeconds(5)), Fixture.of("values 100", "values 101", "values 150"));
        List<Block> blocks = run.findings().getFirst().evidence().blocks();
        assertThat(blocks).allSatisfy(block -> assertThat(block.trials()).extracting(Trial::variant)
                .containsExactlyInAnyOrder("values 100", "values 101", "values 150"));
        assertThat(blocks.stream().map(b -> b.trials().stream().map(Trial::variant).toList()).distinct().count())
                .isGreaterThan(1);
        assertThat(blocks.stream().flatMap(b -> b.trials().stream()).map(Trial::pid).distinct())
                .hasSize(3 * blocks.size());
    }

    @Test
    void aControlComparesEveryVariantWithItsTwinOnly() {
        Run run = conduct(new Settings(Duration.ofSeconds(7), 0.95, 0.01, 1, false, true),
                Fixture.of("values 100", "values 150"));
        assertThat(run.findings().getFirst().effects()).extracting(Effect::variant, Effect::against).containsExactly(
                org.assertj.core.groups.Tuple.tuple("values 100 again", "values 100"),
                org.assertj.core.groups.Tuple.tuple("values 150 again", "values 150"));
    }

    @Test
    void aDuetRunsBothVariantsAtTheSameTime() {
        org.junit.jupiter.api.Assumptions.assumeTrue(MACHINE.topology().allowedProcessors().size() >= 2,
                "a duet needs two processors");
        Run run = conduct(new Settings(Duration.ofSeconds(10), 0.95, 0.01, 1, true, false),
                Fixture.of("values 100", "values 150"));
        assertThat(run.findings().getFirst().evidence().blocks()).isNotEmpty().allMatch(Block::duet);
        assertThat(run.findings().getFirst().effects().getFirst().ratio()).isBetween(1.4, 1.6);
    }

    @Test
    void aCrashOfTheJvmIsKeptWithItsReportAndTheOthersGoOn() {
        Run run = conduct(settings(Duration.ofSeconds(60)), Fixture.of("values 100", "crash", "values 150"));
        Finding finding = run.findings().getFirst();
        assertThat(finding.effects()).extracting(Effect::variant).containsExactly("values 150");
        assertThat(finding.doubts()).extracting(Doubt::kind).contains(Doubt.Kind.FAILED_TRIALS);
        Trial crashed = finding.evidence().blocks().getFirst().trials().stream()
                .filter(t -> t.variant().equals("crash")).findFirst().orElseThrow();
        assertThat(crashed.outcome()).isInstanceOfSatisfying(Trial.Outcome.Crashed.class, outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(134);
            assertThat(outcome.crashReport()).hasValueSatisfying(report -> assertThat(report).exists());
            assertThat(outcome.lastLines()).isNotEmpty();
        });
        long crashes = finding.evidence().blocks().stream().flatMap(b -> b.trials().stream())
                .filter(t -> t.variant().equals("crash")).count();
        assertThat(crashes).as("given up after two failures").isEqualTo(2);
    }

    @Test
    void anExperimentWhoseTrialsAllFailIsFailedWithTheReason() {
        Run run = conduct(settings(Duration.ofSeconds(60)), Fixture.of("exit", "throw"));
        Finding finding = run.findings().getFirst();
        assertThat(finding.status()).isEqualTo(Finding.Status.FAILED);
        assertThat(finding.reason()).hasValueSatisfying(reason -> assertThat(reason).containsAnyOf("exit code 7",
                "the workload gave up"));
    }

    @Test
    void aBrokenCheckMakesATrialWorthless() {
        Run run = conduct(settings(Duration.ofSeconds(60)), Fixture.of("lie", "nothing"));
        assertThat(run.findings().getFirst().evidence().blocks().getFirst().trials()).extracting(t -> t.failure().get())
                .containsExactlyInAnyOrder("the check 'the sum is exact' failed",
                        "the check 'it reports at least one value' failed");
    }

    @Test
    void aTrialThatPrintsMegabytesIsMeasuredLikeAnyOther() {
        Run run = conduct(settings(Duration.ofSeconds(4)), Fixture.of("values 1", "chatter"));
        assertThat(run.findings().getFirst().summaries()).extracting(Summary::variant).containsExactly("values 1",
                "chatter");
    }

    @Test
    void aTrialThatNeverEndsIsEndedAtItsLimit(@TempDir Path desk) throws Exception {
        TrialProcess process = TrialProcess.start(1, "hang", List.of("sleep", "600"), desk, Duration.ofMillis(300),
                Placement.ANYWHERE);
        Trial trial = process.await(keep);
        assertThat(trial.outcome()).isInstanceOf(Trial.Outcome.Overran.class);
        assertThat(ProcessHandle.of(trial.pid()).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }

    @Test
    void aPlacementThatIsRefusedIsADoubtAndNoFailure(@TempDir Path desk) {
        Placement impossible = Placement.on(1023);
        Trial trial = TrialProcess.start(1, "placed", List.of("true"), desk, Duration.ofSeconds(5), impossible)
                .await(keep);
        assertThat(trial.doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.kind()).isEqualTo(Doubt.Kind.NOT_PLACED);
            assertThat(doubt.remedy()).isNotBlank();
        });
    }

    @Test
    void aPlacedTrialRunsWhereItWasPut(@TempDir Path desk) throws Exception {
        int last = MACHINE.topology().allowedProcessors().getLast();
        Trial trial = TrialProcess
                .start(1, "placed", List.of("sh", "-c", "grep Cpus_allowed_list /proc/self/status; exit 3"),
                        desk, Duration.ofSeconds(5), Placement.on(last))
                .await(keep);
        assertThat(trial.outcome()).isInstanceOfSatisfying(Trial.Outcome.Crashed.class,
                outcome -> assertThat(outcome.lastLines()).isEqualTo(List.of("Cpus_allowed_list:\t" + last)));
        assertThat(trial.doubts()).isEmpty();
    }

    @Test
    void aProgramThatDoesNotExistIsNotStarted(@TempDir Path desk) {
        Trial trial = TrialProcess.start(1, "absent", List.of("/no/such/program"), desk, Duration.ofSeconds(1),
                Placement.ANYWHERE).await(keep);
        assertThat(trial.failure()).hasValueSatisfying(f -> assertThat(f).contains("/no/such/program"));
    }

    @Test
    void aBudgetThatDoesNotReachForOneExperimentIsRefused() {
        assertThatThrownBy(() -> conduct(settings(Duration.ofMillis(500)), Fixture.of("values 1", "values 2")))
                .isInstanceOf(LabException.Usage.class).hasMessageContaining("too small").hasMessageContaining("raise");
    }

    @Test
    void aBudgetForSomeSaysWhatItCut() {
        Run run = conduct(settings(Duration.ofSeconds(4)), Fixture.named("test.first", "values 1", "values 2"),
                Fixture.named("test.second", "values 1", "values 2"));
        assertThat(run.findings()).extracting(Finding::status).containsExactly(Finding.Status.MEASURED,
                Finding.Status.UNTESTABLE);
        assertThat(run.findings().get(1).reason().get()).contains("cut").contains("4 s");
        assertThat(run.doubts()).extracting(Doubt::kind).contains(Doubt.Kind.CUT_SHORT);
    }

    @Test
    void anInterruptEndsTheTrialAndKeepsWhatWasMeasured() throws Exception {
        List<Step> steps = new ArrayList<>();
        try (Session session = new Session(MACHINE, List.of(Fixture.of("values 100", "values 100.1")),
                settings(Duration.ofSeconds(60)), keep)) {
            while (session.hasNext()) {
                Step step = session.next();
                steps.add(step);
                if (step instanceof Step.BlockEnded(String _, Block block, var _) && block.number() == 2) {
                    Thread interrupter = new Thread(session::interrupt);
                    interrupter.start();
                    interrupter.join();
                }
            }
            Run run = session.run();
            assertThat(run.findings().getFirst().evidence().blocks()).hasSize(2);
            assertThat(run.findings().getFirst().doubts()).extracting(Doubt::kind).contains(Doubt.Kind.CUT_SHORT);
            Archive.save(run, keep);
            assertThat(Archive.load(keep).findings().getFirst().evidence().blocks()).hasSize(2);
        }
        assertThat(steps.getLast()).isInstanceOf(Step.ExperimentEnded.class);
    }

    @Test
    void whatIsKnownCanBeKeptAfterEveryStep() {
        try (Session session = new Session(MACHINE, List.of(Fixture.of("values 100", "values 150")),
                settings(Duration.ofSeconds(5)), keep)) {
            for (int i = 0; i < 4; i++) {
                session.next();
                Archive.save(session.run(), keep);
                assertThat(Archive.json(Archive.load(keep))).contains("values 150");
            }
        }
    }

    @Test
    void whatIsArchivedReadsBackEqual() throws Exception {
        Run run = conduct(settings(Duration.ofSeconds(20)), Fixture.of("values 100", "crash", "values 150"),
                Fixture.named("test.other", "lie", "values 3"));
        Files.createDirectories(keep);
        Archive.save(run, keep);
        Run back = Archive.load(keep);
        assertThat(Archive.json(back)).isEqualTo(Archive.json(run));
        assertThat(back.findings()).hasSize(2);
    }
}
