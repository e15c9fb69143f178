package dev.assay.cli;

import dev.assay.lab.FileTrouble;
import dev.assay.lab.UserData;
import dev.assay.litmus.LitmusException;
import dev.assay.litmus.ObservedTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import picocli.CommandLine.Option;

/** Keeps what contradicts a model: the test, what was seen, and how. */
final class LitmusEvidence {
    @Option(names = "--evidence", paramLabel = "DIR",
            description = "Where what contradicts the model is kept. Default: litmus/ among the user's data.")
    private Optional<Path> folder;

    /**
     * Keeps each test that showed what its model forbids.
     *
     * @param observed what was seen
     * @param json what was seen of the test of an index, as JSON
     * @return the exit code: whether there was such a test, or one that could not be run
     */
    int exit(List<ObservedTest> observed, IntFunction<String> json, PrintWriter err) {
        for (int i = 0; i < observed.size(); i++) {
            ObservedTest test = observed.get(i);
            if (test.contradictsModel()) {
                err.println("assay: " + test.name() + " showed what the model " + test.model() + " forbids; kept in "
                        + keep(test, json.apply(i)));
            }
        }
        if (observed.stream().anyMatch(ObservedTest::contradictsModel)) {
            return Exit.FINDING;
        }
        return observed.stream().anyMatch(test -> test.refusal().isPresent()) ? Exit.UNTESTABLE : Exit.FINE;
    }

    private Path keep(ObservedTest test, String observed) {
        Path kept = folder.orElseGet(() -> UserData.folder(System.getenv()).resolve("litmus"))
                .resolve(test.name().replaceAll("[^A-Za-z0-9._+-]", "_") + "-"
                        + Instant.now().toString().replace(':', '-'));
        try {
            Files.createDirectories(kept);
            Files.writeString(kept.resolve("test.litmus"), test.text());
            Files.writeString(kept.resolve("observed.json"), observed + "\n");
        } catch (IOException e) {
            throw new LitmusException(kept + " cannot be written: " + FileTrouble.of(e));
        }
        return kept;
    }
}
