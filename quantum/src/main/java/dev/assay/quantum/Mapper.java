package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Maps circuits onto devices: lays out, routes, checks. */
public final class Mapper {
    private final Circuit original;
    private final Device device;
    private final MappingOptions options;
    private final Topology topology;
    private final LongSupplier clock;
    private final long began;
    private final Deadline deadline;
    private final List<String> doubts = new ArrayList<>();
    private boolean provenMinimal;

    private Mapper(Circuit original, Device device, MappingOptions options, LongSupplier clock) {
        this.clock = clock;
        this.began = clock.getAsLong();
        this.deadline = new Deadline(clock, began + options.time().toNanos());
        this.original = original;
        this.device = device;
        this.options = options;
        this.topology = device.topology();
    }

    /**
     * A verified mapping.
     *
     * @throws MappingException when the circuit does not fit on the device, with the reason
     */
    public static Mapping map(Circuit circuit, Device device, MappingOptions options) {
        return map(circuit, device, options, System::nanoTime);
    }

    /** The same by another clock, in nanoseconds. */
    static Mapping map(Circuit circuit, Device device, MappingOptions options, LongSupplier clock) {
        return new Mapper(circuit, device, options, clock).map();
    }

    private Mapping map() {
        refuse();
        List<Operation> lowered = Lowering.lower(original.operations(), device);
        boolean branches = lowered.stream().anyMatch(Mapper::isBranch);
        Program whole = new Program(unfolded(lowered), original.qubits(), original.bits());
        List<Route> routes = routes(whole);
        Mapping best = null;
        Comparator<Mapping> better = order();
        for (Route route : routes) {
            Emitted emitted = branches
                    ? new Branches(original, topology, options.seed(), deadline).route(lowered, route.start())
                    : new Emitted(route.emit(whole, topology), route.end(), route.count());
            Mapping mapping = mapping(emitted, route.start());
            if (best == null || better.compare(mapping, best) < 0) {
                best = mapping;
            }
            if (branches) {
                break;
            }
        }
        if (deadline.passed()) {
            doubts.add("the clock ended the search before its steps were done: another run may give another result; "
                    + "allow more time");
        }
        return verified(best);
    }

    /** Steps on physical qubits, where the logical ones end, and how many swaps were inserted. */
    record Emitted(List<Operation> steps, int[] end, int swaps) {}

    private void refuse() {
        for (Operation operation : Circuit.flat(original.operations())) {
            if (operation instanceof Operation.Gate gate && gate.qubits().length > 2) {
                throw new MappingException("the opaque gate " + gate.name() + " acts on " + gate.qubits().length
                        + " qubits and couplings join only two; define it with 'gate' so that it can be decomposed");
            }
        }
        if (original.qubits() > device.qubits()) {
            throw new MappingException("the circuit has " + original.qubits() + " qubits and the device "
                    + device.name() + " only " + device.qubits() + "; take a larger device");
        }
    }

    private static boolean isBranch(Operation operation) {
        return operation instanceof Operation.Conditional c && !c.simple();
    }

    /** The steps with the bodies of branches laid out as if both were run; simple conditionals stay as they are. */
    private static List<Operation> unfolded(List<Operation> operations) {
        if (operations.stream().noneMatch(Mapper::isBranch)) {
            return operations;
        }
        List<Operation> all = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Conditional c && isBranch(c)) {
                all.addAll(unfolded(c.then()));
                all.addAll(unfolded(c.otherwise()));
            } else {
                all.add(operation);
            }
        }
        return all;
    }

    private List<Route> routes(Program whole) {
        Interactions dag = whole.interactions;
        Placement placement = new Placement(dag, topology, device.name());
        Embedding embedding = new Embedding(dag, topology, placement, options.seed(), deadline);
        int[] layout = embedding.find(embeddingSteps());
        if (layout == null && !embedding.exhausted()) {
            layout = new Sections(dag, topology, placement, true, options.seed(), deadline)
                    .embedding(embeddingSteps() / 4);
        }
        if (layout != null) {
            provenMinimal = true;
            return List.of(new Route(layout, new int[0]));
        }
        Prices prices = Prices.of(options.objective(), device, topology);
        long budget = (long) (options.time().toNanos() / 1e9 * Search.WORK_PER_SECOND);
        Search search = new Search(dag, topology, placement, options.seed(), prices == null ? budget : budget / 2,
                options.threads(), deadline);
        List<Route> routes = search.run();
        if (prices != null) {
            routes = new ArrayList<>(routes);
            routes.addAll(search.steered(whole, prices, budget / 2));
        }
        return routes;
    }

    /** A tenth of the time or so, by the number of qubits that every placement narrows; by steps, not by the clock. */
    private int embeddingSteps() {
        double steps = options.time().toMillis() / 1e4 * 2e7 / (10 + original.qubits());
        return (int) Math.clamp(steps, 2_000, Embedding.MOST_STEPS);
    }

    private Comparator<Mapping> order() {
        Comparator<Mapping> bySwaps = Comparator.comparingInt(Mapping::swaps);
        return switch (options.objective()) {
            case SWAPS -> bySwaps.thenComparingInt(Mapping::depth);
            case DEPTH -> Comparator.comparingInt(Mapping::depth).thenComparing(bySwaps);
            case DURATION -> Comparator.comparingDouble(Mapping::durationNanos).thenComparing(bySwaps);
            case SUCCESS -> Comparator.comparingDouble((Mapping m) -> -m.success()).thenComparing(bySwaps);
        };
    }

    private Mapping mapping(Emitted emitted, int[] start) {
        List<Operation> steps = Lowering.direct(emitted.steps(), device);
        String name = "q";
        while (named(name)) {
            name += "_";
        }
        Circuit circuit = new Circuit(List.of(new Register(name, 0, device.qubits())), original.bitRegisters(),
                original.opaque(), steps);
        Schedule schedule = Schedule.lay(circuit, device, false);
        return new Mapping(circuit, start, emitted.end(), emitted.swaps(), circuit.depth(), schedule.makespanNanos(),
                success(steps), 0, provenMinimal, null, List.of());
    }

    private boolean named(String name) {
        return original.bitRegisters().stream().anyMatch(r -> r.name().equals(name));
    }

    /** The product of the chances that each two-qubit gate (a swap being three) and each measurement succeeds. */
    private double success(List<Operation> steps) {
        if (device.edgeErrors().isEmpty() && device.readoutErrors().isEmpty()) {
            return 1;
        }
        Map<Device.Edge, Double> errors = new java.util.HashMap<>();
        for (int i = 0; i < device.edgeErrors().size(); i++) {
            Device.Edge edge = device.edges().get(i);
            errors.put(edge, device.edgeErrors().get(i));
            errors.putIfAbsent(new Device.Edge(edge.to(), edge.from()), device.edgeErrors().get(i));
        }
        double logarithm = 0;
        for (Operation step : Circuit.flat(steps)) {
            if (step instanceof Operation.Gate g && g.qubits().length == 2) {
                double error = errors.getOrDefault(new Device.Edge(g.qubits()[0], g.qubits()[1]), 0.0);
                logarithm += (g.name().equals("swap") ? 3 : 1) * Math.log1p(-error);
            } else if (step instanceof Operation.Measure m && !device.readoutErrors().isEmpty()) {
                logarithm += Math.log1p(-device.readoutErrors().get(m.qubit()));
            }
        }
        return Math.exp(logarithm);
    }

    private Mapping verified(Mapping mapping) {
        Verification verification = Verifier.verify(original, mapping.circuit(), device, mapping.initialLayout(),
                Verifier.QUICK);
        boolean sameEnd = Arrays.equals(verification.finalLayout(), mapping.finalLayout());
        if (!verification.holds() || !sameEnd) {
            throw new IllegalStateException("the mapping is wrong and was not returned: "
                    + (sameEnd ? verification.violations() : "final layouts differ"));
        }
        return new Mapping(mapping.circuit(), mapping.initialLayout(), mapping.finalLayout(), mapping.swaps(),
                mapping.depth(), mapping.durationNanos(), mapping.success(),
                (clock.getAsLong() - began) / 1_000_000, mapping.provenMinimal(), verification, List.copyOf(doubts));
    }
}
