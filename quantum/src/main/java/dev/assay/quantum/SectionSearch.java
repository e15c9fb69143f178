package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * Whether and how a search by {@link Sections} is worth it. Cutting the nodes into sections costs little and tells
 * how few swaps may suffice; then a quick search from several anchors shows whether that can be had, and only when it
 * does better than what is known, a longer one follows.
 */
final class SectionSearch {
    private static final int MOST_SECTIONS = 400;
    private static final int ANCHORS = 4;
    /** Parts of the expected nodes per swap: the less, the sooner an end, the more, the fewer swaps. */
    private static final double[] QUICK = {0.2, 0.5};
    private static final double[] LONG = {0.35, 0.5, 0.7, 0.85};

    private final Interactions dag;
    private final Topology device;
    private final Placement placement;
    private final SplittableRandom seeds;
    private final BooleanSupplier stopped;
    private final List<Route> found = new ArrayList<>();
    private long work;
    private int fewestConceivable;
    /** How many swaps a search that did not come to an end would need, if it went on as it began. */
    private double promise = Double.MAX_VALUE;

    SectionSearch(Interactions dag, Topology device, Placement placement, long seed, BooleanSupplier stopped) {
        this.dag = dag;
        this.device = device;
        this.placement = placement;
        this.seeds = new SplittableRandom(seed);
        this.stopped = stopped;
    }

    /** Steps of work done. */
    long work() {
        return work;
    }

    /** One swap between every two sections; fewer will not be found in this order of the nodes. */
    int fewestConceivable() {
        return fewestConceivable;
    }

    /**
     * Routes with fewer swaps than the best known, in no order.
     *
     * @param together runs tasks, each telling its work, and adds that up
     */
    List<Route> run(int known, long budget, ToLongFunction<List<Callable<Long>>> together) {
        Sections sections = sections();
        List<Stage> cut = sections.cut(Math.min(MOST_SECTIONS, known / 2), budget / 20);
        work = sections.work();
        if (cut == null) {
            return found;
        }
        if (cut.size() == 1) {
            found.add(cut.getFirst().route(sections.whole(cut.getFirst())));
            return found;
        }
        fewestConceivable = cut.size() - 1;
        double perSwap = dag.size / (double) cut.size();
        List<Stage> anchors = new ArrayList<>(cut);
        anchors.sort(Comparator.comparingInt(stage -> -stage.wishes.pairs()));
        int best = round(anchors.subList(0, Math.min(2, cut.size())), QUICK, perSwap, known, budget / 10, together);
        boolean promising = best < known || promise < known / 4.0;
        if (promising && best > fewestConceivable) {
            round(anchors.subList(0, Math.min(ANCHORS, cut.size())), LONG, perSwap, best, budget / 3, together);
        }
        return found;
    }

    /** Searches from every anchor in every way; returns the fewest swaps that are known then. */
    private int round(List<Stage> anchors, double[] patience, double perSwap, int known, long budget,
            ToLongFunction<List<Callable<Long>>> together) {
        List<Callable<Long>> tasks = new ArrayList<>();
        Route[] routes = new Route[anchors.size() * patience.length];
        double[] promises = new double[routes.length];
        long each = budget / routes.length;
        for (int i = 0; i < routes.length; i++) {
            int task = i;
            Sections search = sections();
            Stage anchor = anchors.get(i % anchors.size()).copy();
            double expected = perSwap * patience[i / anchors.size()];
            tasks.add(() -> {
                Route route = search.from(anchor, expected, known, each * 3 / 4);
                promises[task] = Double.MAX_VALUE;
                if (route == null && search.furthest() != null) {
                    Stage furthest = search.furthest();
                    promises[task] = (double) furthest.swaps() * dag.size / furthest.done();
                    route = search.from(furthest, 0, known, each / 4);
                }
                routes[task] = route;
                return search.work();
            });
        }
        work += together.applyAsLong(tasks);
        for (double one : promises) {
            promise = Math.min(promise, one);
        }
        int fewest = known;
        for (Route route : routes) {
            if (route != null) {
                found.add(route);
                fewest = Math.min(fewest, route.count());
            }
        }
        return fewest;
    }

    private Sections sections() {
        return new Sections(dag, device, placement, seeds.nextLong(), stopped);
    }
}
