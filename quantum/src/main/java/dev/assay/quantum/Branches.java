package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Routes circuits with branches. Straight pieces are routed one after another, each from where the last one ended. Both
 * bodies of a branch start from one layout and must end in one, so what a body moved is moved back at its end: by
 * whichever is shorter, the same swaps backwards or the tokens brought home.
 */
final class Branches {
    private static final int WIDTH = 200;
    private final Circuit circuit;
    private final Topology device;
    private final long seed;
    private final BooleanSupplier stopped;
    private int swaps;

    Branches(Circuit circuit, Topology device, long seed, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.circuit = circuit;
        this.device = device;
        this.seed = seed;
    }

    Mapper.Emitted route(List<Operation> operations, int[] start) {
        List<Operation> out = new ArrayList<>();
        int[] end = route(operations, start, out);
        return new Mapper.Emitted(out, end, swaps);
    }

    private int[] route(List<Operation> operations, int[] start, List<Operation> out) {
        int[] layout = start;
        List<Operation> piece = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Conditional branch && !branch.simple()) {
                layout = straight(piece, layout, out);
                piece.clear();
                out.add(new Operation.Conditional(branch.condition(), body(branch.then(), layout),
                        body(branch.otherwise(), layout)));
            } else {
                piece.add(operation);
            }
        }
        return straight(piece, layout, out);
    }

    private int[] straight(List<Operation> piece, int[] layout, List<Operation> out) {
        if (piece.isEmpty()) {
            return layout;
        }
        Program program = new Program(List.copyOf(piece), circuit.qubits(), circuit.bits());
        BeamSearch.Found found = new BeamSearch(program.interactions, device, Lookahead.of(20, 0.85, 1.5), seed)
                .run(List.of(layout), WIDTH, stopped);
        Route route = found != null
                ? found.route()
                : Greedy.route(program.interactions, device, layout, seed, () -> false);
        swaps += route.count();
        out.addAll(route.emit(program, device));
        return route.end();
    }

    private List<Operation> body(List<Operation> body, int[] layout) {
        List<Operation> out = new ArrayList<>();
        int[] end = route(body, layout, out);
        for (int[] swap : shorterWayBack(out, end, layout)) {
            out.add(Operation.Gate.of("swap", swap));
            swaps++;
        }
        return out;
    }

    private List<int[]> shorterWayBack(List<Operation> out, int[] end, int[] layout) {
        List<int[]> home = TokenSwapping.swaps(device, end, layout);
        List<int[]> backwards = new ArrayList<>();
        int[] followed = end.clone();
        for (Operation step : out.reversed()) {
            if (step instanceof Operation.Gate gate && gate.name().equals("swap") && backwards.size() < home.size()) {
                backwards.add(gate.qubits());
                Route.exchange(followed, gate.qubits()[0], gate.qubits()[1]);
                if (Arrays.equals(followed, layout)) {
                    return backwards;
                }
            }
        }
        return home;
    }
}
