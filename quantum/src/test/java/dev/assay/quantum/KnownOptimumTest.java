package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownOptimumTest {
    private static final List<Device> SMALL = List.of(Shapes.line(4), Shapes.ring(5), Shapes.grid(2, 3),
            Shapes.line(5));

    @Test
    void exhaustiveSearchFindsExactlyTheStatedNumberOfSwaps() {
        for (Device device : SMALL) {
            for (int swaps = 0; swaps <= 3; swaps++) {
                for (int gates : new int[]{0, 25}) {
                    Circuit circuit = KnownOptimum.circuit(device, swaps, gates, 11 + swaps);
                    assertThat(fewest(circuit, device)).as("%d on %s", swaps, device.name()).isEqualTo(swaps);
                }
            }
        }
    }

    @Test
    void theSearchStaysNearTheOptimum() {
        Device device = Shapes.grid(4, 4);
        Circuit circuit = KnownOptimum.circuit(device, 4, 200, 3);
        Mapping mapping = Mapper.map(circuit, device,
                new MappingOptions(1, Duration.ofSeconds(4), 1, MappingOptions.Objective.SWAPS));
        assertThat(mapping.swaps()).isBetween(4, 20);
    }

    /** Breadth first over (layout, nodes done) from all layouts at once. */
    private static int fewest(Circuit circuit, Device device) {
        Program program = new Program(circuit.operations(), circuit.qubits(), 0);
        Topology topology = device.topology();
        List<int[]> layouts = new ArrayList<>();
        permute(new int[device.qubits()], 0, layouts);
        ArrayDeque<int[]> queue = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        for (int[] layout : layouts) {
            add(queue, seen, program.interactions, topology, layout, program.interactions.head, 0);
        }
        while (true) {
            int[] state = queue.poll();
            int qubits = circuit.qubits();
            int[] layout = Arrays.copyOf(state, qubits);
            int[] position = Arrays.copyOfRange(state, qubits, 2 * qubits);
            if (Arrays.stream(position).allMatch(p -> p == program.interactions.size)) {
                return state[2 * qubits];
            }
            for (int[] edge : device.undirected()) {
                int[] next = layout.clone();
                Route.exchange(next, edge[0], edge[1]);
                add(queue, seen, program.interactions, topology, next, position, state[2 * qubits] + 1);
            }
        }
    }

    private static void add(ArrayDeque<int[]> queue, Set<String> seen, Interactions dag, Topology topology,
            int[] layout, int[] position, int swaps) {
        Walk walk = new Walk(dag, topology);
        System.arraycopy(position, 0, walk.position, 0, position.length);
        walk.begin();
        walk.advance(layout);
        int[] state = Arrays.copyOf(layout, 2 * layout.length + 1);
        System.arraycopy(walk.position, 0, state, layout.length, layout.length);
        if (seen.add(Arrays.toString(Arrays.copyOf(state, 2 * layout.length)))) {
            state[2 * layout.length] = swaps;
            queue.add(state);
        }
    }

    private static void permute(int[] layout, int filled, List<int[]> all) {
        if (filled == layout.length) {
            all.add(layout.clone());
            return;
        }
        for (int p = 0; p < layout.length; p++) {
            int place = p;
            if (Arrays.stream(layout, 0, filled).noneMatch(x -> x == place)) {
                layout[filled] = p;
                permute(layout, filled + 1, all);
            }
        }
    }
}
