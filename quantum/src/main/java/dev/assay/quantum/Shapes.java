package dev.assay.quantum;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Coupling maps that follow a rule. */
final class Shapes {
    private Shapes() {}

    static Device line(int qubits) {
        check(qubits, 1);
        return Device.of("line-" + qubits, path(qubits), qubits, places(qubits, q -> q, q -> 0));
    }

    static Device ring(int qubits) {
        check(qubits, 3);
        List<Device.Edge> edges = path(qubits);
        edges.add(new Device.Edge(0, qubits - 1));
        return Device.of("ring-" + qubits, edges, qubits, circle(qubits));
    }

    static Device grid(int rows, int columns) {
        check(rows, 1);
        check(columns, 1);
        check((long) rows * columns, 1);
        List<Device.Edge> edges = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int q = r * columns + c;
                if (c + 1 < columns) {
                    edges.add(new Device.Edge(q, q + 1));
                }
                if (r + 1 < rows) {
                    edges.add(new Device.Edge(q, q + columns));
                }
            }
        }
        return Device.of("grid-" + rows + "x" + columns, edges, rows * columns,
                places(rows * columns, q -> q % columns, q -> q / columns));
    }

    static Device full(int qubits) {
        check(qubits, 1);
        if (qubits > 2048) {
            throw new DeviceException("a fully coupled device has at most 2048 qubits here, not " + qubits);
        }
        List<Device.Edge> edges = new ArrayList<>();
        for (int a = 0; a < qubits; a++) {
            for (int b = a + 1; b < qubits; b++) {
                edges.add(new Device.Edge(a, b));
            }
        }
        return Device.of("full-" + qubits, edges, qubits, circle(qubits));
    }

    /**
     * The heavy-hexagon lattice of code distance d (Chamberland et al., Phys. Rev. X 10, 011022, 2020): d rows of d data
     * qubits with a flag qubit between neighbours, and (d + 1) / 2 syndrome qubits between consecutive rows; in all
     * (5 d^2 - 2 d - 1) / 2, so 19, 57, 115, 193, ..., 1081 for d = 3, 5, 7, 9, ..., 21.
     */
    static Device heavyHex(int d) {
        if (d < 3 || d % 2 == 0 || d > 57) {
            throw new DeviceException("a heavy-hexagon lattice has an odd distance from 3 to 57, not " + d);
        }
        int row = 2 * d - 1;
        List<Device.Edge> edges = new ArrayList<>();
        for (int r = 0; r < d; r++) {
            for (int c = 0; c + 1 < row; c++) {
                edges.add(new Device.Edge(r * row + c, r * row + c + 1));
            }
        }
        int next = d * row;
        List<Device.Point> places = places(next, q -> q % row, q -> 2 * (q / row));
        for (int r = 0; r + 1 < d; r++) {
            // Syndrome qubits hang under every other flag qubit, and alternately at the right and left end of the rows.
            for (int i = 0; i < (d + 1) / 2; i++) {
                int column = r % 2 == 0 ? Math.min(4 * i + 1, row - 1) : Math.max(4 * i - 1, 0);
                edges.add(new Device.Edge(r * row + column, next));
                edges.add(new Device.Edge((r + 1) * row + column, next));
                places.add(new Device.Point(column, 2 * r + 1));
                next++;
            }
        }
        return Device.of("heavy-hex-" + d, edges, next, places);
    }

    /** A square lattice turned by 45 degrees, as on Sycamore: rows are shifted by half a step against each other. */
    static Device sycamore(int rows, int columns) {
        check(rows, 1);
        check(columns, 1);
        check((long) rows * columns, 1);
        List<Device.Edge> edges = new ArrayList<>();
        for (int r = 0; r + 1 < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int q = r * columns + c;
                edges.add(new Device.Edge(q, q + columns));
                int other = r % 2 == 0 ? c - 1 : c + 1;
                if (other >= 0 && other < columns) {
                    edges.add(new Device.Edge(q, (r + 1) * columns + other));
                }
            }
        }
        return Device.of("sycamore-" + rows + "x" + columns, edges, rows * columns,
                places(rows * columns, q -> 2 * (q % columns) + q / columns % 2, q -> q / columns));
    }

    private static List<Device.Point> places(int qubits, IntToDoubleFunction x, IntToDoubleFunction y) {
        List<Device.Point> places = new ArrayList<>();
        for (int q = 0; q < qubits; q++) {
            places.add(new Device.Point(x.applyAsDouble(q), y.applyAsDouble(q)));
        }
        return places;
    }

    /** Neighbours on the circle are 1 apart. */
    private static List<Device.Point> circle(int qubits) {
        double radius = qubits < 3 ? 0.5 : 0.5 / Math.sin(Math.PI / qubits);
        return places(qubits, q -> radius * Math.sin(2 * Math.PI * q / qubits),
                q -> -radius * Math.cos(2 * Math.PI * q / qubits));
    }

    private static List<Device.Edge> path(int qubits) {
        List<Device.Edge> edges = new ArrayList<>();
        for (int q = 0; q + 1 < qubits; q++) {
            edges.add(new Device.Edge(q, q + 1));
        }
        return edges;
    }

    private static void check(long size, int least) {
        if (size < least || size > Device.MOST_QUBITS) {
            throw new DeviceException("this shape has a size from " + least + " to " + Device.MOST_QUBITS
                    + " qubits, not " + size);
        }
    }
}
