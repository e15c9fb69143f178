package dev.assay.quantum;

/** Many positions of a search side by side: layouts and how far each has come, in flat arrays. */
final class Beam {
    final short[] place;
    final int[] progress;
    final int[] left;
    final int[] trace;
    final long[] hash;
    int size;

    /**
     * @param capacity positions
     * @param qubits entries of {@link #place} per position: the physical qubit of each logical one
     * @param wires entries of {@link #progress} per position: the next node of each wire
     */
    Beam(int capacity, int qubits, int wires) {
        place = new short[Math.multiplyExact(capacity, qubits)];
        progress = new int[Math.multiplyExact(capacity, wires)];
        left = new int[capacity];
        trace = new int[capacity];
        hash = new long[capacity];
    }
}
