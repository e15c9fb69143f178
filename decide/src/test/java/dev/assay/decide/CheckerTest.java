package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.decide.ClaimVerdict.Kind;
import dev.assay.lab.Card;
import dev.assay.lab.Experiment;
import dev.assay.lab.Metric;
import dev.assay.lab.Run;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Claims against evidence whose truth is known: variant "two" takes twice the 10 ns of "one". */
class CheckerTest {
    private static final Machine MACHINE = Machine.read();

    /** @param metric of its card */
    private record Known(Metric metric) implements Experiment {
        @Override
        public Card card() {
            return Card.of("memory.latency").measures(metric);
        }

        @Override
        public List<Variant> variants(Machine machine) {
            return List.of(Variant.of("one", Map.of()), Variant.of("two", Map.of()));
        }

        @Override
        public Workload workload() {
            throw new UnsupportedOperationException();
        }
    }

    private static ClaimVerdict verdict(String expect, String more, Metric metric) {
        List<Claim> claims = ClaimFile.parse("my.yaml", """
                - id: a.claim
                  says: something
                  experiment: memory.latency
                  compare: { variant: two, against: one }
                  expect: %s
                  %s
                """.formatted(expect, more));
        Run run = Runs.of("run", Instant.EPOCH, "p", "memory.latency", metric, 10, 20, 5);
        return new Checker(claims, List.of(new Known(metric)), MACHINE).verdicts(Optional.of(run)).getFirst();
    }

    private static Kind kind(String expect) {
        return verdict(expect, "", Runs.TIME).kind();
    }

    @Test
    void ratiosDifferencesLimitsQuantilesAndOrderings() {
        assertThat(kind("{ ratio: { at-least: 1.9, at-most: 2.1 } }")).isEqualTo(Kind.SUPPORTED);
        assertThat(kind("{ ratio: { at-most: 1.5 } }")).isEqualTo(Kind.REFUTED);
        assertThat(kind("{ ratio: { at-most: 2.0 } }")).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(kind("{ difference: { at-least: 9, at-most: 11, unit: ns } }")).isEqualTo(Kind.SUPPORTED);
        assertThat(kind("{ difference: { at-most: 5, unit: ns } }")).isEqualTo(Kind.REFUTED);
        assertThat(kind("{ value: { at-most: 21, unit: ns } }")).isEqualTo(Kind.SUPPORTED);
        assertThat(kind("{ quantile: { p: 0.9, at-most: 15, unit: ns } }")).isEqualTo(Kind.REFUTED);
        assertThat(kind("{ ordering: [one, two] }")).isEqualTo(Kind.SUPPORTED);
        assertThat(kind("{ ordering: [two, one] }")).isEqualTo(Kind.REFUTED);
    }

    private static boolean answered(String expect) {
        List<Claim> claims = ClaimFile.parse("my.yaml",
                "- id: a\n  says: b\n  experiment: memory.latency\n  compare: { variant: two, against: one }\n  expect: "
                        + expect + "\n");
        Run run = Runs.of("run", Instant.EPOCH, "p", "memory.latency", Runs.TIME, 10, 20, 5);
        return new Checker(claims, List.of(new Known(Runs.TIME)), MACHINE)
                .answered(run.findings().getFirst().evidence(), run.settings());
    }

    @Test
    void anExperimentRunsUntilTheClaimsAboutItAreDecided() {
        assertThat(answered("{ ratio: { at-most: 1.5 } }")).isTrue();
        assertThat(answered("{ ratio: { at-most: 2.0 } }")).as("the limit is the truth").isFalse();
        assertThat(answered("{ ordering: [two, one] }")).isTrue();
        assertThat(answered("{ value: { at-most: 20, unit: ns } }")).as("a value waits for the effects alone").isTrue();
    }

    @Test
    void aQuantileThatSoFewProcessesCannotShowIsInconclusive() {
        ClaimVerdict far = verdict("{ quantile: { p: 0.99, at-most: 1000, unit: ns } }", "", Runs.TIME);
        assertThat(far.kind()).isEqualTo(Kind.INCONCLUSIVE);
        assertThat(far.reason()).contains("to unbounded)");
        assertThat(kind("{ quantile: { p: 0.99, at-most: 5, unit: ns } }")).isEqualTo(Kind.REFUTED);
    }

    @Test
    void limitsMayBeInAnotherUnitOfTheSameQuantity() {
        assertThat(kind("{ value: { at-most: 0.021, unit: us } }")).isEqualTo(Kind.SUPPORTED);
        assertThat(kind("{ value: { at-least: 0.021, unit: us } }")).isEqualTo(Kind.REFUTED);
        assertThat(kind("{ difference: { at-least: 0.009e-6, at-most: 0.011e-6, unit: s } }"))
                .isEqualTo(Kind.SUPPORTED);
        assertThat(verdict("{ quantile: { p: 0.5, at-most: 15, unit: ms } }", "", Runs.TIME).effect().orElseThrow()
                .value()).isBetween(19e-6, 21e-6);
    }

    @Test
    void aRatioIsOfTheValuesThemselvesWhicheverWayIsGood() {
        ClaimVerdict twice = verdict("{ ratio: { at-least: 1.9 } }", "", Runs.RATE);
        assertThat(twice.kind()).isEqualTo(Kind.SUPPORTED);
        assertThat(twice.run()).contains("run");
        assertThat(twice.processes()).isEqualTo(20);
    }

    @Test
    void aConditionThatTheMachineDoesNotMeetMakesItNotApplicable() {
        ClaimVerdict verdict = verdict("{ ratio: { at-most: 2.1 } }", "where: { processors: 1000 }", Runs.TIME);
        assertThat(verdict.kind()).isEqualTo(Kind.NOT_APPLICABLE);
        assertThat(verdict.reason()).contains("at least 1000 processors");
    }

    @Test
    void aClaimAboutWhatDoesNotExistIsRefusedWithItsPlace() {
        for (String[] wrong : new String[][]{{"experiment: memory.speed", "there is no experiment 'memory.speed'"},
            {"experiment: memory.latency\n  compare: { variant: three }", "there is no variant 'three'"},
            {"experiment: memory.latency\n  compare: { variant: two, metric: joules }",
                "the metric of memory.latency is"}}) {
            List<Claim> claims = ClaimFile.parse("my.yaml",
                    "- id: a\n  says: b\n  " + wrong[0] + "\n  expect: { ratio: { at-most: 1 } }\n");
            assertThatThrownBy(() -> new Checker(claims, List.of(new Known(Runs.TIME)), MACHINE))
                    .isInstanceOf(DecideException.class).hasMessageContaining("my.yaml:1: a: " + wrong[1]);
        }
        List<Claim> commands = ClaimFile.parse("my.yaml",
                "- id: a\n  says: b\n  ab: { a: 'true', b: 'true' }\n  expect: { value: { at-most: 1, unit: km } }\n");
        assertThatThrownBy(() -> new Checker(commands, List.of(), MACHINE))
                .hasMessageContaining("my.yaml:1: a: values of ab are in s, not in 'km'");
        List<Claim> alone = ClaimFile.parse("my.yaml",
                "- id: a\n  says: b\n  ab: { b: 'true' }\n  expect: { ratio: { at-most: 1 } }\n");
        assertThatThrownBy(() -> new Checker(alone, List.of(), MACHINE)).hasMessageContaining("no a: to compare with");
        List<Claim> unit = ClaimFile.parse("my.yaml",
                "- id: a\n  says: b\n  experiment: memory.latency\n  expect: { value: { at-most: 1, unit: km } }\n");
        assertThatThrownBy(() -> new Checker(unit, List.of(new Known(Runs.TIME)), MACHINE))
                .hasMessageContaining("are in ns, not in 'km'");
    }

    @Test
    void whatWasNotMeasuredIsUntestableAndNothingTestedIsExitThree() {
        List<Claim> claims = ClaimFile.parse("my.yaml",
                "- id: a\n  says: b\n  experiment: memory.latency\n  expect: { ratio: { at-most: 1 } }\n");
        List<ClaimVerdict> verdicts = new Checker(claims, List.of(new Known(Runs.TIME)), MACHINE)
                .verdicts(Optional.empty());
        assertThat(verdicts).extracting(ClaimVerdict::kind).containsExactly(Kind.UNTESTABLE);
        assertThat(ClaimVerdict.exit(verdicts)).isEqualTo(3);
    }

    @Test
    void onlyWhatIsNeededIsRun() {
        List<Claim> claims = ClaimFile.parse("my.yaml", """
                - id: a
                  says: b
                  experiment: memory.latency
                  expect: { ratio: { at-most: 1 } }
                  where: { processors: 1000 }
                - id: c
                  says: d
                  untestable: no
                """);
        assertThat(new Checker(claims, List.of(new Known(Runs.TIME)), MACHINE).needed()).isEmpty();
    }
}
