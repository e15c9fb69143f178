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
    private static final int ANCHORS = 8;
    private static final int ROUNDS = 3;
    /** Parts of the expected nodes per swap: the less, the sooner an end, the more, the fewer swaps. */
    private static final double[] QUICK = {0.5, 0.5, 0.2};
    private static final double[] LONG = {0.5, 0.7, 0.35, 0.85, 0.5};
    /** Of the couplings, how many pairs a layout looks ahead at: many where swaps are few, fewer where they are not. */
    private static final double[] SHARES = {1, 0.65};

    private final Interactions dag;
    private final Topology device;
    private final Placement placement;
    private final SplittableRandom seeds;
    private final BooleanSupplier stopped;
    private final List<Route> found = new ArrayList<>();
    private long work;
    private int fewestConceivable;
    private double perSwap;
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
            found.add(cut.getFirst().route());
            return found;
        }
        fewestConceivable = cut.size() - 1;
        perSwap = dag.size / (double) cut.size();
        List<Stage> anchors = new ArrayList<>(cut);
        anchors.sort(Comparator.comparingInt(stage -> -stage.wishes.pairs()));
        anchors = new ArrayList<>(anchors.subList(0, Math.min(ANCHORS, cut.size())));
        int best = round(anchors, QUICK, known, budget / 8, together);
        boolean promising = best < known || promise < known / 4.0;
        for (int i = 1; i <= ROUNDS && promising && best > fewestConceivable && !stopped.getAsBoolean(); i++) {
            int before = best;
            java.util.Collections.rotate(anchors, -2);
            best = round(anchors, LONG, best, budget * 3 / 5 / ROUNDS, together);
            promising = best < before || best > 2 * fewestConceivable;
        }
        return found;
    }

    /** Searches from several anchors; returns the fewest swaps that are known then. */
    private int round(List<Stage> anchors, double[] patience, int known, long budget,
            ToLongFunction<List<Callable<Long>>> together) {
        List<Stage> starts = foreseen(anchors, patience.length - 1, budget * 2 / 3, together);
        starts.add(anchors.getFirst());
        long each = budget / 3 / starts.size();
        List<Callable<Long>> tasks = new ArrayList<>();
        Route[] routes = new Route[starts.size()];
        double[] promises = new double[routes.length];
        for (int i = 0; i < routes.length; i++) {
            int task = i;
            Sections search = sections();
            Stage anchor = starts.get(i).copy();
            tasks.add(() -> {
                Route route = search.from(anchor, perSwap * patience[task], known, each * 3 / 4);
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

    /** The most faithful of the layouts that look ahead from each anchor. */
    private List<Stage> foreseen(List<Stage> anchors, int most, long budget,
            ToLongFunction<List<Callable<Long>>> together) {
        Stage[] bent = new Stage[2 * most];
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < bent.length; i++) {
            int task = i;
            Sections search = sections();
            long seed = seeds.nextLong();
            Stage anchor = anchors.get(i / SHARES.length % anchors.size());
            tasks.add(() -> {
                bent[task] = search.foresee(anchor, SHARES[task % SHARES.length], budget / bent.length, seed);
                return search.work();
            });
        }
        work += together.applyAsLong(tasks);
        List<Stage> best = new ArrayList<>();
        for (int share = 0; share < SHARES.length; share++) {
            int kind = share;
            java.util.stream.IntStream.range(0, bent.length).filter(i -> i % SHARES.length == kind)
                    .mapToObj(i -> bent[i]).filter(java.util.Objects::nonNull)
                    .sorted(Comparator.comparingLong(stage -> stage.outlook)).limit(most / SHARES.length)
                    .forEach(best::add);
        }
        return best;
    }

    private Sections sections() {
        return new Sections(dag, device, placement, seeds.nextLong(), stopped);
    }
}
