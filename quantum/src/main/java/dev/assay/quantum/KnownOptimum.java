package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes circuits whose least number of swaps on a device is known, after the idea of QUBIKOS (Li et al.,
 * 2024), with a lower bound of one's own that needs no solver.
 *
 * <p>
 * <b>Construction.</b> A layout is kept. A <i>section</i> takes a qubit c that stands at a place p of the device's largest
 * degree D. First c meets all D neighbours of p, in random order. Then one neighbour of p exchanges its qubit with a place
 * that is neither p nor beside p (the section's one swap), and c meets the newcomer. Between sections a chain of gates
 * along couplings, each sharing a qubit with the one before, leads from c to the next section's centre. Filler gates
 * between qubits that are neighbours at the time go anywhere. With k sections, k swaps suffice: those of the
 * construction.
 *
 * <p>
 * <b>No fewer are possible.</b> All gates of a section lie on c, and chains lead from each section to the next, so the
 * gates of all sections are totally ordered: everything in section i comes before everything in section i + 1. Suppose
 * that no swap falls between the first and the last gate of a section. Then all its gates are done in one layout, and in
 * it c has D + 1 different neighbours, more than any place of the device. So every section has a swap of its own between
 * its first and last gate, and since sections do not overlap, there are at least k. Filler gates only add constraints.
 */
public final class KnownOptimum {
    private final Device device;
    private final Topology topology;
    private final SplittableRandom random;
    private final List<Operation> gates = new ArrayList<>();
    /** The logical qubit at each place. */
    private final int[] at;
    private final int[][] edges;

    private KnownOptimum(Device device, long seed) {
        this.device = device;
        this.topology = device.topology();
        this.random = new SplittableRandom(seed);
        this.edges = device.undirected();
        this.at = new int[device.qubits()];
        for (int p = 0; p < at.length; p++) {
            int other = random.nextInt(p + 1);
            at[p] = at[other];
            at[other] = p;
        }
    }

    /**
     * A circuit that needs exactly {@code swaps} swaps on this device.
     *
     * @param gates two-qubit gates that the circuit has at least; fillers are added up to it
     * @throws MappingException when the device has no place for the construction (every two qubits coupled)
     */
    public static Circuit circuit(Device device, int swaps, int gates, long seed) {
        if (swaps < 0 || swaps > 100_000 || gates < 0 || gates > 10_000_000) {
            throw new MappingException("a circuit of known optimum has 0 to 100000 swaps and 0 to 10000000 gates, not "
                    + swaps + " and " + gates);
        }
        return new KnownOptimum(device, seed).build(swaps, gates);
    }

    private Circuit build(int swaps, int least) {
        int[] centres = centres();
        if (swaps > 0 && centres.length == 0) {
            throw new MappingException("the device " + device.name()
                    + " has no qubit of largest degree with a place two"
                    + " couplings away, so no circuit needs a swap by this construction; take a sparser device");
        }
        int fillersEach = swaps == 0 ? least : Math.max(0, least / swaps - largestDegree() - 1);
        int last = -1;
        for (int section = 0; section < swaps; section++) {
            int centre = centres[random.nextInt(centres.length)];
            if (last >= 0) {
                chain(last, centre);
            }
            section(centre, fillersEach);
            last = centre;
        }
        fillers(swaps == 0 ? least : least - gates.size());
        return Circuit.of(device.qubits(), 0, gates);
    }

    private int largestDegree() {
        int largest = 0;
        for (int p = 0; p < topology.size; p++) {
            largest = Math.max(largest, topology.degree(p));
        }
        return largest;
    }

    private int[] centres() {
        int degree = largestDegree();
        return java.util.stream.IntStream.range(0, topology.size)
                .filter(p -> topology.degree(p) == degree && exchanges(p).length > 0).toArray();
    }

    /** Pairs of a neighbour of p and a place two couplings from p beside it. */
    private int[][] exchanges(int p) {
        return Arrays.stream(edges).flatMap(e -> java.util.stream.Stream.of(e, new int[]{e[1], e[0]}))
                .filter(e -> topology.distance(p, e[0]) == 1 && topology.distance(p, e[1]) == 2)
                .toArray(int[][]::new);
    }

    private void section(int p, int fillers) {
        int[] neighbours = Arrays.copyOfRange(topology.neighbour, topology.start[p], topology.start[p + 1]);
        for (int i = neighbours.length - 1; i >= 0; i--) {
            int j = random.nextInt(i + 1);
            gate(p, neighbours[j]);
            neighbours[j] = neighbours[i];
            fillers(fillers / neighbours.length / 2);
        }
        int[][] exchanges = exchanges(p);
        int[] exchange = exchanges[random.nextInt(exchanges.length)];
        int moved = at[exchange[0]];
        at[exchange[0]] = at[exchange[1]];
        at[exchange[1]] = moved;
        gate(p, exchange[0]);
        fillers(fillers / 2);
    }

    private void chain(int from, int to) {
        int place = from;
        while (place != to) {
            int next = topology.start[place];
            while (topology.distance(topology.neighbour[next], to) >= topology.distance(place, to)) {
                next++;
            }
            gate(place, topology.neighbour[next]);
            place = topology.neighbour[next];
        }
    }

    private void fillers(int count) {
        for (int i = 0; i < count; i++) {
            int[] edge = edges[random.nextInt(edges.length)];
            gate(edge[0], edge[1]);
        }
    }

    private void gate(int p, int r) {
        gates.add(random.nextBoolean() ? Operation.Gate.of("cx", at[p], at[r]) : Operation.Gate.of("cx", at[r], at[p]));
    }
}
