package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Finds routes by a tournament of beam searches. A chain searches forwards, then backwards from where that ended, and so
 * on: each pass gives the next one its layouts. Many chains begin with narrow beams and different seeds and ways of
 * looking ahead; the better half goes on with beams twice as wide, until one is left, so every round costs the same.
 * Tournaments are repeated with other seeds while the budget lasts and they still find something better.
 *
 * <p>
 * The budget is counted in steps of work, not in seconds, so the result is the same on slow and fast machines and for
 * any number of threads, unless the clock stops it.
 */
final class Search {
    /** How many steps of work a second of one core is taken to do; a little below what was measured. */
    static final long WORK_PER_SECOND = 120_000_000L;
    private static final int MOST_CHAINS = 16;
    private static final int WIDEST = 16_384;
    private static final int FRUITLESS = 3;
    private static final int KEPT = 24;
    private static final int QUICK_LINES = 8;
    private static final int PREFIX_STEPS = 30_000;
    private static final long WORTH_EMBEDDING = 3 * WORK_PER_SECOND;

    private final Interactions forwards;
    private final Interactions backwards;
    private final Topology device;
    private final Placement placement;
    private final SplittableRandom seeds;
    private final int threads;
    private final BooleanSupplier stopped;
    private final List<Route> found = new ArrayList<>();
    /** Layouts from which a search by sections found its way. */
    private final List<int[]> promising = new ArrayList<>();
    private final double parallel;
    private long left;
    /** A layout in which the longest beginning that could be found needs no swap, or null. */
    private int[] embedded;

    /** @param budget steps of work, see {@link #WORK_PER_SECOND} */
    Search(Interactions dag, Topology device, Placement placement, long seed, long budget, int threads,
            BooleanSupplier stopped) {
        this.forwards = dag;
        this.backwards = dag.reversed();
        this.device = device;
        this.placement = placement;
        this.seeds = new SplittableRandom(seed);
        this.left = budget;
        this.threads = threads;
        this.stopped = stopped;
        int layers = dag.size == 0 ? 1 : dag.layer[dag.size - 1] + 1;
        this.parallel = Math.max(1, dag.size / (double) layers);
    }

    /** One line of passes. */
    private final class Chain {
        private final long seed;
        private final Lookahead lookahead;
        private List<int[]> starts;
        private boolean backward;
        private Route best;
        private int passes;

        Chain(long seed, int kind, int width) {
            this.seed = seed;
            this.lookahead = lookahead(kind);
            SplittableRandom random = new SplittableRandom(seed);
            starts = new ArrayList<>();
            if (kind % 4 == 2) {
                starts.addAll(promising);
            }
            // Every other chain begins where the longest beginning of the circuit needs no swap.
            if (kind % 2 == 1 && embedded != null) {
                starts.add(embedded);
            }
            while (starts.size() < (kind % 4 == 1 && embedded != null ? 1 : width)) {
                starts.add(placement.random(random));
            }
        }

        /** Two passes; returns the work done. */
        long run(int width) {
            long work = 0;
            for (int i = 0; i < 2; i++) {
                BeamSearch search = new BeamSearch(backward ? backwards : forwards, device, lookahead,
                        seed + 31L * ++passes);
                BeamSearch.Found result = search.run(starts, width, stopped);
                work += search.work();
                if (result == null) {
                    return work;
                }
                Route route = Absorption.of(backward ? result.route().reversed() : result.route(), forwards, backwards,
                        device);
                if (best == null || route.count() < best.count()) {
                    best = route;
                }
                starts = result.layouts();
                backward = !backward;
            }
            return work;
        }

        int count() {
            return best == null ? Integer.MAX_VALUE : best.count();
        }
    }

    /** Different ways to look ahead; none is best everywhere. Wide circuits look at more nodes, which fade more slowly. */
    private Lookahead lookahead(int kind) {
        double[][] kinds = {{20, 0.85, 2}, {40, 0.92, 1.5}, {20, 0.85, 4}, {15, 0.75, 1.5}};
        double[] k = kinds[kind % kinds.length];
        int nodes = (int) Math.min(600, Math.round(k[0] * parallel));
        // A node done brings one from further off into view, so it must be worth about that one's hops.
        double crowding = Math.min(1, 2 * (parallel - 1) / Math.max(1, forwards.qubits));
        return Lookahead.of(nodes, Math.pow(k[1], 1 / parallel), k[2] + crowding * device.meanDistance());
    }

    /** Routes found, fewest swaps first; at least one. */
    List<Route> run() {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            quickly(pool);
            if (left <= 0 || best() == 0 || stopped.getAsBoolean()) {
                return found;
            }
            if (best() <= bySections(pool) || stopped.getAsBoolean()) {
                return found;
            }
            // Some dozen searches of which every step narrows every qubit: at most about a tenth of the budget.
            int steps = Math.clamp(left / 10 / 15 / (30 + 2L * forwards.qubits), 50, PREFIX_STEPS);
            if (left > WORTH_EMBEDDING) {
                embedded = Embedding.ofPrefix(forwards, device, placement, seeds.nextLong(), steps, stopped);
            }
            left -= steps * 15L * (30 + 2L * forwards.qubits);
            Chain probe = new Chain(seeds.nextLong(), 0, 4);
            long work = probe.run(4);
            left -= work;
            keep(probe.best);
            long perWidth = Math.max(1, work / 4);
            int fruitless = 0;
            int widest = 1024;
            while (left > 8 * perWidth && fruitless < FRUITLESS && best() > 0 && !stopped.getAsBoolean()) {
                int before = best();
                tournament(pool, perWidth, widest);
                fruitless = best() < before ? 0 : fruitless + 1;
                widest = Math.min(WIDEST, widest * 2);
            }
        }
        return found;
    }

    /** Routes that are good by these prices, found from where those of {@link #run} begin. */
    List<Route> steered(Program program, Prices prices, long budget) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            return new SteeredSearch(program, device, placement, prices, seeds.nextLong(), stopped)
                    .run(List.copyOf(found), budget, tasks -> together(pool, tasks));
        }
    }

    /** Quick passes to and fro from several layouts: a result at once, whatever the size. */
    private void quickly(ExecutorService pool) {
        SplittableRandom random = new SplittableRandom(seeds.nextLong());
        int[] first = placement.random(random);
        Route safe = Greedy.route(forwards, device, first, 0, () -> false);
        keep(safe);
        // A step of a quick pass is a scan of the couplings; what one pass took says how many are affordable.
        long pass = (long) safe.count() * (60 + device.neighbour.length / 2) + 20L * forwards.size;
        left -= pass;
        int lines = (int) Math.max(0, Math.min(QUICK_LINES, left / 10 / (4 * pass + 1)));
        List<Callable<Long>> tasks = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            int[] start = placement.random(random);
            long seed = seeds.nextLong();
            int line = i;
            routes.add(null);
            tasks.add(() -> {
                routes.set(line, quickLine(start, seed));
                return 4 * pass;
            });
        }
        left -= together(pool, tasks);
        routes.forEach(this::keep);
    }

    /**
     * For circuits that need few swaps; their routes are then made better from where they begin and end. Returns how few
     * swaps there is hope for.
     */
    private int bySections(ExecutorService pool) {
        SectionSearch search = new SectionSearch(forwards, device, placement, seeds.nextLong(), stopped);
        for (Route route : search.run(best(), left, tasks -> together(pool, tasks))) {
            keep(Absorption.of(route, forwards, backwards, device));
            promising.add(route.start());
        }
        left -= search.work();
        return search.fewestConceivable();
    }

    private Route quickLine(int[] start, long seed) {
        Route best = null;
        int[] layout = start;
        for (int pass = 0; pass < 4; pass++) {
            boolean backward = pass % 2 == 1;
            Route route = Greedy.route(backward ? backwards : forwards, device, layout, seed + pass, stopped);
            if (route == null) {
                return best;
            }
            layout = route.end();
            Route forward = Absorption.of(backward ? route.reversed() : route, forwards, backwards, device);
            if (best == null || forward.count() < best.count()) {
                best = forward;
            }
        }
        return best;
    }

    private int best() {
        return found.isEmpty() ? Integer.MAX_VALUE : found.getFirst().count();
    }

    private void tournament(ExecutorService pool, long perWidth, int widest) {
        long affordable = left / perWidth;
        int chains = MOST_CHAINS;
        while (chains > 1 && affordable / (rounds(chains) * chains) < 8) {
            chains /= 2;
        }
        int width = (int) Math.max(1, Math.min(widest / chains, affordable / (rounds(chains) * chains)));
        List<Chain> field = new ArrayList<>();
        for (int i = 0; i < chains; i++) {
            field.add(new Chain(seeds.nextLong(), i, width));
        }
        while (!field.isEmpty() && !stopped.getAsBoolean()) {
            int now = width;
            left -= together(pool, field.stream().<Callable<Long>>map(chain -> () -> chain.run(now)).toList());
            field.sort(Comparator.comparingInt(Chain::count));
            field.forEach(chain -> keep(chain.best));
            field = new ArrayList<>(field.subList(0, field.size() / 2));
            width *= 2;
        }
    }

    private static int rounds(int chains) {
        return Integer.numberOfTrailingZeros(chains) + 1;
    }

    private static long together(ExecutorService pool, List<Callable<Long>> tasks) {
        try {
            long sum = 0;
            for (Future<Long> task : pool.invokeAll(tasks)) {
                sum += task.get();
            }
            return sum;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the search was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search failed", e.getCause());
        }
    }

    private void keep(Route route) {
        if (route == null || found.contains(route)) {
            return;
        }
        found.add(route);
        found.sort(Comparator.comparingInt(Route::count));
        if (found.size() > KEPT) {
            found.removeLast();
        }
    }
}
