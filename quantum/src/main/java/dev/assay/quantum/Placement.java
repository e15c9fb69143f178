package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which part of a device each qubit may go to. Qubits that meet, even by way of others, must lie in one connected part;
 * groups of them are laid into the parts largest first.
 */
final class Placement {
    private final Topology device;
    /** By physical qubit. */
    private final int[] part;
    /** By logical qubit. */
    private final int[] assigned;

    /** @throws MappingException when the groups do not fit */
    Placement(Interactions dag, Topology device, String deviceName) {
        this.device = device;
        this.part = parts(device);
        int parts = Arrays.stream(part).max().orElse(-1) + 1;
        if (dag.qubits > device.size) {
            throw new MappingException("the circuit has " + dag.qubits + " qubits and the device " + deviceName
                    + " only " + device.size + "; take a larger device");
        }
        this.assigned = new int[dag.qubits];
        if (parts > 1) {
            pack(parts(Embedding.meetings(dag)), parts, deviceName);
        }
    }

    private static int[] parts(Topology graph) {
        int[] part = new int[graph.size];
        Arrays.fill(part, -1);
        int parts = 0;
        for (int p = 0; p < graph.size; p++) {
            if (part[p] < 0) {
                for (int q = 0; q < graph.size; q++) {
                    if (graph.distance(p, q) < Topology.UNREACHABLE) {
                        part[q] = parts;
                    }
                }
                parts++;
            }
        }
        return part;
    }

    private void pack(int[] groupOf, int parts, String deviceName) {
        int[] room = new int[parts];
        for (int p : part) {
            room[p]++;
        }
        List<List<Integer>> groups = new ArrayList<>();
        for (int q = 0; q < groupOf.length; q++) {
            while (groups.size() <= groupOf[q]) {
                groups.add(new ArrayList<>());
            }
            groups.get(groupOf[q]).add(q);
        }
        groups.sort(Comparator.comparingInt((List<Integer> g) -> -g.size()));
        String rooms = Arrays.toString(room);
        for (List<Integer> group : groups) {
            // Into the fullest part that still takes it, which leaves the large rooms for large groups.
            int best = -1;
            for (int i = 0; i < parts; i++) {
                if (room[i] >= group.size() && (best < 0 || room[i] < room[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                throw new MappingException("the device " + deviceName + " is not connected: its parts have " + rooms
                        + " qubits, and " + group.size() + " qubits of the circuit that meet (among them qubit "
                        + group.getFirst() + ") find no part with room for them; take a connected device or split the"
                        + " circuit");
            }
            room[best] -= group.size();
            for (int q : group) {
                assigned[q] = best;
            }
        }
    }

    /** Whether the qubit may go there; numbers beyond the qubits stand for empty places, which may be anywhere. */
    boolean allows(int qubit, int place) {
        return qubit >= assigned.length || part[place] == assigned[qubit];
    }

    /** A layout of close places around a random one, in random order. */
    int[] random(SplittableRandom random) {
        int[] layout = new int[assigned.length];
        int parts = Arrays.stream(part).max().orElse(0) + 1;
        for (int i = 0; i < parts; i++) {
            fill(layout, i, random);
        }
        return layout;
    }

    private void fill(int[] layout, int which, SplittableRandom random) {
        int[] qubits = java.util.stream.IntStream.range(0, layout.length).filter(q -> assigned[q] == which).toArray();
        int[] places = java.util.stream.IntStream.range(0, part.length).filter(p -> part[p] == which).toArray();
        if (qubits.length == 0) {
            return;
        }
        int centre = places[random.nextInt(places.length)];
        long[] order = new long[places.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) device.distance(centre, places[i]) << 48 | (long) random.nextInt(1 << 16) << 32
                    | places[i];
        }
        Arrays.sort(order);
        for (int i = 0; i < qubits.length; i++) {
            int j = i + random.nextInt(qubits.length - i);
            long held = order[i];
            order[i] = order[j];
            order[j] = held;
            layout[qubits[i]] = (int) order[i];
        }
    }
}
