package dev.assay.cli;

import dev.assay.litmus.ModelChecker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The tests that a command was given: names of classic ones, files, and folders. */
final class LitmusNames {
    private LitmusNames() {}

    /** The same with the tests of each folder in its place. */
    static List<String> expanded(List<String> tests) {
        return tests.stream().flatMap(test -> Files.isDirectory(Path.of(test))
                ? ModelChecker.tests(List.of(Path.of(test))).stream().map(Path::toString)
                : Stream.of(test)).toList();
    }
}
