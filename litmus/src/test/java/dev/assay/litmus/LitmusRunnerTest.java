package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LitmusRunnerTest {
    private static final String TWO = "X86_64 %s\n{ %s }\n P0 | P1 ;\n %s | %s ;\n%s\n";

    @BeforeEach
    void onX86Only() {
        assumeTrue(System.getProperty("os.arch").equals("amd64") && System.getProperty("os.name").equals("Linux"),
                "these tests are x86-64 machine code on Linux");
    }

    private static LitmusRunner runner(double seconds, Optional<String> model) {
        return new LitmusRunner(new LitmusRunner.Settings(List.of(), seconds, Long.MAX_VALUE, 1, model));
    }

    @Test
    void classicsAreRunAndNothingForbiddenIsSeen() {
        try (LitmusRunner runner = runner(0.3, Optional.empty())) {
            for (String name : List.of("SB", "MP", "LB", "IRIW", "CoRR", "SB+mfences")) {
                ObservedTest seen = runner.run(name, runner.text(name));
                assertThat(seen.refusal()).isEmpty();
                assertThat(seen.instances()).isPositive();
                assertThat(seen.contradictsModel()).as(seen.outcomes().toString()).isFalse();
                assertThat(seen.outcomes().stream().mapToLong(ObservedTest.Outcome::count).sum())
                        .isEqualTo(seen.instances());
            }
        }
    }

    @Test
    void anOutcomeThatAModelForbidsIsMarked() {
        // One thread: what happens does not depend on luck, and this model allows nothing at all to be read.
        String text = "X86_64 one\n{ }\n P0 ;\n movl $1,(x) ;\n movl (x),%eax ;\nexists (0:rax=1)\n";
        try (LitmusRunner runner = runner(0.05, Optional.empty())) {
            ObservedTest seen = runner.run("one", text);
            assertThat(seen.outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.state()).isEqualTo("0:rax=1");
                assertThat(outcome.allowed()).isTrue();
                assertThat(outcome.interesting()).isTrue();
            });
        }
    }

    @Test
    void initialValuesAddressesAndSizesAreHonoured() {
        String text = "X86_64 init\n{ uint64_t x=5; int y=7; uint64_t p=x; 0:rsi=y; }\n P0 ;\n movq (x),%rax ;\n movl (%rsi),%ebx ;\n"
                + " movq (p),%rcx ;\n movq (%rcx),%rdx ;\nexists (0:rax=5 /\\ 0:rbx=7 /\\ 0:rdx=5 /\\ 0:rcx=x)\n";
        try (LitmusRunner runner = runner(0.05, Optional.empty())) {
            ObservedTest seen = runner.run("init", text);
            assertThat(seen.outcomes()).singleElement().satisfies(outcome -> {
                assertThat(outcome.allowed()).isTrue();
                assertThat(outcome.interesting()).isTrue();
            });
        }
    }

    @Test
    void aFaultInATestIsReportedAndTheNextTestStillRuns() {
        String bad = TWO.formatted("wild", "0:rax=8;", "movl (%rax),%ebx", "movl $1,(x)", "exists (0:rbx=0)");
        try (LitmusRunner runner = runner(0.05, Optional.empty())) {
            ObservedTest fault = runner.run("wild", bad);
            assertThat(fault.refusal()).hasValueSatisfying(reason -> assertThat(reason).contains("SIGSEGV"));
            assertThat(fault.doubts()).extracting(RunDoubt::kind).containsExactly("FAILED");
            assertThat(runner.run("SB", runner.text("SB")).instances()).isPositive();
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        try (LitmusRunner runner = runner(0.05, Optional.empty())) {
            assertThatThrownBy(() -> runner.text("NOPE")).isInstanceOf(LitmusException.class)
                    .hasMessageContaining("NOPE");
        }
    }

    @Test
    void aJvmThatDoesNotStartIsAReasonNotAStackTrace() {
        assertThatThrownBy(() -> new LitmusRunner(
                new LitmusRunner.Settings(List.of("/bin/false"), 1, 1, 1, Optional.empty())))
                .hasMessageContaining("no test can be run");
    }

    @Test
    void aSystemThatLetsNothingBecomeExecutableIsAReasonInWords() throws TrialProcess.Ended {
        try (LitmusRunner runner = new LitmusRunner(
                new LitmusRunner.Settings(List.of(), 0.05, 1, 1, Optional.empty()), RefusingTrial.class)) {
            assertThat(runner).as("the process must not get executable memory").isNull();
        } catch (dev.assay.machine.MachineException e) {
            assumeTrue(!e.getMessage().contains("no PR_SET_MDWE"), "this kernel cannot refuse: " + e.getMessage());
            assertThat(e).hasMessageContaining("no test can be run")
                    .hasMessageContaining("making code executable was refused").hasMessageContaining("allow execmem");
        }
    }

    @Test
    void oneProcessorStillGivesCountsAndSaysThatItIsCrowded() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/taskset")), "taskset is not here");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (LitmusRunner runner = new LitmusRunner(new LitmusRunner.Settings(
                List.of("/usr/bin/taskset", "-c", "0", java), 0.3, Long.MAX_VALUE, 1, Optional.empty()))) {
            ObservedTest seen = runner.run("IRIW", runner.text("IRIW"));
            assertThat(seen.instances()).isPositive();
            assertThat(seen.contradictsModel()).isFalse();
            assertThat(seen.doubts()).extracting(RunDoubt::kind).contains("CROWDED");
        }
    }

    @Test
    void anEmulatedArmProcessorRunsItsTestsAndIsDoubted() {
        String java = System.getenv("ASSAY_ARM_JAVA");
        assumeTrue(java != null,
                "no AArch64 JDK named: set ASSAY_ARM_JAVA to the command that starts one, emulator first");
        try (LitmusRunner runner = new LitmusRunner(new LitmusRunner.Settings(List.of(java.split(" ")), 0.5,
                Long.MAX_VALUE, 1, Optional.empty()))) {
            assertThat(runner.architecture()).isEqualTo(Architecture.AARCH64);
            ObservedTest seen = runner.run("MP", runner.text("MP"));
            assertThat(seen.refusal()).isEmpty();
            assertThat(seen.instances()).isPositive();
            assertThat(seen.contradictsModel()).isFalse();
            assertThat(seen.doubts()).extracting(RunDoubt::kind).contains("EMULATED");
        }
    }

    @Test
    void anArmTestOnX86IsRefusedWithAWayToRunIt() {
        String text = "AArch64 nop\n{ 0:X1=x; }\n P0 ;\n LDR W0,[X1] ;\nexists (0:X0=0)\n";
        try (LitmusRunner runner = runner(0.05, Optional.empty())) {
            assertThat(runner.run("nop", text).refusal())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("AArch64").contains("--java"));
        }
    }
}
