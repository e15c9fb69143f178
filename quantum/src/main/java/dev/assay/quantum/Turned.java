package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Undoes the turning round of cx on directed couplings: {@code h a; h b; cx b,a; h a; h b;} is {@code cx a,b}, an
 * identity. It is undone wherever it stands, in the original as well, until nothing is left of it, so that both sides
 * are compared in one form.
 */
final class Turned {
    private Turned() {}

    static List<Operation> back(List<Operation> operations, Device device) {
        if (!device.directed()) {
            return operations;
        }
        List<Operation> current = inside(operations, device);
        while (true) {
            List<Operation> next = once(current, device.qubits());
            if (next.size() == current.size()) {
                return next;
            }
            current = next;
        }
    }

    private static List<Operation> inside(List<Operation> operations, Device device) {
        List<Operation> result = new ArrayList<>();
        for (Operation operation : operations) {
            if (operation instanceof Operation.Conditional c) {
                List<Operation> then = back(c.then(), device);
                result.add(new Operation.Conditional(c.condition(), then, back(c.otherwise(), device)));
            } else {
                result.add(operation);
            }
        }
        return result;
    }

    private static List<Operation> once(List<Operation> steps, int atLeast) {
        int qubits = steps.stream().flatMapToInt(s -> Arrays.stream(s.qubits())).max().orElse(0) + 1;
        int[] last = new int[Math.max(qubits, atLeast)];
        Arrays.fill(last, -1);
        int[][] before = new int[steps.size()][];
        int[][] after = new int[steps.size()][];
        for (int i = 0; i < steps.size(); i++) {
            int[] on = steps.get(i).qubits();
            before[i] = new int[on.length];
            after[i] = new int[on.length];
            Arrays.fill(after[i], -1);
            for (int k = 0; k < on.length; k++) {
                before[i][k] = last[on[k]];
                if (last[on[k]] >= 0) {
                    after[last[on[k]]][indexOf(steps.get(last[on[k]]).qubits(), on[k])] = i;
                }
                last[on[k]] = i;
            }
        }
        boolean[] gone = new boolean[steps.size()];
        Operation[] replaced = steps.toArray(Operation[]::new);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Operation.Gate g && g.name().equals("cx")
                    && hadamard(steps, gone, before[i][0]) && hadamard(steps, gone, before[i][1])
                    && hadamard(steps, gone, after[i][0]) && hadamard(steps, gone, after[i][1])) {
                for (int k = 0; k < 2; k++) {
                    gone[before[i][k]] = true;
                    gone[after[i][k]] = true;
                }
                replaced[i] = Operation.Gate.of("cx", g.qubits()[1], g.qubits()[0]);
            }
        }
        List<Operation> result = new ArrayList<>();
        for (int i = 0; i < replaced.length; i++) {
            if (!gone[i]) {
                result.add(replaced[i]);
            }
        }
        return result;
    }

    private static int indexOf(int[] among, int value) {
        for (int i = 0; i < among.length; i++) {
            if (among[i] == value) {
                return i;
            }
        }
        throw new IllegalArgumentException("no " + value + " among " + Arrays.toString(among));
    }

    private static boolean hadamard(List<Operation> steps, boolean[] gone, int i) {
        return i >= 0 && !gone[i] && steps.get(i) instanceof Operation.Gate g && g.name().equals("h");
    }
}
