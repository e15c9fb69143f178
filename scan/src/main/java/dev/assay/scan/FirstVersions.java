package dev.assay.scan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first version of well-known artifacts that holds native code for a target, for when no repository is asked.
 *
 * <p>
 * The table is read from the headers of published jars by {@code measurements/first-versions.sh}; every row names the jar
 * that shows it and its SHA-256.
 */
public final class FirstVersions {
    private static final List<Row> TABLE = read();

    private FirstVersions() {}

    /** A row: {@code never} for the version where the newest release at the time of reading had nothing. */
    private record Row(Coordinates of, String target, String classifier, String sha256) {}

    private static List<Row> read() {
        try (InputStream stream = FirstVersions.class.getResourceAsStream("first-versions.tsv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            List<Row> rows = new ArrayList<>();
            reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t")).forEach(cells -> rows
                    .add(new Row(Coordinates.of(cells[0] + ":" + cells[2]).orElseThrow(), cells[1], cells[3],
                            cells[4])));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("The table of first versions cannot be read from the program itself.", e);
        }
    }

    /** A sentence for a finding, where the table knows the artifact and a later version than this one. */
    static Optional<String> answer(Coordinates of, Target target) {
        return TABLE.stream().filter(row -> row.of().group().equals(of.group())
                && row.of().artifact().equals(of.artifact()) && row.target().equals(target.label())).findFirst()
                .flatMap(row -> says(row, of));
    }

    private static Optional<String> says(Row row, Coordinates of) {
        String first = row.of().version();
        if (first.equals("never")) {
            return Optional.of("No release was ready when the table was made, up to " + row.classifier() + ".");
        }
        return Versions.compare(first, of.version()) <= 0
                ? Optional.empty()
                : Optional.of("The first version that is ready is " + first
                        + (row.classifier().equals("-") ? "" : " (classifier " + row.classifier() + ")")
                        + ", by the headers of its jar.");
    }

    /** Coordinates of an artifact of the table, from a file name such as {@code jna-4.1.0.jar}; names decide nothing else. */
    static Optional<Coordinates> named(String fileName) {
        List<Coordinates> fitting = TABLE.stream().map(Row::of).map(of -> of.at("")).distinct().flatMap(of -> {
            Matcher matcher = Pattern
                    .compile(Pattern.quote(of.artifact()) + "-(\\d[A-Za-z0-9_.]*)(-[A-Za-z0-9_-]+)?\\.jar")
                    .matcher(fileName);
            return matcher.matches()
                    ? java.util.stream.Stream.of(of.at(matcher.group(1)))
                    : java.util.stream.Stream.empty();
        }).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /**
     * Rows of the table for an artifact, read from a repository: {@code artifact, target, version, classifier, sha256},
     * separated by tabs.
     *
     * @param artifact
     *            {@code group:artifact} or {@code group:artifact:classifier}
     * @throws ScanException.Usage
     *             when it is neither, or the repository does not answer
     */
    public static List<String> rows(String artifact, URI repository) {
        Coordinates of = Coordinates.of(artifact + ":0").orElseThrow(() -> new ScanException.Usage(
                "--first-version takes group:artifact or group:artifact:classifier; it is " + artifact + "."));
        FirstReady search = new FirstReady(repository, Target.values());
        List<String> rows = new ArrayList<>();
        try {
            for (Target target : Target.values()) {
                rows.add(String.join("\t", artifact, target.label(), search.first(of, target)
                        .map(ready -> String.join("\t", ready.jar().version(),
                                ready.jar().classifier().isEmpty() ? "-" : ready.jar().classifier(), ready.sha256()))
                        .orElseGet(() -> String.join("\t", "never", search.newest(of), "-"))));
            }
        } catch (ReleaseStore.Unreachable e) {
            throw new ScanException.Usage("--repository must be the address of a Maven repository that has " + artifact
                    + "; " + e.getMessage() + ".");
        }
        return rows;
    }
}
