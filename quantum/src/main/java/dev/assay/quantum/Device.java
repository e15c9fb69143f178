package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A quantum processor: its couplings and, when known, how long gates take and how often they fail.
 *
 * @param edges pairs of coupled qubits, from 0; the order within a pair matters only when {@code directed}
 * @param directed whether a cx runs only from the first to the second qubit of a pair
 * @param durations nanoseconds by gate name; {@code 1q} and {@code 2q} stand for all gates of that size
 * @param edgeErrors chance that a two-qubit gate fails, one per edge, or empty when unknown
 * @param readoutErrors chance that a measurement is wrong, one per qubit, or empty when unknown
 * @param alignmentNanos gates start at multiples of this; 1 when it does not matter
 * @param coordinates where pictures put each qubit, x to the right and y down, in any unit; empty when unknown
 */
public record Device(String name, int qubits, List<Edge> edges, boolean directed, Map<String, Double> durations,
        List<Double> edgeErrors, List<Double> readoutErrors, int alignmentNanos, List<Point> coordinates) {

    /** Two coupled qubits. */
    public record Edge(int from, int to) {}

    /** A place in a picture. */
    public record Point(double x, double y) {}

    /** What is assumed of a gate whose duration is not given, in nanoseconds: typical of superconducting devices. */
    static final Map<String, Double> ASSUMED_DURATIONS = Map.of("1q", 35.0, "2q", 300.0, "measure", 700.0, "reset",
            800.0);
    /** Gates that are only a change of frame and take no time on hardware. */
    private static final java.util.Set<String> VIRTUAL = java.util.Set.of("id", "z", "s", "sdg", "t", "tdg", "p", "u1",
            "rz", "u0");

    /** Most qubits of a device: the distances between all pairs are held in memory, 2 bytes each. */
    public static final int MOST_QUBITS = 8192;

    public Device {
        edges = List.copyOf(edges);
        durations = Map.copyOf(durations);
        edgeErrors = List.copyOf(edgeErrors);
        readoutErrors = List.copyOf(readoutErrors);
        coordinates = List.copyOf(coordinates);
        List<String> problems = problems(qubits, edges, durations, edgeErrors, readoutErrors, alignmentNanos);
        places(qubits, coordinates, problems);
        if (!problems.isEmpty()) {
            throw new DeviceException("device " + name + ": " + String.join("; ", problems));
        }
    }

    /** A device whose coordinates are unknown. */
    public Device(String name, int qubits, List<Edge> edges, boolean directed, Map<String, Double> durations,
            List<Double> edgeErrors, List<Double> readoutErrors, int alignmentNanos) {
        this(name, qubits, edges, directed, durations, edgeErrors, readoutErrors, alignmentNanos, List.of());
    }

    /** A device of which only the couplings are known. */
    public static Device of(String name, int qubits, List<Edge> edges) {
        return of(name, edges, qubits, List.of());
    }

    static Device of(String name, List<Edge> edges, int qubits, List<Point> coordinates) {
        return new Device(name, qubits, edges, false, Map.of(), List.of(), List.of(), 1, coordinates);
    }

    private static List<String> problems(int qubits, List<Edge> edges, Map<String, Double> durations,
            List<Double> edgeErrors, List<Double> readoutErrors, int alignment) {
        List<String> problems = new ArrayList<>();
        if (qubits < 1 || qubits > MOST_QUBITS) {
            problems.add("a device has 1 to " + MOST_QUBITS + " qubits, not " + qubits);
        }
        java.util.Set<Edge> seen = new java.util.HashSet<>();
        for (Edge edge : edges) {
            String pair = "[" + edge.from() + ", " + edge.to() + "]";
            if (edge.from() < 0 || edge.to() < 0 || edge.from() >= qubits || edge.to() >= qubits) {
                problems.add("the edge " + pair + " names a qubit outside 0 to " + (qubits - 1));
            } else if (edge.from() == edge.to()) {
                problems.add("the edge " + pair + " couples a qubit with itself; remove it");
            } else if (!seen.add(edge)) {
                problems.add("the edge " + pair + " is given twice; remove one");
            }
            if (problems.size() > 9) {
                problems.add("and perhaps more");
                return problems;
            }
        }
        durations.forEach((gate, nanos) -> {
            if (!(nanos >= 0) || nanos.isInfinite()) {
                problems.add("the duration of " + gate + " is zero or more nanoseconds, not " + nanos);
            }
        });
        chances("edge", edgeErrors, edges.size(), problems);
        chances("readout", readoutErrors, qubits, problems);
        if (alignment < 1) {
            problems.add("the alignment is 1 ns or more, not " + alignment);
        }
        return problems;
    }

    private static void places(int qubits, List<Point> coordinates, List<String> problems) {
        if (!coordinates.isEmpty() && coordinates.size() != qubits) {
            problems.add("there must be one pair of coordinates per qubit, " + qubits + ", not " + coordinates.size());
        }
        for (Point point : coordinates) {
            if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
                problems.add("coordinates are finite, not " + point.x() + " and " + point.y());
                return;
            }
        }
    }

    private static void chances(String kind, List<Double> errors, int needed, List<String> problems) {
        if (!errors.isEmpty() && errors.size() != needed) {
            problems.add("there must be one " + kind + " error per " + (kind.equals("edge") ? "edge" : "qubit") + ", "
                    + needed + ", not " + errors.size());
        }
        for (double error : errors) {
            if (!(error >= 0 && error <= 1)) {
                problems.add("a " + kind + " error is a chance between 0 and 1, not " + error);
                return;
            }
        }
    }

    /** @throws MappingException when this circuit cannot have been mapped onto this device */
    void refuseUnmapped(Circuit circuit) {
        if (circuit.qubits() > qubits) {
            throw new MappingException("the circuit has " + circuit.qubits() + " qubits and the device " + name
                    + " has " + qubits + "; map it first");
        }
        java.util.Set<Edge> couplings = new java.util.HashSet<>(edges);
        for (Operation operation : Circuit.flat(circuit.operations())) {
            if (operation instanceof Operation.Gate gate && gate.qubits().length == 2
                    && !couplings.contains(new Edge(gate.qubits()[0], gate.qubits()[1]))
                    && !couplings.contains(new Edge(gate.qubits()[1], gate.qubits()[0]))) {
                throw new MappingException(gate + " is not on a coupling of " + name + "; map the circuit first");
            }
        }
    }

    Topology topology() {
        return new Topology(qubits, undirected());
    }

    /** Every coupled pair once, smaller qubit first. */
    int[][] undirected() {
        return edges.stream().map(e -> List.of(Math.min(e.from(), e.to()), Math.max(e.from(), e.to()))).distinct()
                .map(e -> new int[]{e.getFirst(), e.getLast()}).toArray(int[][]::new);
    }

    /** How long a step takes, in nanoseconds. */
    double nanos(Operation operation) {
        return switch (operation) {
            case Operation.Gate gate -> gateNanos(gate);
            case Operation.Measure _ -> known("measure", "measure");
            case Operation.Reset _ -> known("reset", "reset");
            case Operation.Barrier _ -> 0;
            case Operation.Delay delay -> delay.amount() * switch (delay.unit()) {
                case "us" -> 1e3;
                case "ms" -> 1e6;
                case "s" -> 1e9;
                case "dt" -> durations.getOrDefault("dt", 1.0);
                default -> 1;
            };
            case Operation.Conditional c -> Math.max(sum(c.then()), sum(c.otherwise()));
        };
    }

    /** A branch is given the time of its steps one after another, which it never exceeds. */
    private double sum(List<Operation> body) {
        double total = 0;
        for (Operation operation : body) {
            total += nanos(operation);
        }
        return total;
    }

    private double gateNanos(Operation.Gate gate) {
        String name = gate.name();
        if (durations.containsKey(name)) {
            return durations.get(name);
        }
        if (VIRTUAL.contains(name)) {
            return 0;
        }
        if (name.equals("swap")) {
            return 3 * known("cx", "2q");
        }
        return known(gate.qubits().length == 1 ? "1q" : "2q", gate.qubits().length == 1 ? "1q" : "2q");
    }

    private double known(String gate, String otherwise) {
        Double given = durations.getOrDefault(gate, durations.get(otherwise));
        return given != null ? given : ASSUMED_DURATIONS.get(otherwise);
    }
}
