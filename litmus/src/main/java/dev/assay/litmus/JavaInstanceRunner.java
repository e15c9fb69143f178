package dev.assay.litmus;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Runs one Java test in this process. Rounds over all instances follow each other, each by a {@link JavaPlan}: one in four by a new one,
 * the others by the one that showed most of what is looked for. What runs before the actors are compiled is not counted.
 */
final class JavaInstanceRunner {
    private static final long ROUND_NANOS = 5_000_000;
    /** With one instance per call, as many calls as the compilers' thresholds (scaled by the options of the process) need. */
    private static final int WARM_UP_ROUNDS = 4;
    private static final int EXPLORING_ROUNDS = 12;

    private final LitmusTest test;
    private final Random random;
    private final Crew crew;
    private final boolean waits;
    private final PlanSearch<JavaPlan> search;
    private final Map<JavaLayout, JavaInstances> layouts = new EnumMap<>(JavaLayout.class);
    private volatile JavaPlan plan;
    private volatile boolean roundEnds;
    private volatile boolean ends;
    private long instances;
    private long nanos;

    /** @param wanted the states to steer for; when empty, the rarer ones */
    JavaInstanceRunner(LitmusTest test, Set<String> wanted, long seed) {
        this.test = test;
        this.random = new Random(seed);
        this.crew = new Crew(test);
        Memory memory = new Memory(test);
        Observations observations = new Observations(test, memory);
        this.search = new PlanSearch<>(test, observations, wanted);
        // Threads that wait for each other within an instance must take the instances in the same order.
        this.waits = test.threads().stream().flatMap(t -> t.instructions().stream())
                .anyMatch(i -> ((JavaStatement) i).waits());
        for (JavaLayout layout : JavaLayout.values()) {
            layouts.put(layout, new JavaInstances(test, observations, memory, layout));
        }
    }

    /** Warms up, then runs for so long. */
    PlanSearch.Seen run(long forNanos) {
        crew.run("actor", thread -> work(thread, forNanos)).ifPresent(failure -> {
            throw failure instanceof LitmusException
                    ? new LitmusException(test.name() + ": " + failure.getMessage())
                    : new IllegalStateException(failure);
        });
        return new PlanSearch.Seen(instances, nanos / 1e9, search.states(), crew.crowded(),
                search.found() ? search.best().toString() : "");
    }

    private void work(int thread, long forNanos) {
        crew.pin(crew.place(thread));
        for (JavaLayout layout : JavaLayout.values()) {
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                pass(thread, JavaPlan.tight(layout, crew.threads()));
            }
        }
        search.share(thread).clear();
        measure(thread, forNanos);
    }

    private void measure(int thread, long forNanos) {
        long start = System.nanoTime();
        if (thread == 0) {
            next();
        }
        crew.meet();
        while (!ends) {
            JavaPlan by = plan;
            long roundStart = System.nanoTime();
            long passes = 0;
            do {
                pass(thread, by);
                passes++;
                if (thread == 0) {
                    long now = System.nanoTime();
                    ends = now - start >= forNanos;
                    roundEnds = ends || now - roundStart >= ROUND_NANOS;
                }
                crew.meet();
            } while (!roundEnds);
            if (thread == 0) {
                instances += passes * JavaInstances.INSTANCES;
                search.learn(by, System.nanoTime() - roundStart);
                next();
            }
            crew.meet();
        }
        if (thread == 0) {
            nanos = System.nanoTime() - start;
        }
    }

    /** One run over all instances: each thread resets and counts its share of them. */
    private void pass(int thread, JavaPlan by) {
        JavaInstances all = layouts.get(by.layout());
        int from = crew.share(thread, JavaInstances.INSTANCES);
        int to = crew.share(thread + 1, JavaInstances.INSTANCES);
        all.reset(from, to);
        all.rewind(thread);
        crew.meet();
        all.run(thread, by, crew.crowded());
        crew.meet();
        all.count(from, to, search.share(thread));
    }

    private void next() {
        boolean explore = !search.found() || search.rounds() < EXPLORING_ROUNDS || random.nextInt(4) == 0;
        plan = explore
                ? JavaPlan.random(random, crew.threads(), crew.crowded() && !waits)
                : search.best();
    }
}
