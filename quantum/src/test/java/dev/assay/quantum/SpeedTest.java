package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * One routing pass over large circuits. {@code -Dassay.speed=true} warms up first and prints milliseconds; without it,
 * only the routes are checked.
 */
class SpeedTest {
    private static final boolean TIMED = Boolean.getBoolean("assay.speed");

    @Test
    void quantumVolumeOn115QubitsOfAHeavyHexagon() {
        pass("115 qubits, depth 100", volume(115, TIMED ? 100 : 5), Shapes.heavyHex(7).topology());
    }

    @Test
    void quantumVolumeOn1081QubitsOfAHeavyHexagon() {
        pass("1081 qubits, depth 10", volume(1081, TIMED ? 10 : 1), Shapes.heavyHex(21).topology());
    }

    @Test
    void timeGrowsWithTheGates() {
        for (int gates = TIMED ? 125_000 : 1000; gates <= (TIMED ? 1_000_000 : 2000); gates *= 2) {
            SplittableRandom random = new SplittableRandom(5);
            Interactions.Builder builder = new Interactions.Builder(20, 20);
            for (int i = 0; i < gates; i++) {
                int a = random.nextInt(20);
                int b = (a + 1 + random.nextInt(19)) % 20;
                builder.add(a, b, a, b);
            }
            pass("20 qubits, " + gates + " gates", builder.build(), Shapes.grid(4, 5).topology());
        }
    }

    private static Interactions volume(int qubits, int depth) {
        SplittableRandom random = new SplittableRandom(5);
        Interactions.Builder builder = new Interactions.Builder(qubits, qubits);
        int[] order = java.util.stream.IntStream.range(0, qubits).toArray();
        for (int layer = 0; layer < depth; layer++) {
            for (int i = qubits - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int held = order[i];
                order[i] = order[j];
                order[j] = held;
            }
            for (int i = 0; i + 1 < qubits; i += 2) {
                builder.add(order[i], order[i + 1], order[i], order[i + 1]);
            }
        }
        return builder.build();
    }

    private static void pass(String name, Interactions dag, Topology device) {
        int[] start = new Placement(dag, device, name).random(new SplittableRandom(1));
        long best = Long.MAX_VALUE;
        Route route = null;
        for (int i = 0; i < (!TIMED ? 1 : dag.size > 100_000 ? 3 : 7); i++) {
            long began = System.nanoTime();
            route = Greedy.route(dag, device, start, i, () -> false);
            best = Math.min(best, System.nanoTime() - began);
        }
        int[] done = new int[1];
        Walk walk = new Walk(dag, device);
        int[] layout = start.clone();
        int[] occupant = walk.occupants(layout);
        walk.begin();
        done[0] += walk.advance(layout);
        for (int i = 0; i < route.swaps().length; i += 2) {
            assertThat(device.adjacent(route.swaps()[i], route.swaps()[i + 1])).isTrue();
            walk.exchange(route.swaps()[i], route.swaps()[i + 1], occupant, layout);
            done[0] += walk.advance(layout);
        }
        assertThat(done[0]).isEqualTo(dag.size);
        if (TIMED) {
            System.out.println("one pass: " + name + ": " + best / 1_000_000 + " ms at best, " + route.count()
                    + " swaps");
        }
    }
}
