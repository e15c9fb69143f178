package dev.assay.quantum;

import java.util.Arrays;

/** Which qubits must be neighbours, and in which frames: what one first layout is to satisfy. */
final class Wishes {
    private static final int[] NONE = {};
    /** By qubit: the others that it must meet, and for each of those the numbers of the frames. */
    final int[][] partner;
    final int[][][] frames;

    private Wishes(int[][] partner, int[][][] frames) {
        this.partner = partner;
        this.frames = frames;
    }

    Wishes(int qubits) {
        this(new int[qubits][], new int[qubits][][]);
        Arrays.fill(partner, NONE);
        Arrays.fill(frames, new int[0][]);
    }

    /** Shares everything until one of the two changes. */
    Wishes copy() {
        return new Wishes(partner.clone(), frames.clone());
    }

    /** How many different pairs meet: the more, the fewer layouts. */
    int pairs() {
        return Arrays.stream(partner).mapToInt(partners -> partners.length).sum() / 2;
    }

    boolean has(int a, int b, int frame) {
        int i = indexOf(a, b);
        return i >= 0 && Arrays.stream(frames[a][i]).anyMatch(f -> f == frame);
    }

    void add(int a, int b, int frame) {
        if (!has(a, b, frame)) {
            addTo(a, b, frame);
            addTo(b, a, frame);
        }
    }

    private int indexOf(int a, int b) {
        for (int i = 0; i < partner[a].length; i++) {
            if (partner[a][i] == b) {
                return i;
            }
        }
        return -1;
    }

    private void addTo(int a, int b, int frame) {
        int i = indexOf(a, b);
        if (i < 0) {
            i = partner[a].length;
            partner[a] = Arrays.copyOf(partner[a], i + 1);
            partner[a][i] = b;
            frames[a] = Arrays.copyOf(frames[a], i + 1);
            frames[a][i] = NONE;
        } else {
            frames[a] = frames[a].clone();
        }
        frames[a][i] = Arrays.copyOf(frames[a][i], frames[a][i].length + 1);
        frames[a][i][frames[a][i].length - 1] = frame;
    }
}
