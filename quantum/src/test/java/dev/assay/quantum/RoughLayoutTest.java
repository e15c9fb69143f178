package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoughLayoutTest {
    @Test
    void pairsThatMisleadCostLittleMoreThanThemselves() {
        for (Device device : List.of(Shapes.heavyHex(5), Shapes.grid(5, 5), Shapes.sycamore(4, 5))) {
            for (int seed = 1; seed <= 2; seed++) {
                Topology topology = device.topology();
                SplittableRandom random = new SplittableRandom(seed);
                Wishes pairs = disguised(topology, random, 3);
                int[] layout = rough(topology, pairs, seed).find(300, () -> false);
                assertThat(Arrays.stream(layout).sorted().toArray()).as(device.name())
                        .isEqualTo(IntStream.range(0, topology.size).toArray());
                assertThat(rough(topology, pairs, seed).violated(layout)).as(device.name() + " seed " + seed)
                        .isBetween(1, 8);
            }
        }
    }

    /** The couplings of a device under other names, a tenth left out, and some pairs that are none. */
    private static Wishes disguised(Topology device, SplittableRandom random, int wrong) {
        int[] name = IntStream.range(0, device.size).toArray();
        for (int i = name.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int held = name[i];
            name[i] = name[j];
            name[j] = held;
        }
        Wishes pairs = new Wishes(device.size);
        for (int p = 0; p < device.size; p++) {
            for (int i = device.start[p]; i < device.start[p + 1]; i++) {
                if (p < device.neighbour[i] && random.nextInt(10) > 0) {
                    pairs.add(name[p], name[device.neighbour[i]]);
                }
            }
        }
        for (int added = 0; added < wrong;) {
            int p = random.nextInt(device.size);
            int r = random.nextInt(device.size);
            if (device.distance(p, r) > 2) {
                pairs.add(name[p], name[r]);
                added++;
            }
        }
        return pairs;
    }

    private static RoughLayout rough(Topology device, Wishes pairs, long seed) {
        Interactions nothing = new Interactions.Builder(device.size, device.size).build();
        return new RoughLayout(device, new Placement(nothing, device, "device"), pairs, seed);
    }
}
