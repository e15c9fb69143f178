package dev.assay.quantum;

import dev.assay.quantum.Operation.Gate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Powers of one-qubit gates that are not whole: each eigenvalue exp(ia), -pi < a <= pi, becomes exp(ika). What comes out
 * is a global phase and a gate u.
 */
final class GatePower {
    private static final double TINY = 1e-9;
    /** Controlled gates whose controlled part is a one-qubit gate with the same angles. */
    private static final Map<String, String> CONTROLLED = Map.of("cx", "x", "cy", "y", "cz", "z", "ch", "h", "csx",
            "sx",
            "cp", "p", "cu1", "p", "crx", "rx", "cry", "ry", "crz", "rz");

    private GatePower() {}

    /** The gate that this one controls, on the target. */
    static Optional<Gate> controlled(Gate gate) {
        String inner = gate.name().equals("cu3") ? "u3" : CONTROLLED.get(gate.name());
        return inner == null
                ? Optional.empty()
                : Optional.of(new Gate(inner, gate.angles(), new int[]{gate.qubits()[1]}));
    }

    /** @throws MappingException when the gates act on more than one qubit or are not known */
    static List<Gate> of(List<Gate> gates, double power) {
        int qubit = -1;
        double phase = 0;
        double[] product = {1, 0, 0, 0, 0, 0, 1, 0};
        for (Gate gate : gates) {
            if (gate.name().equals("gphase")) {
                phase += gate.angles()[0];
                continue;
            }
            if (gate.qubits().length != 1 || qubit >= 0 && qubit != gate.qubits()[0] || !Matrices.known(gate.name())) {
                throw new MappingException("pow(" + power
                        + ") of what acts on several qubits, or of an opaque gate, cannot"
                        + " be read here; powers that are not whole are those of one-qubit and controlled gates");
            }
            qubit = gate.qubits()[0];
            product = times(Matrices.one(gate.name(), gate.angles()), product);
        }
        if (qubit < 0) {
            return List.of(new Gate("gphase", new double[]{power * principal(phase)}, new int[0]));
        }
        return gates(raised(times(new double[]{Math.cos(phase), Math.sin(phase), 0, 0, 0, 0, Math.cos(phase),
            Math.sin(phase)}, product), power), qubit);
    }

    private static double principal(double angle) {
        double wrapped = Math.IEEEremainder(angle, 2 * Math.PI);
        return wrapped <= -Math.PI + TINY ? wrapped + 2 * Math.PI : wrapped;
    }

    /** Two 2 by 2 matrices, rows first, real and imaginary parts alternating. */
    private static double[] times(double[] a, double[] b) {
        double[] c = new double[8];
        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 2; column++) {
                for (int k = 0; k < 2; k++) {
                    int left = 4 * row + 2 * k;
                    int right = 4 * k + 2 * column;
                    c[4 * row + 2 * column] += a[left] * b[right] - a[left + 1] * b[right + 1];
                    c[4 * row + 2 * column + 1] += a[left] * b[right + 1] + a[left + 1] * b[right];
                }
            }
        }
        return c;
    }

    /**
     * U = exp(ia) (cos b - i sin b n.s) for a unit vector n and the Pauli matrices s, so that its eigenvalues are
     * exp(i(a - b)) and exp(i(a + b)) with the projections (1 + n.s) / 2 and (1 - n.s) / 2.
     */
    private static double[] raised(double[] u, double power) {
        double determinantReal = u[0] * u[6] - u[1] * u[7] - u[2] * u[4] + u[3] * u[5];
        double determinantImaginary = u[0] * u[7] + u[1] * u[6] - u[2] * u[5] - u[3] * u[4];
        double a = Math.atan2(determinantImaginary, determinantReal) / 2;
        double[] special = times(new double[]{Math.cos(a), -Math.sin(a), 0, 0, 0, 0, Math.cos(a), -Math.sin(a)}, u);
        double x = -(special[3] + special[5]) / 2;
        double y = (special[4] - special[2]) / 2;
        double z = (special[7] - special[1]) / 2;
        double sine = Math.sqrt(x * x + y * y + z * z);
        double b = Math.atan2(sine, (special[0] + special[6]) / 2);
        double[] n = sine < TINY ? new double[]{0, 0, 1} : new double[]{x / sine, y / sine, z / sine};
        double first = power * principal(a - b);
        double second = power * principal(a + b);
        double[] result = new double[8];
        add(result, first, n, 1);
        add(result, second, n, -1);
        return result;
    }

    /** Adds exp(i angle) (1 + sign n.s) / 2. */
    private static void add(double[] to, double angle, double[] n, int sign) {
        double[] projection = {(1 + sign * n[2]) / 2, 0, sign * n[0] / 2, -sign * n[1] / 2, sign * n[0] / 2,
            sign * n[1] / 2, (1 - sign * n[2]) / 2, 0};
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int i = 0; i < 8; i += 2) {
            to[i] += cos * projection[i] - sin * projection[i + 1];
            to[i + 1] += sin * projection[i] + cos * projection[i + 1];
        }
    }

    /** A phase and u(theta, phi, lambda) that together are this matrix. */
    private static List<Gate> gates(double[] m, int qubit) {
        double theta = 2 * Math.atan2(Math.hypot(m[4], m[5]), Math.hypot(m[0], m[1]));
        boolean upright = Math.hypot(m[0], m[1]) > TINY;
        double phase = upright ? Math.atan2(m[1], m[0]) : Math.atan2(m[5], m[4]);
        boolean diagonal = Math.hypot(m[4], m[5]) <= TINY;
        double phi = upright && !diagonal ? Math.atan2(m[5], m[4]) - phase : 0;
        double lambda = (diagonal ? Math.atan2(m[7], m[6]) : Math.atan2(-m[3], -m[2])) - phase;
        List<Gate> gates = new ArrayList<>();
        gates.add(new Gate("gphase", new double[]{phase}, new int[0]));
        gates.add(new Gate("u", new double[]{theta, phi, lambda}, new int[]{qubit}));
        return gates;
    }
}
