package dev.assay.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Findings that were looked at and accepted: a text, one line per finding, {@code #} for comments. */
public final class Baseline {
    static final Baseline NONE = new Baseline(Set.of());

    private final Set<String> accepted;

    private Baseline(Set<String> accepted) {
        this.accepted = accepted;
    }

    /** The accepted findings of a file. */
    public static Baseline read(Path file) {
        try {
            return new Baseline(Files.readAllLines(file).stream().map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#")).collect(Collectors.toSet()));
        } catch (IOException | UncheckedIOException e) {
            throw new ScanException.Usage(
                    "--baseline must be a readable text file; " + file + " is not (" + e.getMessage()
                            + "). Write one with --write-baseline.");
        }
    }

    /** The text that accepts all these findings. */
    public static String of(List<Finding> findings) {
        TreeSet<String> lines = findings.stream().map(Finding::fingerprint)
                .collect(Collectors.toCollection(TreeSet::new));
        return "# Findings of assay scan that were looked at and accepted: rule, file, place.\n"
                + String.join("\n", lines)
                + "\n";
    }

    boolean accepts(Finding finding) {
        return accepted.contains(finding.fingerprint());
    }
}
