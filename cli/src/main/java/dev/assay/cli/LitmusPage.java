package dev.assay.cli;

import dev.assay.litmus.Answer;
import dev.assay.litmus.LitmusException;
import dev.assay.litmus.LitmusParser;
import dev.assay.litmus.ModelChecker;
import dev.assay.litmus.ObservedTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option that asks for a page beside the answer. */
final class LitmusPage {
    private static final int UNROLL = 2;

    @Option(names = "-o", paramLabel = "DIR",
            description = "Also write a page with tables and drawings into this folder; it needs no network and no script.")
    private Optional<Path> folder;

    boolean wanted() {
        return folder.isPresent();
    }

    /** Writes the page if one was asked for. */
    void write(String file, Supplier<String> page, PrintWriter err) {
        if (folder.isEmpty()) {
            return;
        }
        Path target = folder.get().resolve(file);
        try {
            Files.createDirectories(folder.get());
            Files.writeString(target, page.get());
        } catch (IOException e) {
            throw new LitmusException(target + " cannot be written: " + e.getMessage());
        }
        err.println("page: " + target);
        err.flush();
    }

    /** What the model says of tests that were run, with the executions that explain it. */
    static Map<String, Answer> explained(List<ObservedTest> tests, Optional<String> model) {
        ModelChecker checker = new ModelChecker(new ModelChecker.Settings(model, UNROLL, true));
        Map<String, Answer> explained = new HashMap<>();
        tests.forEach(
                test -> explained.put(test.name(), checker.decide(LitmusParser.parse(test.name(), test.text()))));
        return explained;
    }
}
