package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenSwappingTest {
    @Test
    void everyPermutationIsUndoneAlongCouplings() {
        for (long seed = 0; seed < 200; seed++) {
            Device device = Circuits.connected(new java.util.SplittableRandom(seed));
            Topology topology = device.topology();
            SplittableRandom random = new SplittableRandom(seed);
            int qubits = 1 + random.nextInt(topology.size);
            Interactions none = new Interactions.Builder(qubits, qubits).build();
            Placement placement = new Placement(none, topology, device.name());
            int[] from = placement.random(random);
            int[] to = placement.random(random);
            int distance = 0;
            for (int q = 0; q < qubits; q++) {
                distance += topology.distance(from[q], to[q]);
            }
            List<int[]> swaps = TokenSwapping.swaps(topology, from, to);
            for (int[] swap : swaps) {
                assertThat(topology.adjacent(swap[0], swap[1])).as("seed %d", seed).isTrue();
                Route.exchange(from, swap[0], swap[1]);
            }
            assertThat(from).as("seed %d", seed).isEqualTo(to);
            assertThat(swaps.size()).as("seed %d", seed).isLessThanOrEqualTo(4 * distance + 4 * topology.size);
        }
    }
}
