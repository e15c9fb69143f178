package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Collections;
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
    /**
     * The work for each node of a long round, where the budget is large: many beginnings find more than a long search
     * from few.
     */
    private static final long ROUND = 250_000;
    /** In how many rounds at most a search must be on the way to come to an end; one that is slower is given up. */
    private static final int SLOWEST = 40;
    /** Of a round's work, what goes into layouts that look ahead. */
    private static final double FORESIGHT = 1 / 3.0;
    /** Prices of a swap, in parts of the nodes expected of it, by which the searches that go on are chosen. */
    private static final double[] RESUMED = {0.5, 0.1};
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
    /** What the last round left without an end. */
    private final List<Attempt> unfinished = new ArrayList<>();
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
        List<Stage> cut = cut(known, budget);
        if (cut == null) {
            return found;
        }
        if (cut.size() == 1) {
            found.add(cut.getFirst().route());
            return found;
        }
        fewestConceivable = cut.size() - 1;
        perSwap = dag.size / (double) cut.size();
        List<Stage> anchors = anchors(cut);
        int best = round(anchors, QUICK, known, budget / 8, together);
        boolean promising = best < known || promise < known / 4.0;
        long left = budget * 3 / 5;
        long most = Math.max(1, left / ROUNDS);
        for (int i = 1; promising && best > fewestConceivable && !stopped.getAsBoolean(); i++) {
            int before = best;
            Collections.rotate(anchors, -2);
            if (i > ROUNDS && best == known) {
                // Sections have many layouts: where these led nowhere, others may.
                List<Stage> other = cut(known, budget);
                anchors = other == null ? anchors : anchors(other);
            }
            // What many short rounds do not find, longer ones may.
            long each = Math.clamp(ROUND * dag.size * (1 + i / 8), 1, most);
            if (left < each) {
                break;
            }
            left -= each;
            best = round(anchors, LONG, best, each, together);
            promising = best < before || best > 2 * fewestConceivable && lead() > dag.size * i / SLOWEST;
        }
        return found;
    }

    /** The nodes in sections, found anew; or null when there are too many to be worth it. */
    private List<Stage> cut(int known, long budget) {
        Sections sections = sections(true);
        List<Stage> cut = sections.cut(Math.min(MOST_SECTIONS, known / 2), budget / 20);
        work += sections.work();
        return cut;
    }

    /** The sections in which most pairs meet. */
    private static List<Stage> anchors(List<Stage> cut) {
        List<Stage> anchors = new ArrayList<>(cut);
        anchors.sort(Comparator.comparingInt(stage -> -stage.wishes.pairs()));
        return new ArrayList<>(anchors.subList(0, Math.min(ANCHORS, cut.size())));
    }

    /** How far the best search is, where a swap costs half of what is expected of it. */
    private double lead() {
        return unfinished.stream().mapToDouble(attempt -> attempt.search.score(perSwap / 2)).max()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /**
     * Searches from several anchors, and goes on with the best of the last round; returns the fewest swaps that are known
     * then.
     */
    private int round(List<Stage> anchors, double[] patience, int known, long budget,
            ToLongFunction<List<Callable<Long>>> together) {
        List<Stage> starts = foreseen(anchors, patience.length - 1, (long) (budget * FORESIGHT), together);
        starts.add(anchors.getFirst());
        List<Attempt> attempts = resumed();
        for (int i = 0; i < starts.size(); i++) {
            Attempt attempt = new Attempt(sections(patience != QUICK), sections(false));
            attempt.search.begin(starts.get(i).copy(), perSwap * patience[i]);
            attempts.add(attempt);
        }
        long each = (long) (budget * (1 - FORESIGHT)) / attempts.size();
        work += together.applyAsLong(attempts.stream().<Callable<Long>>map(a -> () -> a.run(known, each)).toList());
        int fewest = known;
        unfinished.clear();
        for (Attempt attempt : attempts) {
            if (attempt.route != null) {
                found.add(attempt.route);
                fewest = Math.min(fewest, attempt.route.count());
            }
            Stage furthest = attempt.search.furthest();
            if (furthest != null) {
                promise = Math.min(promise, (double) furthest.swaps() * dag.size / furthest.done());
                if (!furthest.complete()) {
                    unfinished.add(attempt.again(sections(false)));
                }
            }
        }
        return fewest;
    }

    private List<Attempt> resumed() {
        List<Attempt> resumed = new ArrayList<>();
        for (double price : RESUMED) {
            unfinished.stream().max(Comparator.comparingDouble(attempt -> attempt.search.score(price * perSwap)))
                    .ifPresent(attempt -> {
                        unfinished.remove(attempt);
                        resumed.add(attempt);
                    });
        }
        return resumed;
    }

    /** A search, and the hasty one that brings its furthest stage to an end when it does not come to one itself. */
    private static final class Attempt {
        final Sections search;
        private final Sections ending;
        private Stage ended;
        Route route;

        Attempt(Sections search, Sections ending) {
            this.search = search;
            this.ending = ending;
        }

        /** The same search, to be gone on with. */
        Attempt again(Sections newEnding) {
            Attempt again = new Attempt(search, newEnding);
            again.ended = ended;
            return again;
        }

        /** Returns the work it was. */
        long run(int known, long most) {
            long before = search.work() + ending.work();
            route = search.search(most * 3 / 4, known);
            if (route == null && search.furthest() != null && search.furthest() != ended) {
                ended = search.furthest();
                ending.begin(ended.copy(), 0);
                route = ending.search(most / 4, known);
            }
            return search.work() + ending.work() - before;
        }
    }

    /** The most faithful of the layouts that look ahead from each anchor. */
    private List<Stage> foreseen(List<Stage> anchors, int most, long budget,
            ToLongFunction<List<Callable<Long>>> together) {
        Stage[] bent = new Stage[2 * most];
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < bent.length; i++) {
            int task = i;
            Sections search = sections(true);
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

    private Sections sections(boolean thorough) {
        return new Sections(dag, device, placement, thorough, seeds.nextLong(), stopped);
    }
}
