package dev.assay.quantum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What other routers need: a CSV file with columns circuit, device and, for each router, {@code NAME_swaps}. */
public final class Baselines {
    private static final String SUFFIX = "_swaps";
    private final List<String> routers = new ArrayList<>();
    private final Map<Bench.Case, Map<String, Integer>> swaps = new LinkedHashMap<>();

    private Baselines() {}

    /** No baselines. */
    public static Baselines none() {
        return new Baselines();
    }

    /** @throws MappingException when the file cannot be read or is not of this form */
    public static Baselines read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new MappingException("the baselines " + file + " cannot be read: " + e.getMessage());
        }
        Baselines baselines = new Baselines();
        List<String> header = lines.isEmpty() ? List.of() : List.of(lines.getFirst().strip().split(","));
        int circuit = header.indexOf("circuit");
        int device = header.indexOf("device");
        if (circuit < 0 || device < 0) {
            throw new MappingException("the baselines " + file
                    + " must begin with a line that names the columns circuit and device, not: "
                    + String.join(",", header));
        }
        header.stream().filter(h -> h.endsWith(SUFFIX)).forEach(
                h -> baselines.routers.add(h.substring(0, h.length() - SUFFIX.length())));
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                baselines.add(file, header, circuit, device, i + 1, lines.get(i).strip().split(",", -1));
            }
        }
        return baselines;
    }

    private void add(Path file, List<String> header, int circuit, int device, int line, String[] cells) {
        if (cells.length != header.size()) {
            throw new MappingException(
                    "line " + line + " of " + file + " has " + cells.length + " cells and the header "
                            + header.size());
        }
        Map<String, Integer> byRouter = new LinkedHashMap<>();
        for (String router : routers) {
            String cell = cells[header.indexOf(router + SUFFIX)];
            try {
                byRouter.put(router, Integer.parseInt(cell));
            } catch (NumberFormatException e) {
                throw new MappingException("line " + line + " of " + file + ": swaps are a whole number, not '" + cell
                        + "'");
            }
        }
        swaps.put(new Bench.Case(cells[circuit], cells[device]), byRouter);
    }

    public List<String> routers() {
        return List.copyOf(routers);
    }

    /** By router; empty when the case is not in the file. */
    public Map<String, Integer> of(String circuit, String device) {
        return swaps.getOrDefault(new Bench.Case(circuit, device), Map.of());
    }
}
