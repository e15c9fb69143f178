package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
}
