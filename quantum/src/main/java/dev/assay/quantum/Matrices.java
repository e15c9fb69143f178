package dev.assay.quantum;

/**
 * The matrices of the kept gates, written from their definitions (OpenQASM 2 paper, section 5; two-qubit gates as
 * controlled ones), independently of the decompositions in {@link StandardGates}, which are tested against them.
 * Rows first, real and imaginary parts alternating.
 */
final class Matrices {

    private Matrices() {}

    static boolean known(String gate) {
        return StandardGates.KEPT.containsKey(gate);
    }

    static double[] one(String gate, double[] a) {
        return switch (gate) {
            case "id", "u0" -> phase(0);
            case "x" -> new double[]{0, 0, 1, 0, 1, 0, 0, 0};
            case "y" -> new double[]{0, 0, 0, -1, 0, 1, 0, 0};
            case "z" -> phase(Math.PI);
            case "h" -> u(Math.PI / 2, 0, Math.PI);
            case "s" -> phase(Math.PI / 2);
            case "sdg" -> phase(-Math.PI / 2);
            case "t" -> phase(Math.PI / 4);
            case "tdg" -> phase(-Math.PI / 4);
            case "sx" -> new double[]{.5, .5, .5, -.5, .5, -.5, .5, .5};
            case "sxdg" -> new double[]{.5, -.5, .5, .5, .5, .5, .5, -.5};
            case "u1", "p" -> phase(a[0]);
            case "rx" -> u(a[0], -Math.PI / 2, Math.PI / 2);
            case "ry" -> u(a[0], 0, 0);
            case "rz" -> new double[]{Math.cos(a[0] / 2), -Math.sin(a[0] / 2), 0, 0, 0, 0, Math.cos(a[0] / 2),
                Math.sin(a[0] / 2)};
            case "u2" -> u(Math.PI / 2, a[0], a[1]);
            case "u3", "u" -> u(a[0], a[1], a[2]);
            default -> throw new IllegalArgumentException("no one-qubit gate " + gate);
        };
    }

    static double[] two(String gate, double[] a) {
        return switch (gate) {
            case "cx" -> controlled(one("x", a));
            case "cy" -> controlled(one("y", a));
            case "cz" -> controlled(one("z", a));
            case "ch" -> controlled(one("h", a));
            case "csx" -> controlled(one("sx", a));
            case "crx" -> controlled(one("rx", a));
            case "cry" -> controlled(one("ry", a));
            case "crz" -> controlled(one("rz", a));
            case "cu1", "cp" -> controlled(phase(a[0]));
            case "cu3" -> controlled(u(a[0], a[1], a[2]));
            case "cu" -> controlled(times(a[3], u(a[0], a[1], a[2])));
            case "swap" -> {
                double[] m = new double[32];
                m[0] = 1;
                m[8 + 4] = 1;
                m[16 + 2] = 1;
                m[30] = 1;
                yield m;
            }
            case "rzz" -> {
                double[] m = new double[32];
                for (int i = 0; i < 4; i++) {
                    m[10 * i] = Math.cos(a[0] / 2);
                    m[10 * i + 1] = (i == 0 || i == 3 ? -1 : 1) * Math.sin(a[0] / 2);
                }
                yield m;
            }
            case "rxx" -> {
                double[] m = new double[32];
                for (int i = 0; i < 4; i++) {
                    m[10 * i] = Math.cos(a[0] / 2);
                    m[8 * i + 2 * (3 - i) + 1] = -Math.sin(a[0] / 2);
                }
                yield m;
            }
            default -> throw new IllegalArgumentException("no two-qubit gate " + gate);
        };
    }

    private static double[] phase(double angle) {
        return new double[]{1, 0, 0, 0, 0, 0, Math.cos(angle), Math.sin(angle)};
    }

    private static double[] u(double theta, double phi, double lambda) {
        double c = Math.cos(theta / 2);
        double s = Math.sin(theta / 2);
        return new double[]{c, 0, -s * Math.cos(lambda), -s * Math.sin(lambda), s * Math.cos(phi), s * Math.sin(phi),
            c * Math.cos(phi + lambda), c * Math.sin(phi + lambda)};
    }

    private static double[] times(double angle, double[] m) {
        double[] turned = new double[m.length];
        for (int i = 0; i < m.length; i += 2) {
            turned[i] = m[i] * Math.cos(angle) - m[i + 1] * Math.sin(angle);
            turned[i + 1] = m[i] * Math.sin(angle) + m[i + 1] * Math.cos(angle);
        }
        return turned;
    }

    private static double[] controlled(double[] m) {
        double[] all = new double[32];
        all[0] = 1;
        all[10] = 1;
        System.arraycopy(m, 0, all, 16 + 4, 4);
        System.arraycopy(m, 4, all, 24 + 4, 4);
        return all;
    }
}
