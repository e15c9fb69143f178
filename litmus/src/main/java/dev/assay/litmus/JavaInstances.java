package dev.assay.litmus;

import dev.assay.litmus.InitialState.ThreadRegister;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Instances of a Java test on the heap, in one layout, with the classes of its threads. */
final class JavaInstances {
    static final int INSTANCES = 4096;
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
    /** Progress cells lie apart, so that publishing disturbs nobody else's. */
    private static final int APART = 32;
    private static final int SPINS_BETWEEN_LOOKS = 64;
    private static final long PATIENCE_NANOS = 200_000;

    private final Object[][] states;
    private final JavaStore store;
    private final JavaActor[] actors;
    private final int[][] results;
    private final int[][] finals;
    private final int[] initial;
    private final int[] widths;
    private final Source[] sources;
    private final long[] progress;

    /** Where an observable's value lies: {@code step} values further for each instance. */
    private record Source(int[] values, int offset, int step) {}

    JavaInstances(LitmusTest test, Observations observations, Memory memory, JavaLayout layout) {
        List<String> variables = variables(test);
        int threads = test.threads().size();
        JavaStateWriter writer = new JavaStateWriter(layout, variables.size());
        states = new Object[layout.classes(variables.size())][];
        actors = new JavaActor[threads];
        results = new int[threads][];
        widths = new int[threads];
        progress = new long[APART * (threads + 1)];
        Actors loader = new Actors();
        try {
            for (int i = 0; i < states.length; i++) {
                states[i] = objects(loader.define(writer.state(i)));
            }
            store = (JavaStore) made(loader.define(writer.store()));
            for (LitmusThread thread : test.threads()) {
                int number = thread.number();
                List<String> observed = observations.registers().get(number);
                widths[number] = observed.size();
                results[number] = new int[Math.max(1, observed.size()) * INSTANCES];
                actors[number] = (JavaActor) made(loader.define(
                        new JavaActorWriter(thread, layout, variables, observed, locals(test, number)).write()));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the classes of " + test.name() + " cannot be made", e);
        }
        finals = new int[variables.size()][INSTANCES];
        initial = variables.stream().mapToInt(v -> number(test, v, memory.variable(v).elements().getFirst())).toArray();
        sources = observations.observables().stream().map(o -> switch (o) {
            case Observable.Register r -> new Source(results[r.thread()],
                    observations.registers().get(r.thread()).indexOf(r.name()), widths[r.thread()]);
            case Observable.Memory m -> new Source(finals[variables.indexOf(m.symbol())], 0, 1);
        }).toArray(Source[]::new);
    }

    /** The classes of one test in one layout, which go with their instances. */
    private static final class Actors extends ClassLoader {
        Actors() {
            super(JavaInstances.class.getClassLoader());
        }

        Class<?> define(byte[] bytes) {
            return defineClass(null, bytes, 0, bytes.length);
        }
    }

    private static Object made(Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    private static Object[] objects(Class<?> type) throws ReflectiveOperationException {
        Object[] all = (Object[]) Array.newInstance(type, INSTANCES);
        for (int i = 0; i < all.length; i++) {
            all[i] = made(type);
        }
        return all;
    }

    /** All variables of a Java test, in order. */
    static List<String> variables(LitmusTest test) {
        TreeSet<String> names = new TreeSet<>(InstanceLayout.variables(test));
        test.threads().forEach(t -> t.instructions().forEach(i -> ((JavaStatement) i).variables(names::add)));
        for (String name : names) {
            InitialState.Variable variable = test.initial().variables().get(name);
            if (variable != null && (variable.array() || variable.elementBytes() != Integer.BYTES)) {
                throw new LitmusException(test.name() + ": variables of Java tests are ints, but " + name + " is "
                        + (variable.array() ? "an array" : variable.elementBytes() + " bytes wide"));
            }
        }
        return new ArrayList<>(names);
    }

    private static Map<String, Integer> locals(LitmusTest test, int thread) {
        Map<String, Integer> values = new HashMap<>();
        for (Map.Entry<ThreadRegister, InitialState.Variable> entry : test.initial().registers().entrySet()) {
            if (entry.getKey().thread() == thread) {
                String local = entry.getKey().register();
                values.put(local, number(test, thread + ":" + local, entry.getValue().elements().getFirst()));
            }
        }
        return values;
    }

    private static int number(LitmusTest test, String what, Value value) {
        return switch (value) {
            case Value.Number number -> (int) number.value();
            case Value.Address address -> throw new LitmusException(test.name() + ": variables and locals of Java tests"
                    + " are ints, but " + what + " begins as the address " + address);
        };
    }

    void reset(int from, int to) {
        store.reset(states, initial, from, to);
    }

    /** Before a round: nobody has come anywhere yet. */
    void rewind(int thread) {
        CELL.setVolatile(progress, APART * (thread + 1), 0L);
    }

    /** Runs one thread of the test over all instances; all threads call this at the same time. */
    void run(int thread, JavaPlan plan, boolean crowded) {
        int start = plan.starts()[thread];
        if (crowded) {
            actors[thread].run(states, results[thread], start, INSTANCES);
            actors[thread].run(states, results[thread], 0, start);
            return;
        }
        int delay = plan.delays()[thread];
        int group = plan.group();
        boolean meets = true;
        for (int from = 0; from < INSTANCES; from += group) {
            meets = meets && meet(thread, from / group + 1L);
            for (int i = 0; i < delay; i++) {
                Thread.onSpinWait();
            }
            actors[thread].run(states, results[thread], from, Math.min(INSTANCES, from + group));
        }
        CELL.setRelease(progress, APART * (thread + 1), Long.MAX_VALUE);
    }

    /** Waits until the others have come as far; false when one does not come, since the kernel may have set it aside. */
    private boolean meet(int thread, long here) {
        CELL.setRelease(progress, APART * (thread + 1), here);
        long began = 0;
        for (int other = 0; other < actors.length; other++) {
            for (int i = 1; (long) CELL.getAcquire(progress, APART * (other + 1)) < here; i++) {
                if (i % SPINS_BETWEEN_LOOKS == 0) {
                    long now = System.nanoTime();
                    began = began == 0 ? now : began;
                    if (now - began > PATIENCE_NANOS) {
                        return false;
                    }
                }
                Thread.onSpinWait();
            }
        }
        return true;
    }

    /** Counts the outcomes of the instances from {@code from} to {@code to}. */
    void count(int from, int to, OutcomeCounts counts) {
        store.copy(states, finals, from, to);
        int bits = counts.bits();
        int limit = 1 << bits;
        long[] small = counts.small();
        for (int i = from; i < to; i++) {
            int index = 0;
            boolean fits = bits > 0;
            for (Source source : sources) {
                int value = source.values[source.offset + source.step * i];
                fits &= value >= 0 && value < limit;
                index = index << bits | value;
            }
            if (fits) {
                small[index]++;
            } else {
                int instance = i;
                counts.add(Arrays.stream(sources)
                        .map(s -> (long) s.values[s.offset + s.step * instance]).toList(), 1);
            }
        }
    }
}
