package dev.assay.scan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Release lines that their projects have given up; a small table, each row with the project's own word. */
final class EndOfLife {
    private static final List<Line> TABLE = read();

    private EndOfLife() {}

    record Line(String group, String artifact, String versions, String since, String source) {
        private boolean holds(Coordinates of) {
            return fits(group, of.group()) && fits(artifact, of.artifact()) && of.version().startsWith(versions);
        }

        private static boolean fits(String pattern, String name) {
            return pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern);
        }
    }

    private static List<Line> read() {
        try (InputStream stream = EndOfLife.class.getResourceAsStream("end-of-life.tsv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t"))
                    .map(cells -> new Line(cells[0], cells[1], cells[2], cells[3], cells[4])).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The table of ended releases cannot be read from the program itself.", e);
        }
    }

    static Optional<Line> of(Coordinates artifact) {
        return TABLE.stream().filter(line -> line.holds(artifact)).findFirst();
    }
}
