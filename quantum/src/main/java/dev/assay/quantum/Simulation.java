package dev.assay.quantum;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * State vectors: what a circuit does to a random state, compared with what its mapped version does. Places that hold
 * nothing stay in state zero and need no amplitudes, since only swaps touch them.
 */
final class Simulation {
    static final int MOST_QUBITS = 14;
    private static final double TOLERANCE = 1e-6;

    private final double[] real;
    private final double[] imaginary;

    private Simulation(double[] real, double[] imaginary) {
        this.real = real;
        this.imaginary = imaginary;
    }

    /** Whether the circuit is small enough and made of known gates alone; measurements at any place do not matter. */
    static boolean possible(Circuit circuit, long mostUpdates) {
        int active = active(circuit).length;
        return active > 0 && active <= MOST_QUBITS && circuit.operations().stream().allMatch(Simulation::simulated)
                && (long) circuit.operations().size() << active <= mostUpdates;
    }

    /** The qubits that gates act on; the others stay what they are. */
    private static int[] active(Circuit circuit) {
        return circuit.operations().stream().filter(Operation.Gate.class::isInstance)
                .flatMapToInt(o -> java.util.Arrays.stream(o.qubits())).distinct().sorted().toArray();
    }

    private static boolean simulated(Operation operation) {
        return switch (operation) {
            case Operation.Gate gate -> Matrices.known(gate.name());
            case Operation.Measure _,Operation.Barrier _,Operation.Delay _ -> true;
            case Operation.Reset _,Operation.Conditional _ -> false;
        };
    }

    /** What differs, if anything does. */
    static Optional<String> compare(Circuit original, Circuit mapped, int[] initial, int[] last) {
        int[] active = active(original);
        Simulation wanted = random(active.length, 42);
        Simulation given = random(active.length, 42);
        int[] axisBefore = new int[original.qubits()];
        int[] axisOf = new int[mapped.qubits()];
        java.util.Arrays.fill(axisOf, -1);
        for (int axis = 0; axis < active.length; axis++) {
            axisBefore[active[axis]] = axis;
            axisOf[initial[active[axis]]] = axis;
        }
        wanted.run(original.operations(), axisBefore);
        if (!given.run(mapped.operations(), axisOf)) {
            return Optional.of("a gate acts on a place that holds nothing");
        }
        // A swap gate renames axes, in the original as well as in the mapped circuit.
        int[] axes = new int[active.length];
        int[] axisAtEnd = new int[active.length];
        for (int i = 0; i < active.length; i++) {
            axes[i] = axisBefore[active[i]];
            axisAtEnd[i] = axisOf[last[active[i]]];
            if (axisAtEnd[i] < 0) {
                return Optional.of("logical qubit " + active[i] + " is not where the final layout says");
            }
        }
        double fidelity = wanted.fidelity(given, axes, axisAtEnd);
        return Math.abs(fidelity - 1) < TOLERANCE
                ? Optional.empty()
                : Optional.of("on a random state the outputs differ: fidelity " + fidelity + " instead of 1");
    }

    /** All qubits in state zero. */
    static Simulation zero(int qubits) {
        double[] re = new double[1 << qubits];
        re[0] = 1;
        return new Simulation(re, new double[1 << qubits]);
    }

    static Simulation random(int qubits, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] re = new double[1 << qubits];
        double[] im = new double[1 << qubits];
        double norm = 0;
        for (int i = 0; i < re.length; i++) {
            re[i] = random.nextGaussian();
            im[i] = random.nextGaussian();
            norm += re[i] * re[i] + im[i] * im[i];
        }
        double scale = 1 / Math.sqrt(norm);
        for (int i = 0; i < re.length; i++) {
            re[i] *= scale;
            im[i] *= scale;
        }
        return new Simulation(re, im);
    }

    /** Runs gates; a swap of places exchanges what the axes mean, which is exact. False when a gate has no axis. */
    boolean run(List<Operation> steps, int[] axisOf) {
        for (Operation step : steps) {
            if (!(step instanceof Operation.Gate gate)) {
                continue;
            }
            int a = axisOf[gate.qubits()[0]];
            if (gate.qubits().length == 1) {
                if (a < 0) {
                    return false;
                }
                one(a, Matrices.one(gate.name(), gate.angles()));
                continue;
            }
            int b = axisOf[gate.qubits()[1]];
            if (gate.name().equals("swap")) {
                axisOf[gate.qubits()[0]] = b;
                axisOf[gate.qubits()[1]] = a;
                continue;
            }
            if (a < 0 || b < 0) {
                return false;
            }
            two(a, b, Matrices.two(gate.name(), gate.angles()));
        }
        return true;
    }

    /** A 2 by 2 matrix, rows first, real and imaginary parts alternating. */
    private void one(int axis, double[] m) {
        int bit = 1 << axis;
        for (int i = 0; i < real.length; i++) {
            if ((i & bit) == 0) {
                pair(i, i | bit, m);
            }
        }
    }

    private void pair(int i, int j, double[] m) {
        double ar = real[i];
        double ai = imaginary[i];
        double br = real[j];
        double bi = imaginary[j];
        real[i] = m[0] * ar - m[1] * ai + m[2] * br - m[3] * bi;
        imaginary[i] = m[0] * ai + m[1] * ar + m[2] * bi + m[3] * br;
        real[j] = m[4] * ar - m[5] * ai + m[6] * br - m[7] * bi;
        imaginary[j] = m[4] * ai + m[5] * ar + m[6] * bi + m[7] * br;
    }

    /** A 4 by 4 matrix on (first, second), index 2 x first + second. */
    private void two(int first, int second, double[] m) {
        int high = 1 << first;
        int low = 1 << second;
        double[] r = new double[4];
        double[] s = new double[4];
        for (int i = 0; i < real.length; i++) {
            if ((i & (high | low)) != 0) {
                continue;
            }
            int[] at = {i, i | low, i | high, i | high | low};
            for (int row = 0; row < 4; row++) {
                r[row] = 0;
                s[row] = 0;
                for (int column = 0; column < 4; column++) {
                    double mr = m[8 * row + 2 * column];
                    double mi = m[8 * row + 2 * column + 1];
                    r[row] += mr * real[at[column]] - mi * imaginary[at[column]];
                    s[row] += mr * imaginary[at[column]] + mi * real[at[column]];
                }
            }
            for (int row = 0; row < 4; row++) {
                real[at[row]] = r[row];
                imaginary[at[row]] = s[row];
            }
        }
    }

    /** Squared overlap with another state, reading logical qubit q on the given axis of each. */
    double fidelity(Simulation other, int[] axes, int[] otherAxes) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < real.length; i++) {
            int here = 0;
            int there = 0;
            for (int q = 0; q < axes.length; q++) {
                here |= (i >> q & 1) << axes[q];
                there |= (i >> q & 1) << otherAxes[q];
            }
            re += real[here] * other.real[there] + imaginary[here] * other.imaginary[there];
            im += real[here] * other.imaginary[there] - imaginary[here] * other.real[there];
        }
        return re * re + im * im;
    }
}
