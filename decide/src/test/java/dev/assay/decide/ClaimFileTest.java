package dev.assay.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClaimFileTest {
    private static void refused(String yaml, String... says) {
        assertThatThrownBy(() -> ClaimFile.parse("my.yaml", yaml)).isInstanceOf(DecideException.class)
                .hasMessageContainingAll(says);
    }

    @Test
    void theBookIsWellFormedAndEveryClaimIsEitherTestableOrSaysWhyNot() {
        assertThat(ClaimFile.book()).hasSizeGreaterThan(60).allSatisfy(claim -> assertThat(
                claim.untestable().isPresent() || claim.subject().isPresent() && claim.expect().isPresent()).isTrue());
    }

    @Test
    void errorsNameFileLineAndRemedyAllAtOnce() {
        refused("""
                - id: good.one
                  says: it works
                  experiment: memory.latency
                  expect: { ratio: { at-most: 0.7 } }
                - id: Bad One
                  says: it does not
                  experiment: memory.latency
                  expect: { value: { at-most: ten, unit: ns } }
                  where: { moon: full }
                """, "my.yaml:5: a claim has an id", "my.yaml:8: at-most: is a finite number, not 'ten'",
                "my.yaml:9: there is no condition 'moon'; conditions are [architecture");
    }

    @Test
    void whatIsNotYamlIsToldWithItsLine() {
        refused("- id: a\n  says: [unclosed\n", "my.yaml:", "this is not YAML");
        refused("id: a\n", "a claim file is a list");
    }

    @Test
    void missingAndUnknownFieldsAreNamed() {
        refused("- id: a\n  says: b\n", "needs an experiment or ab");
        refused("- id: a\n  says: b\n  experiment: c.d\n  expects: {}\n", "my.yaml:4: a claim has no field 'expects'");
        refused("- id: a\n  says: b\n  experiment: c.d\n  expect: { value: { at-most: 1 } }\n", "needs the unit:");
        refused("- id: a\n  says: b\n  experiment: c.d\n  expect: { ratio: {} }\n", "needs at-least or at-most");
        refused("- id: a\n  says: b\n  experiment: c.d\n  expect: { quantile: { p: 99, at-most: 1, unit: ns } }\n",
                "p lies between 0 and 1");
        refused("- id: a\n  says: b\n  ab: { a: 'true' }\n  expect: { ratio: { at-most: 1 } }\n",
                "needs the command b:");
        refused("- id: a\n  says: b\n  untestable: c\n  where: { processors: many }\n",
                "my.yaml:4: processors: is a whole number, not 'many'");
        refused("- id: a\n  says: b\n  ab: { b: 'true', expect-exit: 1.5 }\n  expect: { value: { at-most: 1, unit: s } }\n",
                "my.yaml:3: expect-exit: is a whole number");
        refused("- id: a\n  says: b\n  ab: { b: 'true', same-output: perhaps }\n  expect: { value: { at-most: 1, unit: s } }\n",
                "same-output: is true or false");
        refused("- id: a\n  says: b\n  ab: { jmh-a: a.jar, jmh-b: b.jar }\n  expect: { ratio: { at-most: 1 } }\n",
                "needs jmh-a:, jmh-b: and the benchmark:");
        refused("- id: a\n  says: b\n  ab: { jmh-a: no.jar, jmh-b: b.jar, benchmark: x }\n  expect: { ratio: { at-most: 1 } }\n",
                "my.yaml:3: there is no jar no.jar");
        refused("- id: a\n  says: b\n  untestable: c\n- id: a\n  says: b\n  untestable: c\n", "my.yaml:4",
                "there twice");
    }

    @Test
    void commandsOfOnesOwnCanBePromises() {
        Claim claim = ClaimFile.parse("my.yaml", """
                - id: start.fast
                  says: the new start is not slower
                  ab: { a: ./old, b: ./new, metric: wall }
                  expect: { ratio: { at-most: 1.0 } }
                """).getFirst();
        assertThat(claim.subject()).get().isInstanceOf(Claim.Subject.OfCommands.class);
    }
}
