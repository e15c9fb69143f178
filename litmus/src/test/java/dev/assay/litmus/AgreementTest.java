package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The models agree with the reference's final states, verdicts and observations. */
class AgreementTest {
    private static final Path TESTS = Path.of("../../shared/litmus");

    @Test
    void allReferenceTestsAreDecidedAsTheReferenceDoes() throws IOException {
        assumeTrue(Files.isRegularFile(TESTS.resolve("expected.tsv")), "the reference tests are not in " + TESTS);
        ModelChecker checker = new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, false));
        List<String> differences = new ArrayList<>();
        List<String> rows = Files.readAllLines(TESTS.resolve("expected.tsv"));
        for (String row : rows.subList(1, rows.size())) {
            String[] fields = row.split("\t");
            Answer answer = checker.decide(LitmusParser.parse(TESTS.resolve(fields[0])));
            TreeSet<String> expected = new TreeSet<>(Arrays.asList(fields[5].split(" \\| ")));
            boolean same = new TreeSet<>(answer.states().keySet()).equals(expected)
                    && fields[2].equals(answer.holds() ? "Ok" : "No") && fields[3].equals(answer.observation());
            if (!same) {
                differences.add(fields[0] + ": " + answer.observation() + " " + answer.states().keySet());
            }
        }
        assertThat(differences).isEmpty();
        assertThat(rows).hasSizeGreaterThan(300);
    }
}
