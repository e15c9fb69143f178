package dev.assay.litmus;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Runs one test on this processor, in this process.
 *
 * <p>
 * Rounds of some milliseconds follow each other, each by a {@link RunPlan}. Plans begin at random; then most rounds vary the plan that
 * showed most of what is looked for in a second, while one in four still is random, so that what a plan never shows gets its chance.
 */
final class InstanceRunner {
    private static final long ROUND_NANOS = 15_000_000;
    private static final int EXPLORING_ROUNDS = 40;
    private static final int MAXIMUM_INSTANCES = 8192;
    private static final long AREA_BYTES = 512 * 1024;

    private final LitmusTest test;
    private final Memory memory;
    private final Observations observations;
    private final Random random;
    private final Crew crew;
    private final PlanSearch<RunPlan> search;
    private final Map<String, InstanceArea> areas = new HashMap<>();
    private volatile RunPlan plan;
    private volatile InstanceArea area;
    private volatile boolean roundEnds;
    private volatile boolean ends;
    private long instances;

    /** @param wanted the states to steer for; when empty, the rarer ones */
    InstanceRunner(LitmusTest test, Set<String> wanted, long seed) {
        this.test = test;
        this.memory = new Memory(test);
        this.observations = new Observations(test, memory);
        this.random = new Random(seed);
        this.crew = new Crew(test);
        this.search = new PlanSearch<>(test, observations, wanted);
    }

    /** Runs until the time is over or so many instances were run. */
    PlanSearch.Seen run(long forNanos, long maximumInstances) {
        next();
        long start = System.nanoTime();
        Optional<Throwable> failure = crew.run("litmus", thread -> work(thread, start, forNanos, maximumInstances));
        long nanos = System.nanoTime() - start;
        areas.values().forEach(InstanceArea::close);
        failure.ifPresent(e -> {
            throw new IllegalStateException(e);
        });
        return new PlanSearch.Seen(instances, nanos / 1e9, search.states(), crew.crowded(),
                search.best() == null ? "" : search.best().toString());
    }

    private void work(int thread, long start, long forNanos, long maximumInstances) {
        int pinned = -1;
        while (!ends) {
            InstanceArea now = area;
            RunPlan by = plan;
            int place = crew.place(thread + by.turn());
            if (place != pinned) {
                crew.pin(place);
                pinned = place;
            }
            int from = crew.share(thread, now.instances());
            int to = crew.share(thread + 1, now.instances());
            long roundStart = System.nanoTime();
            long roundInstances = 0;
            now.reset(from, to);
            boolean last = false;
            while (!last) {
                crew.meet();
                now.run(thread, by, crew.crowded());
                roundInstances += now.instances();
                if (thread == 0) {
                    long passed = System.nanoTime() - roundStart;
                    ends = System.nanoTime() - start >= forNanos || instances + roundInstances >= maximumInstances;
                    roundEnds = ends || passed >= ROUND_NANOS;
                }
                crew.meet();
                last = roundEnds;
                now.count(from, to, search.share(thread));
                if (!last) {
                    now.reset(from, to);
                }
            }
            crew.meet();
            if (thread == 0) {
                instances += roundInstances;
                search.learn(by, System.nanoTime() - roundStart);
                if (!ends) {
                    next();
                }
            }
            crew.meet();
        }
    }

    private void next() {
        boolean explore = !search.found() || search.rounds() < EXPLORING_ROUNDS || random.nextInt(8) == 0;
        plan = explore
                ? RunPlan.random(random, crew.threads(), crew.crowded())
                : random.nextInt(4) == 0 ? search.best().varied(random, crew.crowded()) : search.best();
        String key = plan.strideBytes() + "/" + plan.skewBytes();
        area = areas.computeIfAbsent(key, _ -> area(plan));
    }

    private InstanceArea area(RunPlan forPlan) {
        int variables = Math.max(1, InstanceLayout.variables(test).size());
        int count = Math.clamp(AREA_BYTES / ((long) forPlan.strideBytes() * variables), 256, MAXIMUM_INSTANCES);
        InstanceLayout layout = InstanceLayout.of(test, forPlan.strideBytes(), count, forPlan.skewBytes());
        return new InstanceArea(test, observations, memory, layout, System.getProperty("os.arch"));
    }
}
