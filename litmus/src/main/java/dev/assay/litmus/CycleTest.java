package dev.assay.litmus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the test of a cycle: code in which the cycle can happen, and a condition that tells when it did. */
final class CycleTest {
    private static final String LOCATIONS = "xyzabcdefghijklmnopq";

    private final Cycle cycle;
    private final List<ThreadWriter> threads = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Integer> writes = new TreeMap<>();

    private CycleTest(Cycle cycle) {
        this.cycle = cycle;
    }

    /** The text of a test file. */
    static String text(Cycle cycle) {
        CycleTest test = new CycleTest(cycle);
        test.write();
        return test.assemble();
    }

    /**
     * Walks along the cycle. A location's accesses follow each other in it, in the order in which they must happen: a write takes the next
     * value, a read sees the latest one.
     */
    private void write() {
        List<Edge> edges = cycle.edges();
        int moves = (int) edges.stream().filter(e -> !e.sameLocation()).count();
        if (moves > LOCATIONS.length()) {
            throw new LitmusException(
                    "a cycle has at most " + LOCATIONS.length() + " locations, but this one has " + moves);
        }
        // The location's history begins where the cycle enters it, which may be before the first access of the first thread.
        int first = historyStart(edges);
        int[] values = new int[edges.size()];
        String[] places = new String[edges.size()];
        int place = 0;
        for (int i = 0; i < edges.size(); i++) {
            places[i] = String.valueOf(LOCATIONS.charAt(moves == 0 ? 0 : place % moves));
            place += edges.get(i).sameLocation() ? 0 : 1;
        }
        for (int k = 0; k < edges.size(); k++) {
            int i = (first + k) % edges.size();
            values[i] = edges.get(i).from() == 'W'
                    ? writes.merge(places[i], 1, Integer::sum)
                    : writes.getOrDefault(places[i], 0);
        }
        emit(edges, places, values);
        writes.forEach((name, count) -> {
            if (count > 1) {
                conditions.addFirst("[" + name + "]=" + count);
            }
        });
    }

    private static int historyStart(List<Edge> edges) {
        for (int i = edges.size() - 1; i >= 0; i--) {
            if (!edges.get(i).sameLocation()) {
                return (i + 1) % edges.size();
            }
        }
        // On one location it is program order that the cycle contradicts: history begins behind it.
        for (int i = edges.size() - 1; i >= 0; i--) {
            if (!edges.get(i).isExternal()) {
                return (i + 1) % edges.size();
            }
        }
        return 0;
    }

    private void emit(List<Edge> edges, String[] places, int[] values) {
        ThreadWriter writer = null;
        String source = "";
        for (int i = 0; i < edges.size(); i++) {
            Edge before = edges.get((i + edges.size() - 1) % edges.size());
            boolean starts = before.isExternal();
            if (starts) {
                writer = ThreadWriter.of(cycle.architecture());
                threads.add(writer);
            }
            Edge inside = starts ? null : before;
            if (inside != null && inside.kind() != Edge.Kind.RMW) {
                writer.between(inside, source);
            }
            if (inside != null && inside.kind() == Edge.Kind.RMW) {
                // Its read wrote this already.
                continue;
            }
            if (edges.get(i).kind() == Edge.Kind.RMW) {
                int to = (i + 1) % edges.size();
                source = writer.update(edges.get(i), inside, source, places[i],
                        new ThreadWriter.Update(values[i], values[to], cycle.modes().get(i), cycle.modes().get(to)));
                int thread = threads.size() - 1;
                conditions.add(thread + ":" + source + "=" + values[i]);
                writer.status().ifPresent(register -> conditions.add(thread + ":" + register + "=0"));
            } else if (edges.get(i).from() == 'R') {
                source = writer.read(inside, source, places[i], cycle.modes().get(i));
                conditions.add((threads.size() - 1) + ":" + source + "=" + values[i]);
            } else {
                writer.write(inside, source, places[i], values[i], cycle.modes().get(i));
            }
        }
    }

    private String assemble() {
        StringBuilder text = new StringBuilder();
        text.append(cycle.architecture().header()).append(' ').append(cycle.testName()).append('\n');
        text.append('"').append(cycle.text()).append("\"\n");
        text.append("Orig=").append(cycle.text()).append('\n');
        text.append("{\n");
        for (int t = 0; t < threads.size(); t++) {
            for (String register : threads.get(t).initial()) {
                text.append(t).append(':').append(register).append("; ");
            }
            if (!threads.get(t).initial().isEmpty()) {
                text.setLength(text.length() - 1);
                text.append('\n');
            }
        }
        if (cycle.architecture() == Architecture.JAVA) {
            writes.keySet().forEach(name -> text.append(name).append("=0; "));
            text.append('\n');
        }
        text.append("}\n");
        if (cycle.architecture() == Architecture.JAVA) {
            java(text);
        } else {
            table(text);
        }
        return text.append("exists (").append(String.join(" /\\ ", conditions)).append(")\n").toString();
    }

    private void java(StringBuilder text) {
        for (int t = 0; t < threads.size(); t++) {
            text.append("P").append(t).append(" {\n");
            threads.get(t).lines().forEach(line -> text.append("  ").append(line).append('\n'));
            text.append("}\n");
        }
    }

    private void table(StringBuilder text) {
        int rows = threads.stream().mapToInt(t -> t.lines().size()).max().orElse(0);
        int[] widths = threads.stream()
                .mapToInt(t -> Math.max(2, t.lines().stream().mapToInt(String::length).max().orElse(0)))
                .toArray();
        for (int row = -1; row < rows; row++) {
            for (int t = 0; t < widths.length; t++) {
                List<String> lines = threads.get(t).lines();
                String cell = row < 0 ? "P" + t : row < lines.size() ? lines.get(row) : "";
                text.append(t == 0 ? " " : " | ").append(cell).append(" ".repeat(widths[t] - cell.length()));
            }
            text.append(" ;\n");
        }
    }
}
