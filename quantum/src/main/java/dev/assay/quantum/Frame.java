package dev.assay.quantum;

import java.util.Arrays;

/**
 * Where some swaps have carried whatever began at each place. Seen from the beginning, swaps do not move qubits but
 * change which places are neighbours, so what is done after them is a wish about the first layout like any other.
 */
final class Frame {
    /** Where that which began at a place is now, and the reverse. */
    final int[] at;
    final int[] began;
    /** By place: the places (a bit set) whose first occupants are now neighbours of its own. */
    final long[][] beside;

    private Frame(int[] at, int[] began, long[][] beside) {
        this.at = at;
        this.began = began;
        this.beside = beside;
    }

    /** Before any swap. */
    static Frame first(Topology device) {
        int[] same = java.util.stream.IntStream.range(0, device.size).toArray();
        Frame frame = new Frame(same, same, new long[device.size][]);
        for (int p = 0; p < device.size; p++) {
            frame.look(device, p);
        }
        return frame;
    }

    /** After one more swap, of what is now at p and at r. */
    Frame after(Topology device, int p, int r) {
        Frame frame = new Frame(at.clone(), began.clone(), beside.clone());
        frame.began[p] = began[r];
        frame.began[r] = began[p];
        frame.at[frame.began[p]] = p;
        frame.at[frame.began[r]] = r;
        frame.lookAround(device, p);
        frame.lookAround(device, r);
        return frame;
    }

    private void lookAround(Topology device, int p) {
        look(device, p);
        for (int i = device.start[p]; i < device.start[p + 1]; i++) {
            look(device, device.neighbour[i]);
        }
    }

    private void look(Topology device, int now) {
        long[] row = new long[(device.size + 63) / 64];
        for (int i = device.start[now]; i < device.start[now + 1]; i++) {
            int other = began[device.neighbour[i]];
            row[other >> 6] |= 1L << other;
        }
        beside[began[now]] = row;
    }

    boolean adjacent(int p, int r) {
        return (beside[p][r >> 6] & 1L << r) != 0;
    }

    /** Two frames in which the same places are neighbours. */
    boolean same(Frame other) {
        return Arrays.equals(at, other.at);
    }
}
