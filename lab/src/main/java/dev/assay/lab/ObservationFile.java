package dev.assay.lab;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form in which a trial answers. Any program can write it:
 *
 * <pre>
 * assay.observation/1
 * values     threads=2      12.1 12.3 12.2     iterations in order; the point is empty for "nowhere in particular"
 * figure     cycles         1.2e9
 * check      sum is exact   kept|broken
 * doubt      not-settled    what is wrong      what to do
 * nanos      1000000000
 * end
 * </pre>
 *
 * Fields are parted by tabs. The last line tells a whole file from one that was cut off.
 */
final class ObservationFile {
    private static final String HEADER = "assay.observation/1";
    /** Far above what any workload writes; a runaway file is refused rather than read. */
    static final long MOST_BYTES = 64L << 20;

    private ObservationFile() {}

    static void write(Observation observation, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        observation.values().forEach((at, values) -> lines
                .add("values\t" + at + "\t" + String.join(" ", values.stream().map(String::valueOf).toList())));
        observation.figures().forEach((name, value) -> lines.add("figure\t" + Words.escape(name) + "\t" + value));
        observation.checks().forEach(
                check -> lines.add("check\t" + Words.escape(check.says()) + "\t" + (check.kept() ? "kept" : "broken")));
        observation.doubts().forEach(doubt -> lines.add("doubt\t" + doubt.kind().id() + "\t"
                + Words.escape(doubt.says()) + "\t" + Words.escape(doubt.remedy())));
        lines.add("nanos\t" + observation.measuredNanos());
        lines.add("end");
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, lines);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads what a trial wrote.
     *
     * @throws IOException when the file is absent, too large, cut off or not of this form; the message names the line
     */
    static Observation read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("the observation has " + Files.size(file) + " bytes; at most " + MOST_BYTES
                    + " are read");
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (MalformedInputException e) {
            throw new IOException("the observation is not UTF-8 text", e);
        }
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IOException("the observation does not begin with " + HEADER);
        }
        if (!lines.getLast().equals("end")) {
            throw new IOException("the observation was cut off after line " + lines.size());
        }
        Map<Point, List<Double>> values = new LinkedHashMap<>();
        Map<String, Double> figures = new LinkedHashMap<>();
        List<Observation.Check> checks = new ArrayList<>();
        List<Doubt> doubts = new ArrayList<>();
        long nanos = 0;
        for (int i = 1; i < lines.size() - 1; i++) {
            String[] words = lines.get(i).split("\t", -1);
            try {
                switch (words[0]) {
                    case "values" -> values.put(Point.parse(words[1]), numbers(words[2]));
                    case "figure" -> figures.put(Words.unescape(words[1]), Double.valueOf(words[2]));
                    case "check" ->
                        checks.add(new Observation.Check(Words.unescape(words[1]), words[2].equals("kept")));
                    case "doubt" -> doubts.add(new Doubt(Doubt.Kind.ofId(words[1]), Words.unescape(words[2]),
                            Words.unescape(words[3])));
                    case "nanos" -> nanos = Long.parseLong(words[1]);
                    default -> throw new IllegalArgumentException("unknown word '" + words[0] + "'");
                }
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException("line " + (i + 1) + " of the observation is wrong: " + e.getMessage(), e);
            }
        }
        return new Observation(values, figures, checks, doubts, nanos);
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        for (String word : text.strip().split(" +")) {
            double number = Double.parseDouble(word);
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("a value is a finite number, not " + word);
            }
            numbers.add(number);
        }
        return numbers;
    }
}
