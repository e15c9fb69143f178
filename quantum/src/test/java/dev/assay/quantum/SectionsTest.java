package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class SectionsTest {
    private static final long WORK = 60_000_000;

    @Test
    void circuitsThatNeedFewSwapsGetLessThanFiveTimesAsMany() {
        for (Device device : List.of(Shapes.grid(4, 4), Shapes.sycamore(4, 4), Shapes.heavyHex(3))) {
            for (int perSwap : new int[]{12, 60}) {
                Interactions dag = interactions(KnownOptimum.circuit(device, 3, 3 * perSwap, 2));
                List<Route> routes = search(dag, device, 1000);
                assertThat(routes).as(device.name()).isNotEmpty().allSatisfy(
                        route -> assertThat(done(dag, device.topology(), route)).isEqualTo(dag.size));
                assertThat(routes.stream().mapToInt(Route::count).min().orElseThrow()).as(device.name())
                        .isBetween(3, 14);
            }
        }
    }

    @Test
    void longCircuitsOnSparseDevicesToo() {
        Device device = Shapes.heavyHex(5);
        Interactions dag = interactions(KnownOptimum.circuit(device, 4, 300, 21));
        List<Route> routes = search(dag, device, 1000, 6 * WORK);
        assertThat(routes).isNotEmpty().allSatisfy(
                route -> assertThat(done(dag, device.topology(), route)).isEqualTo(dag.size));
        assertThat(routes.stream().mapToInt(Route::count).min().orElseThrow()).isBetween(4, 19);
    }

    @Test
    void aCircuitThatIsOneSectionNeedsNoSwap() {
        Device device = Shapes.sycamore(4, 4);
        assertThat(search(interactions(KnownOptimum.circuit(device, 0, 60, 5)), device, 1000)).singleElement()
                .extracting(Route::count).isEqualTo(0);
    }

    @Test
    void whereManySwapsAreNeededNothingIsTried() {
        SplittableRandom random = new SplittableRandom(1);
        Interactions.Builder builder = new Interactions.Builder(16, 16);
        for (int i = 0; i < 3000; i++) {
            int a = random.nextInt(16);
            int b = (a + 1 + random.nextInt(15)) % 16;
            builder.add(a, b, a, b);
        }
        Device device = Shapes.line(16);
        Topology line = device.topology();
        Interactions dag = builder.build();
        SectionSearch search = new SectionSearch(dag, line, new Placement(dag, line, "line"), 1, () -> false);
        assertThat(search.run(500, WORK, SectionsTest::inTurn)).isEmpty();
        assertThat(search.work()).isLessThan(WORK / 10);
    }

    private static Interactions interactions(Circuit circuit) {
        return new Program(circuit.operations(), circuit.qubits(), circuit.bits()).interactions;
    }

    private static List<Route> search(Interactions dag, Device device, int known) {
        return search(dag, device, known, WORK);
    }

    private static List<Route> search(Interactions dag, Device device, int known, long work) {
        Topology topology = device.topology();
        Placement placement = new Placement(dag, topology, device.name());
        return new SectionSearch(dag, topology, placement, 1, () -> false).run(known, work, SectionsTest::inTurn);
    }

    private static long inTurn(List<Callable<Long>> tasks) {
        List<Long> work = new ArrayList<>();
        for (Callable<Long> task : tasks) {
            try {
                work.add(task.call());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        return work.stream().mapToLong(Long::longValue).sum();
    }

    private static int done(Interactions dag, Topology device, Route route) {
        Walk walk = new Walk(dag, device);
        int[] layout = route.start().clone();
        walk.begin();
        int done = walk.advance(layout);
        for (int i = 0; i < route.swaps().length; i += 2) {
            assertThat(device.adjacent(route.swaps()[i], route.swaps()[i + 1])).isTrue();
            Route.exchange(layout, route.swaps()[i], route.swaps()[i + 1]);
            walk.begin();
            done += walk.advance(layout);
        }
        return done;
    }
}
