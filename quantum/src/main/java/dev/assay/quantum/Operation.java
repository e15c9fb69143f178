package dev.assay.quantum;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One step of a circuit. Qubits and bits are numbered through all registers, from 0. */
public sealed interface Operation {
    /** What most steps have. */
    int[] NO_BITS = {};

    /** The qubits that it acts on, in the order of its arguments. */
    int[] qubits();

    /** The bits that it reads or writes, those of bodies included; each once. */
    default int[] bits() {
        return NO_BITS;
    }

    /** The same step on other qubits: qubit q becomes {@code to[q]}. */
    Operation on(int[] to);

    /**
     * A unitary gate by its name in lower case.
     *
     * @param angles in radians, finite
     */
    record Gate(String name, double[] angles, int[] qubits) implements Operation {
        static final double[] NO_ANGLES = {};

        public Gate {
            for (double angle : angles) {
                if (!Double.isFinite(angle)) {
                    throw new IllegalArgumentException("an angle of " + name + " must be finite, not " + angle);
                }
            }
        }

        static Gate of(String name, int... qubits) {
            return new Gate(name, NO_ANGLES, qubits);
        }

        @Override
        public Gate on(int[] to) {
            return new Gate(name, angles, move(qubits, to));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Gate g && name.equals(g.name) && Arrays.equals(angles, g.angles)
                    && Arrays.equals(qubits, g.qubits);
        }

        @Override
        public int hashCode() {
            return (name.hashCode() * 31 + Arrays.hashCode(angles)) * 31 + Arrays.hashCode(qubits);
        }

        @Override
        public String toString() {
            return name + (angles.length == 0 ? "" : Arrays.toString(angles)) + " " + Arrays.toString(qubits);
        }
    }

    /** Reads a qubit into a bit. */
    record Measure(int qubit, int bit) implements Operation {
        @Override
        public int[] qubits() {
            return new int[]{qubit};
        }

        @Override
        public int[] bits() {
            return new int[]{bit};
        }

        @Override
        public Measure on(int[] to) {
            return new Measure(to[qubit], bit);
        }
    }

    /** Returns a qubit to zero. */
    record Reset(int qubit) implements Operation {
        @Override
        public int[] qubits() {
            return new int[]{qubit};
        }

        @Override
        public Reset on(int[] to) {
            return new Reset(to[qubit]);
        }
    }

    /** Lets nothing on these qubits pass it. */
    record Barrier(int[] qubits) implements Operation {
        @Override
        public Barrier on(int[] to) {
            return new Barrier(move(qubits, to));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Barrier b && Arrays.equals(qubits, b.qubits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(qubits);
        }

        @Override
        public String toString() {
            return "barrier " + Arrays.toString(qubits);
        }
    }

    /** Keeps a qubit idle for a time, as written: an amount of ns, us, ms, s or dt (the device's own tick). */
    record Delay(int qubit, double amount, String unit) implements Operation {
        public Delay {
            if (!(amount >= 0) || Double.isInfinite(amount)) {
                throw new IllegalArgumentException("a delay is zero or more, not " + amount + unit);
            }
        }

        @Override
        public int[] qubits() {
            return new int[]{qubit};
        }

        @Override
        public Delay on(int[] to) {
            return new Delay(to[qubit], amount, unit);
        }
    }

    /** One of two bodies, by what was measured. */
    record Conditional(Condition condition, List<Operation> then, List<Operation> otherwise) implements Operation {
        public Conditional {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }

        /** Whether it is one plain step under a condition, which can be routed like the step itself. */
        boolean simple() {
            return then.size() == 1 && otherwise.isEmpty() && !(then.getFirst() instanceof Conditional)
                    && !(then.getFirst() instanceof Barrier);
        }

        @Override
        public int[] qubits() {
            if (simple()) {
                return then.getFirst().qubits();
            }
            TreeSet<Integer> all = new TreeSet<>();
            for (List<Operation> body : List.of(then, otherwise)) {
                for (Operation operation : body) {
                    Arrays.stream(operation.qubits()).forEach(all::add);
                }
            }
            return all.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public int[] bits() {
            return IntStream.concat(Arrays.stream(condition.bits()), Stream.of(then, otherwise)
                    .flatMap(List::stream).flatMapToInt(o -> Arrays.stream(o.bits()))).distinct().toArray();
        }

        @Override
        public Conditional on(int[] to) {
            return new Conditional(condition, then.stream().map(o -> o.on(to)).toList(),
                    otherwise.stream().map(o -> o.on(to)).toList());
        }
    }

    private static int[] move(int[] qubits, int[] to) {
        int[] moved = new int[qubits.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = to[qubits[i]];
        }
        return moved;
    }
}
