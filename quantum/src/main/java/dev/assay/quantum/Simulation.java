package dev.assay.quantum;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * State vectors: what a circuit does to a random state, compared with what its mapped version does. Places that hold
 * nothing stay in state zero and need no amplitudes, since only swaps touch them.
 *
 * <p>
 * Measurements, resets and branches are followed along one course of outcomes: the mapped circuit draws them, the
 * original must be able to have the same ones. Several courses are compared when there are any.
 */
final class Simulation {
    static final int MOST_QUBITS = 14;
    private static final int COURSES = 3;
    private static final double TOLERANCE = 1e-6;

    private final double[] real;
    private final double[] imaginary;

    private Simulation(double[] real, double[] imaginary) {
        this.real = real;
        this.imaginary = imaginary;
    }

    /** Whether the circuit is small enough and made of known gates alone. */
    static boolean possible(Circuit circuit, long mostUpdates) {
        List<Operation> steps = Circuit.flat(circuit.operations());
        int active = active(circuit).length;
        return active > 0 && active <= MOST_QUBITS
                && steps.stream().allMatch(s -> !(s instanceof Operation.Gate gate) || Matrices.known(gate.name()))
                && (long) steps.size() * courses(steps) << active <= mostUpdates;
    }

    private static int courses(List<Operation> steps) {
        return steps.stream().anyMatch(o -> o instanceof Operation.Measure || o instanceof Operation.Reset)
                ? COURSES
                : 1;
    }

    /** The qubits that gates, measurements and resets act on; the others stay what they are. */
    private static int[] active(Circuit circuit) {
        return Circuit.flat(circuit.operations()).stream()
                .filter(o -> !(o instanceof Operation.Barrier || o instanceof Operation.Delay))
                .flatMapToInt(o -> java.util.Arrays.stream(o.qubits())).distinct().sorted().toArray();
    }

    /** What differs, if anything does. */
    static Optional<String> compare(Circuit original, Circuit mapped, int[] initial, int[] last) {
        int courses = courses(Circuit.flat(original.operations()));
        for (int course = 0; course < courses; course++) {
            Optional<String> differs = compare(original, mapped, initial, last, 42 + course);
            if (differs.isPresent()) {
                return differs;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> compare(Circuit original, Circuit mapped, int[] initial, int[] last, long seed) {
        int[] active = active(original);
        int[] axisBefore = new int[original.qubits()];
        int[] axisOf = new int[mapped.qubits()];
        java.util.Arrays.fill(axisBefore, -1);
        java.util.Arrays.fill(axisOf, -1);
        for (int axis = 0; axis < active.length; axis++) {
            axisBefore[active[axis]] = axis;
            axisOf[initial[active[axis]]] = axis;
        }
        Course drawn = new Course(random(active.length, seed), axisOf, mapped.bits(), new SplittableRandom(seed));
        if (!drawn.run(mapped.operations())) {
            return Optional.of("a step acts on a place that holds nothing");
        }
        Course forced = drawn.again(random(active.length, seed), axisBefore, original.bits());
        if (!forced.run(original.operations())) {
            return Optional.of("the mapped circuit can measure what the original never measures");
        }
        if (!forced.hasSameBits(drawn)) {
            return Optional.of("with the same outcomes, the bits at the end differ");
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
        double fidelity = forced.state().fidelity(drawn.state(), axes, axisAtEnd);
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

    /** Applies a gate of one or two qubits to these axes. */
    void apply(Operation.Gate gate, int[] axes) {
        if (axes.length == 1) {
            one(axes[0], Matrices.one(gate.name(), gate.angles()));
        } else {
            two(axes[0], axes[1], Matrices.two(gate.name(), gate.angles()));
        }
    }

    /** The chance that measuring this axis gives 1. */
    double chanceOfOne(int axis) {
        double chance = 0;
        for (int i = 0; i < real.length; i++) {
            chance += (i >> axis & 1) == 0 ? 0 : real[i] * real[i] + imaginary[i] * imaginary[i];
        }
        return chance;
    }

    /** Leaves what has this value on the axis, which must have a chance above 0. */
    void project(int axis, boolean one, double chance) {
        double scale = 1 / Math.sqrt(chance);
        for (int i = 0; i < real.length; i++) {
            double factor = (i >> axis & 1) == (one ? 1 : 0) ? scale : 0;
            real[i] *= factor;
            imaginary[i] *= factor;
        }
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
