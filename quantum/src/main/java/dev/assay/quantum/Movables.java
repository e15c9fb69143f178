package dev.assay.quantum;

import java.util.Arrays;

/** The qubits that a search may move, numbered as they were added. */
final class Movables {
    static final int NONE = -1;
    final int[] qubit;
    /** By qubit, its number or NONE. */
    final int[] number;
    int count;

    Movables(int qubits) {
        qubit = new int[qubits];
        number = new int[qubits];
        Arrays.fill(number, NONE);
    }

    void add(int q) {
        if (number[q] == NONE) {
            number[q] = count;
            qubit[count++] = q;
        }
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            number[qubit[i]] = NONE;
        }
        count = 0;
    }
}
