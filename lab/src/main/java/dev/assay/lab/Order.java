package dev.assay.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a trial is told, by a file. Lines of tab-separated words, because a trial must not pay for a JSON library:
 *
 * <pre>
 * assay.order/1
 * experiment   dev.assay.experiments.FalseSharing
 * parameter    strideBytes   64
 * seed         42
 * nanos        1000000000
 * processors   0 1
 * lockMemory   true
 * </pre>
 *
 * @param experiment the class of the experiment
 * @param parameters of the variant
 * @param seed for whatever the workload draws; equal within a block
 * @param time how long to measure
 * @param processors that the workload may pin threads to, the preferred one first
 * @param lockMemory whether the process is to lock its memory, which cannot be inherited
 */
record Order(String experiment, Map<String, String> parameters, long seed, Duration time, List<Integer> processors,
        boolean lockMemory) {
    private static final String HEADER = "assay.order/1";

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        lines.add("experiment\t" + experiment);
        parameters.forEach((name, value) -> lines.add("parameter\t" + Words.escape(name) + "\t" + Words.escape(value)));
        lines.add("seed\t" + seed);
        lines.add("nanos\t" + time.toNanos());
        lines.add("processors\t" + String.join(" ", processors.stream().map(String::valueOf).toList()));
        lines.add("lockMemory\t" + lockMemory);
        Files.write(file, lines);
    }

    static Order read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IOException(file + " is not an order: it begins with '"
                    + (lines.isEmpty() ? "" : lines.getFirst()) + "' instead of " + HEADER);
        }
        String experiment = "";
        Map<String, String> parameters = new LinkedHashMap<>();
        long seed = 0;
        Duration time = Duration.ofSeconds(1);
        List<Integer> processors = new ArrayList<>();
        boolean lockMemory = false;
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split("\t", -1);
            switch (words[0]) {
                case "experiment" -> experiment = words[1];
                case "parameter" -> parameters.put(Words.unescape(words[1]), Words.unescape(words[2]));
                case "seed" -> seed = Long.parseLong(words[1]);
                case "nanos" -> time = Duration.ofNanos(Long.parseLong(words[1]));
                case "processors" -> {
                    for (String processor : words[1].split(" ")) {
                        if (!processor.isEmpty()) {
                            processors.add(Integer.valueOf(processor));
                        }
                    }
                }
                case "lockMemory" -> lockMemory = Boolean.parseBoolean(words[1]);
                default -> throw new IOException(file + " orders '" + words[0] + "', which this version cannot do");
            }
        }
        return new Order(experiment, parameters, seed, time, processors, lockMemory);
    }
}
