package dev.assay.litmus;

import dev.assay.machine.Affinity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs one Java test in this process. Rounds over all instances follow each other, each by a {@link JavaPlan}: one in four by a new one,
 * the others by the one that showed most of what is looked for. What runs before the actors are compiled is not counted.
 */
final class JavaInstanceRunner {
    private static final long ROUND_NANOS = 5_000_000;
    /** With one instance per call, as many calls as the compilers' thresholds (scaled by the options of the process) need. */
    private static final int WARM_UP_ROUNDS = 4;
    private static final int EXPLORING_ROUNDS = 12;
    private static final int MAXIMUM_THREADS = 16;

    private final LitmusTest test;
    private final Observations observations;
    private final Set<String> wanted;
    private final Random random;
    private final int threads;
    private final int[] processors;
    private final boolean crowded;
    private final boolean waits;
    private final Meeting meeting;
    private final Map<JavaLayout, JavaInstances> layouts = new EnumMap<>(JavaLayout.class);
    private final OutcomeCounts total;
    private final List<OutcomeCounts> shares = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile JavaPlan plan;
    private volatile boolean roundEnds;
    private volatile boolean ends;
    private JavaPlan best;
    private double bestRate;
    private long instances;
    private long nanos;
    private int rounds;

    /** What was seen; {@code states} in the notation {@code 0:a=0; [x]=1}. */
    record Seen(long instances, double seconds, Map<String, Long> states, boolean crowded, String plan) {}

    /** @param wanted the states to steer for; when empty, the rarer ones */
    JavaInstanceRunner(LitmusTest test, Set<String> wanted, long seed) {
        this.test = test;
        this.wanted = Set.copyOf(wanted);
        this.random = new Random(seed);
        this.threads = test.threads().size();
        if (threads > MAXIMUM_THREADS) {
            throw new LitmusException("a test runs with at most " + MAXIMUM_THREADS + " threads, but " + test.name()
                    + " has " + threads);
        }
        Memory memory = new Memory(test);
        this.observations = new Observations(test, memory);
        this.processors = Affinity.supported()
                ? Affinity.current().stream().toArray()
                : new int[Runtime.getRuntime().availableProcessors()];
        this.crowded = threads > processors.length;
        // Threads that wait for each other within an instance must take the instances in the same order.
        this.waits = test.threads().stream().flatMap(t -> t.instructions().stream())
                .anyMatch(i -> ((JavaStatement) i).waits());
        this.meeting = new Meeting(threads, crowded);
        int width = observations.observables().size();
        this.total = new OutcomeCounts(width);
        for (int i = 0; i < threads; i++) {
            shares.add(new OutcomeCounts(width));
        }
        for (JavaLayout layout : JavaLayout.values()) {
            layouts.put(layout, new JavaInstances(test, observations, memory, layout));
        }
    }

    /** Warms up, then runs for so long. */
    Seen run(long forNanos) {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(Thread.ofPlatform().name("actor-" + i).start(() -> guarded(number, forNanos)));
        }
        for (Thread thread : all) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                meeting.end();
            }
        }
        if (failure.get() instanceof LitmusException e) {
            throw new LitmusException(test.name() + ": " + e.getMessage());
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        return new Seen(instances, nanos / 1e9, states(total), crowded, best == null ? "" : best.toString());
    }

    private void guarded(int thread, long forNanos) {
        try {
            if (Affinity.supported()) {
                Affinity.pin(processors[thread % processors.length]);
            }
            for (JavaLayout layout : JavaLayout.values()) {
                for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                    pass(thread, JavaPlan.tight(layout, threads));
                }
            }
            shares.get(thread).clear();
            measure(thread, forNanos);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            meeting.end();
        }
    }

    private void measure(int thread, long forNanos) {
        long start = System.nanoTime();
        if (thread == 0) {
            next();
        }
        meeting.await();
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
                meeting.await();
            } while (!roundEnds);
            if (thread == 0) {
                instances += passes * JavaInstances.INSTANCES;
                learn(System.nanoTime() - roundStart);
                next();
            }
            meeting.await();
        }
        if (thread == 0) {
            nanos = System.nanoTime() - start;
        }
    }

    /** One run over all instances: each thread resets and counts its share of them. */
    private void pass(int thread, JavaPlan by) {
        JavaInstances all = layouts.get(by.layout());
        int from = JavaInstances.INSTANCES * thread / threads;
        int to = JavaInstances.INSTANCES * (thread + 1) / threads;
        all.reset(from, to);
        all.rewind(thread);
        meeting.await();
        all.run(thread, by, crowded);
        meeting.await();
        all.count(from, to, shares.get(thread));
    }

    /** Takes the round's counts and compares its plan with the best so far. */
    private void learn(long roundNanos) {
        OutcomeCounts round = new OutcomeCounts(observations.observables().size());
        for (OutcomeCounts share : shares) {
            round.add(share);
            share.clear();
        }
        total.add(round);
        Map<String, Long> states = states(round);
        long most = states.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long found = states.entrySet().stream()
                .filter(e -> wanted.isEmpty() ? e.getValue() < most : wanted.contains(e.getKey()))
                .mapToLong(Map.Entry::getValue).sum();
        double rate = (double) found / roundNanos;
        if (plan == best) {
            // Measured again whenever it is used: luck does not keep it.
            bestRate = (bestRate + rate) / 2;
        } else if (rate > bestRate) {
            best = plan;
            bestRate = rate;
        }
        rounds++;
    }

    private void next() {
        boolean explore = best == null || rounds < EXPLORING_ROUNDS || random.nextInt(4) == 0;
        plan = explore ? JavaPlan.random(random, threads, crowded && !waits) : best;
    }

    /** Counts by state as text; states outside the test's filter are left out. */
    private Map<String, Long> states(OutcomeCounts counts) {
        Map<String, Long> states = new HashMap<>();
        counts.all().forEach((outcome, count) -> {
            long[] values = observations.typed(outcome.stream().mapToLong(Long::longValue).toArray());
            if (test.filter().isEmpty() || observations.holds(test.filter().get(), values)) {
                states.merge(observations.state(values).text(observations.reported()), count, Long::sum);
            }
        });
        return states;
    }
}
