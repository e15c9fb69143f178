package dev.assay.quantum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * Looks for routes that are good by an objective other than the number of swaps: rounds of passes to and fro, each swap
 * of which is chosen by that objective too. They begin where the routes with fewest swaps begin, anywhere, and then
 * where the best routes so far begin.
 */
final class SteeredSearch {
    private static final int LINES = 12;
    private static final int PASSES = 4;
    private static final int KEPT = 8;
    private static final int FRUITLESS = 4;
    private static final double[] WEIGHTS = {0.1, 0.3, 0.8, 2};

    private final Interactions forwards;
    private final Interactions backwards;
    private final Topology device;
    private final Placement placement;
    private final Prices prices;
    private final int[] steps;
    private final int[] stepsBackwards;
    private final SplittableRandom random;
    private final BooleanSupplier stopped;
    private List<SteeredPass.Found> best = new ArrayList<>();

    SteeredSearch(Program program, Topology device, Placement placement, Prices prices, long seed,
            BooleanSupplier stopped) {
        this.forwards = program.interactions;
        this.backwards = forwards.reversed();
        this.device = device;
        this.placement = placement;
        this.prices = prices;
        this.random = new SplittableRandom(seed);
        this.stopped = stopped;
        this.steps = new int[forwards.size];
        this.stepsBackwards = new int[forwards.size];
        for (int node = 0; node < steps.length; node++) {
            steps[node] = program.stepsOf(node);
        }
        for (int node = 0; node < steps.length; node++) {
            stepsBackwards[node] = steps[steps.length - 1 - backwards.origin[node]];
        }
    }

    /**
     * The best routes by the prices, best first.
     *
     * @param known routes to begin with
     * @param budget steps of work
     * @param together runs tasks, each telling its work, and adds that up
     */
    List<Route> run(List<Route> known, long budget, ToLongFunction<List<Callable<Long>>> together) {
        long left = budget;
        int fruitless = 0;
        for (int round = 0; left > 0 && fruitless < FRUITLESS && !stopped.getAsBoolean(); round++) {
            double before = best.isEmpty() ? Double.MAX_VALUE : best.getFirst().cost();
            left -= round(round, known, together);
            fruitless = !best.isEmpty() && best.getFirst().cost() < before ? 0 : fruitless + 1;
        }
        return best.stream().map(SteeredPass.Found::route).toList();
    }

    private long round(int round, List<Route> known, ToLongFunction<List<Callable<Long>>> together) {
        List<List<SteeredPass.Found>> lines = new ArrayList<>();
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            int[] start = start(round, i, known);
            double weight = WEIGHTS[i % WEIGHTS.length];
            long seed = random.nextLong();
            List<SteeredPass.Found> line = new ArrayList<>();
            lines.add(line);
            tasks.add(() -> line(start, weight, seed, line));
        }
        long work = together.applyAsLong(tasks);
        List<SteeredPass.Found> all = new ArrayList<>(best);
        lines.forEach(all::addAll);
        all.sort(Comparator.comparingDouble(SteeredPass.Found::cost));
        best = new ArrayList<>(all.subList(0, Math.min(KEPT, all.size())));
        return work + 1;
    }

    private int[] start(int round, int line, List<Route> known) {
        int which = line / WEIGHTS.length;
        if (which == 0 || best.isEmpty() && which == 1) {
            return known.get((round * 2 + which) % known.size()).start();
        }
        return which == 1 ? best.get(random.nextInt(best.size())).route().start() : placement.random(random);
    }

    private long line(int[] start, double weight, long seed, List<SteeredPass.Found> found) {
        int[] layout = start;
        long work = 0;
        for (int i = 0; i < PASSES; i++) {
            boolean backward = i % 2 == 1;
            SteeredPass pass = new SteeredPass(backward ? backwards : forwards, device, prices,
                    backward ? stepsBackwards : steps, weight, seed + i);
            SteeredPass.Found one = pass.run(layout, stopped);
            work += pass.work();
            if (one == null) {
                break;
            }
            layout = one.route().end();
            Route route = backward ? one.route().reversed() : one.route();
            found.add(new SteeredPass.Found(Absorption.of(route, forwards, backwards, device), one.cost()));
        }
        return work;
    }
}
