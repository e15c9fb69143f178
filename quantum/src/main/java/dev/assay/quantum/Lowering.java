package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;

/** What is done to a circuit before routing: nothing, unless the device's couplings have a direction. */
final class Lowering {
    private Lowering() {}

    /**
     * On a directed device, gates that are neither symmetric nor cx become cx and one-qubit gates, so that only cx has
     * to be turned round.
     */
    static List<Operation> lower(List<Operation> operations, Device device) {
        if (!device.directed()) {
            return operations;
        }
        List<Operation> lowered = new ArrayList<>();
        for (Operation operation : operations) {
            switch (operation) {
                case Operation.Gate gate when gate.qubits().length == 2 && !gate.name().equals("cx")
                        && !StandardGates.SYMMETRIC.contains(gate.name()) ->
                    lowered.addAll(GateExpander.simplified(gate));
                case Operation.Conditional c -> lowered.add(new Operation.Conditional(c.condition(),
                        lower(c.then(), device), lower(c.otherwise(), device)));
                default -> lowered.add(operation);
            }
        }
        return lowered;
    }

    /** Turns round every cx that runs against its coupling: h on both sides exchanges control and target. */
    static List<Operation> direct(List<Operation> operations, Device device) {
        if (!device.directed()) {
            return operations;
        }
        java.util.Set<Device.Edge> edges = new java.util.HashSet<>(device.edges());
        List<Operation> directed = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Gate gate && gate.name().equals("cx")
                    && !edges.contains(new Device.Edge(gate.qubits()[0], gate.qubits()[1]))) {
                int a = gate.qubits()[0];
                int b = gate.qubits()[1];
                directed.add(Operation.Gate.of("h", a));
                directed.add(Operation.Gate.of("h", b));
                directed.add(Operation.Gate.of("cx", b, a));
                directed.add(Operation.Gate.of("h", a));
                directed.add(Operation.Gate.of("h", b));
            } else if (operation instanceof Operation.Conditional c) {
                directed.add(new Operation.Conditional(c.condition(), direct(c.then(), device),
                        direct(c.otherwise(), device)));
            } else {
                directed.add(operation);
            }
        }
        return directed;
    }
}
