package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java tests that come with Assay, decided by the model, and executed alone, thread after thread. */
class JavaCorpusTest {
    static Stream<String> names() {
        return JavaCorpus.names().stream();
    }

    private static LitmusTest test(String name) {
        return LitmusParser.parse(name, JavaCorpus.text(name));
    }

    @ParameterizedTest
    @CsvSource({"SB,Sometimes", "SB+release-acquires,Sometimes", "SB+volatiles,Never", "SB+fences,Never",
        "MP,Sometimes", "MP+opaques,Sometimes", "MP+release-acquire,Never", "MP+volatiles,Never", "MP+fences,Never",
        "MP+cas,Never", "LB,Sometimes", "LB+opaques,Never", "CoRR,Sometimes", "CoRR+opaques,Never",
        "IRIW+release-acquires,Sometimes", "IRIW+volatiles,Never", "WRC+release-acquires,Never",
        "2+2W+opaques,Sometimes", "2+2W+volatiles,Never", "S+release-acquire,Never", "R+volatiles,Never",
        "Dekker,Never", "Counter+plain,Sometimes", "Counter+getAndAdd,Never", "Counter+cas,Never", "Lock+cas,Never",
        "Publication,Sometimes", "Publication+release,Never", "Handover,Never"})
    void theModelSaysOfTheMarkedOutcome(String name, String observation) {
        assertThat(new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, false)).decide(test(name))
                .observation()).isEqualTo(observation);
    }

    @Test
    void namesAreFoundInAnyCaseAndOthersRefusedWithWhatThereIs() {
        assertThat(test("mp+RELEASE-acquire").name()).isEqualTo("MP+release-acquire");
        assertThatThrownBy(() -> JavaCorpus.text("none")).isInstanceOf(LitmusException.class)
                .hasMessageContaining("'none' is neither a file nor").hasMessageContaining("MP+release-acquire");
    }

    /** Each thread's generated code, run alone on every layout, gives what the sequential model gives for it first. */
    @ParameterizedTest
    @MethodSource("names")
    void generatedCodeRunsOneThreadAfterTheOtherAsTheModelOfOneInterleaving(String name) {
        LitmusTest test = test(name);
        if (test.threads().stream().flatMap(t -> t.instructions().stream())
                .noneMatch(i -> ((JavaStatement) i).waits())) {
            assertOneInterleaving(test, JavaLayout.values());
        }
    }

    @Test
    void randomCodeDoesWhatTheModelSays() {
        long seed = System.nanoTime();
        int decided = 0;
        for (int i = 0; i < 100; i++) {
            String text = new RandomJavaTest(new Random(seed + i)).text();
            try {
                assertOneInterleaving(LitmusParser.parse("random", text), JavaLayout.APART);
                decided++;
            } catch (LitmusException e) {
                // Values that grow by each other's reads may be too many for the model.
                assertThat(e).as("seed " + (seed + i) + "\n" + text).hasMessageContaining("can be decided");
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + (seed + i) + "\n" + text, e);
            }
        }
        assertThat(decided).as("seed " + seed).isGreaterThan(80);
    }

    private static void assertOneInterleaving(LitmusTest test, JavaLayout... layouts) {
        List<String> sequential = List.copyOf(new ModelChecker(
                new ModelChecker.Settings(Optional.of("sc"), 2, false)).decide(test).states().keySet());
        Memory memory = new Memory(test);
        Observations observations = new Observations(test, memory);
        for (JavaLayout layout : layouts) {
            JavaInstances instances = new JavaInstances(test, observations, memory, layout);
            OutcomeCounts counts = new OutcomeCounts(observations.observables().size());
            instances.reset(0, JavaInstances.INSTANCES);
            for (LitmusThread thread : test.threads()) {
                instances.run(thread.number(), JavaPlan.tight(layout, test.threads().size()), true);
            }
            instances.count(0, JavaInstances.INSTANCES, counts);
            assertThat(counts.all()).hasSize(1);
            counts.all().forEach((outcome, count) -> {
                assertThat(count).isEqualTo(JavaInstances.INSTANCES);
                long[] values = observations.typed(outcome.stream().mapToLong(Long::longValue).toArray());
                assertThat(sequential).contains(observations.state(values).text(observations.reported()));
            });
        }
    }

    @Test
    void methodsThatVarHandleHasNotAreRefusedByName() {
        LitmusTest test = LitmusParser.parse("test",
                "Java T\n{ x=0; }\nP0 { int a = X.compareAndSetAcquire(0, 1); }\nexists (0:a=1)\n");
        Memory memory = new Memory(test);
        assertThatThrownBy(
                () -> new JavaInstances(test, new Observations(test, memory), memory, JavaLayout.APART))
                .isInstanceOf(LitmusException.class).hasMessageContaining("no method compareAndSetAcquire");
    }
}
