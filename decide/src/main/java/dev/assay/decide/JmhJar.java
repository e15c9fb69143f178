package dev.assay.decide;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/**
 * A jar with JMH and benchmarks, as the list that it carries tells ({@code META-INF/BenchmarkList}); nothing is started.
 *
 * @param benchmarks by name with mode and parameters, in that order
 */
record JmhJar(Path file, Map<String, JmhBenchmark> benchmarks) {
    private static final String LIST = "META-INF/BenchmarkList";

    /**
     * @param pattern found in a benchmark's full name, as JMH does; all when it is empty
     * @throws DecideException when it is no jar, or not one of JMH
     */
    static JmhJar read(Path file, String pattern) {
        if (!Files.isRegularFile(file)) {
            throw new DecideException(
                    "there is no jar " + file + "; name the benchmark jar that the build made, such as"
                            + " target/benchmarks.jar");
        }
        Pattern wanted = pattern(pattern);
        Map<String, JmhBenchmark> benchmarks = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry list = zip.getEntry(LIST);
            if (list == null || zip.getEntry("org/openjdk/jmh/Main.class") == null) {
                throw new DecideException(file + " is not a JMH jar: it holds no "
                        + (list == null ? LIST : "org.openjdk.jmh.Main")
                        + "; build it with JMH's annotation processor and shade JMH into it");
            }
            try (InputStream in = zip.getInputStream(list)) {
                for (BenchmarkListEntry entry : BenchmarkList.readBenchmarkList(in)) {
                    if (wanted.matcher(entry.getUsername()).find()) {
                        expand(entry).forEach(b -> benchmarks.put(b.title(), b));
                    }
                }
            }
        } catch (ZipException e) {
            throw new DecideException(file + " is not a jar: " + e.getMessage() + "; build it again");
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new DecideException(file + " cannot be read: " + e.getMessage()
                    + "; its list of benchmarks is that of JMH 1.37 or near it?", e);
        }
        return new JmhJar(file.toAbsolutePath(), benchmarks);
    }

    private static Pattern pattern(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new DecideException("'" + pattern + "' is not a regular expression: " + e.getDescription()
                    + "; benchmarks are chosen as JMH does, by a part of their name");
        }
    }

    /** Every mode and every combination of parameters is a benchmark of its own. */
    private static List<JmhBenchmark> expand(BenchmarkListEntry entry) {
        List<Map<String, String>> combinations = new ArrayList<>(List.of(Map.of()));
        Map<String, String[]> parameters = entry.getParams().hasValue()
                ? new TreeMap<>(entry.getParams().get())
                : Map.of();
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> combination : combinations) {
                for (String value : parameter.getValue()) {
                    Map<String, String> longer = new LinkedHashMap<>(combination);
                    longer.put(parameter.getKey(), value);
                    more.add(longer);
                }
            }
            combinations = more;
        }
        List<Mode> modes = entry.getMode() == Mode.All
                ? List.of(Mode.Throughput, Mode.AverageTime, Mode.SampleTime, Mode.SingleShotTime)
                : List.of(entry.getMode());
        Collection<String> options = entry.getJvmArgs().hasValue() ? entry.getJvmArgs().get() : List.of();
        List<JmhBenchmark> all = new ArrayList<>();
        for (Mode mode : modes) {
            for (Map<String, String> combination : combinations) {
                all.add(new JmhBenchmark(entry.getUsername(), mode.shortLabel(), combination, List.copyOf(options)));
            }
        }
        return all;
    }
}
