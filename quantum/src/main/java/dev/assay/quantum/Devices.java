package dev.assay.quantum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.core.StreamReadFeature;

/** Devices from JSON files and by shape. */
public final class Devices {
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Devices() {}

    /**
     * A device by file or by shape: {@code line:5}, {@code ring:8}, {@code grid:4x5}, {@code full:6},
     * {@code heavy-hex:7} (code distance, odd), {@code sycamore:9x6} (rows by columns of the diagonal lattice).
     *
     * @throws DeviceException when there is no such file or shape, or what it describes makes no sense
     */
    public static Device named(String fileOrShape) {
        int colon = fileOrShape.indexOf(':');
        if (colon > 0 && !Files.exists(Path.of(fileOrShape))) {
            return shape(fileOrShape, fileOrShape.substring(0, colon), fileOrShape.substring(colon + 1));
        }
        return read(Path.of(fileOrShape));
    }

    private static Device shape(String name, String shape, String size) {
        try {
            String[] sides = size.split("x");
            int a = Integer.parseInt(sides[0]);
            int b = sides.length > 1 ? Integer.parseInt(sides[1]) : a;
            return switch (shape) {
                case "line" -> Shapes.line(a);
                case "ring" -> Shapes.ring(a);
                case "grid" -> Shapes.grid(a, b);
                case "full" -> Shapes.full(a);
                case "heavy-hex" -> Shapes.heavyHex(a);
                case "sycamore" -> Shapes.sycamore(a, b);
                default -> throw new DeviceException("there is no shape '" + shape
                        + "'; there are line, ring, grid, full, heavy-hex and sycamore, as in grid:4x5");
            };
        } catch (NumberFormatException e) {
            throw new DeviceException("the size of the shape " + name + " must be a number or two, as in grid:4x5");
        }
    }

    /**
     * Reads {@code {"name", "qubits", "edges": [[a, b], ...]}} and, when present, {@code "directed"},
     * {@code "durations_ns": {"cx": 300, "1q": 35}}, {@code "edge_errors"}, {@code "readout_errors"},
     * {@code "alignment_ns"} and {@code "coordinates": [[x, y], ...]}, where pictures put the qubits.
     *
     * @throws DeviceException when the file cannot be read or what it describes makes no sense
     */
    public static Device read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new DeviceException("the device file " + file + " cannot be read: "
                    + (Files.exists(file) ? e.getMessage() : "there is no such file; shapes are named as in grid:4x5"));
        }
    }

    /** @param source what errors call the text */
    public static Device parse(String source, String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new DeviceException("the device " + source + " is not JSON: "
                    + e.getOriginalMessage().replaceFirst(": enable .*", "") + " at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        }
        if (root == null || !root.isObject()) {
            throw new DeviceException("the device " + source + " must be a JSON object with name, qubits and edges");
        }
        List<String> problems = new ArrayList<>();
        JsonNode qubits = root.path("qubits");
        if (!qubits.isInt()) {
            problems.add("\"qubits\" must be a whole number, not " + shown(qubits));
        }
        List<Device.Edge> edges = edges(root.path("edges"), problems);
        Map<String, Double> durations = new HashMap<>();
        root.path("durations_ns").properties().forEach(e -> {
            if (e.getValue().isNumber()) {
                durations.put(e.getKey(), e.getValue().doubleValue());
            } else {
                problems.add("the duration of " + e.getKey() + " must be a number of nanoseconds, not "
                        + shown(e.getValue()));
            }
        });
        List<Double> edgeErrors = numbers("edge_errors", root.path("edge_errors"), problems);
        List<Double> readoutErrors = numbers("readout_errors", root.path("readout_errors"), problems);
        if (root.has("directed") && !root.path("directed").isBoolean()) {
            problems.add("\"directed\" is true or false, not " + shown(root.path("directed")));
        }
        if (root.has("alignment_ns") && !root.path("alignment_ns").isInt()) {
            problems.add("\"alignment_ns\" is a whole number, not " + shown(root.path("alignment_ns")));
        }
        if (root.has("durations_ns") && !root.path("durations_ns").isObject()) {
            problems.add("\"durations_ns\" is an object, as in {\"cx\": 300}, not " + shown(root.path("durations_ns")));
        }
        List<Device.Point> coordinates = coordinates(root.path("coordinates"), problems);
        if (!problems.isEmpty()) {
            throw new DeviceException("the device " + source + ": " + String.join("; ", problems));
        }
        return new Device(root.path("name").asString(source), qubits.intValue(), edges,
                root.path("directed").asBoolean(false), durations, edgeErrors, readoutErrors,
                root.path("alignment_ns").asInt(1), coordinates);
    }

    private static List<Device.Edge> edges(JsonNode node, List<String> problems) {
        List<Device.Edge> edges = new ArrayList<>();
        if (!node.isArray()) {
            problems.add("\"edges\" must be a list of pairs, not " + shown(node));
            return edges;
        }
        for (JsonNode pair : node) {
            if (pair.isArray() && pair.size() == 2 && pair.get(0).isInt() && pair.get(1).isInt()) {
                edges.add(new Device.Edge(pair.get(0).intValue(), pair.get(1).intValue()));
            } else if (problems.size() < 10) {
                problems.add("an edge is a pair of qubit numbers, not " + shown(pair));
            }
        }
        return edges;
    }

    private static List<Device.Point> coordinates(JsonNode node, List<String> problems) {
        List<Device.Point> points = new ArrayList<>();
        for (JsonNode pair : node) {
            if (pair.isArray() && pair.size() == 2 && pair.get(0).isNumber() && pair.get(1).isNumber()) {
                points.add(new Device.Point(pair.get(0).doubleValue(), pair.get(1).doubleValue()));
            } else if (problems.size() < 10) {
                problems.add("a qubit's coordinates are a pair of numbers, not " + shown(pair));
            }
        }
        return points;
    }

    private static List<Double> numbers(String name, JsonNode node, List<String> problems) {
        List<Double> numbers = new ArrayList<>();
        if (!node.isMissingNode() && !node.isArray()) {
            problems.add("\"" + name + "\" is a list of numbers, not " + shown(node));
        }
        for (JsonNode number : node) {
            if (number.isNumber()) {
                numbers.add(number.doubleValue());
            } else if (problems.size() < 10) {
                problems.add("\"" + name + "\" holds numbers, not " + shown(number));
            }
        }
        return numbers;
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
