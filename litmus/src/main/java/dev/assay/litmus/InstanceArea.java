package dev.assay.litmus;

import dev.assay.litmus.ThreadEncoder.Control;
import dev.assay.machine.ExecutableMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Instances of a test in memory, in one layout, with the machine code of its threads.
 *
 * <p>
 * All threads work on all instances; before and after, each cares for a share of them: what it counts it resets.
 */
final class InstanceArea implements AutoCloseable {
    private static final int PAGE = 4096;
    /** Progress cells lie apart, so that publishing disturbs nobody else's. */
    private static final int CELL = 256;
    private static final int PATIENCE = 3000;

    private final LitmusTest test;
    private final InstanceLayout layout;
    private final Memory memory;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment area;
    private final List<MemorySegment> results = new ArrayList<>();
    private final List<MemorySegment> controls = new ArrayList<>();
    private final List<ExecutableMemory> codes = new ArrayList<>();
    private final List<MethodHandle> functions = new ArrayList<>();
    private final List<Initial> initials = new ArrayList<>();
    private final int[] widths;
    private final Source[] sources;

    /** Something that is not 0 at the start. */
    private record Initial(long offset, int bytes, Value value) {}

    /** Where an observable's value lies: in {@code segment}, {@code step} bytes further for each instance. */
    private record Source(MemorySegment segment, long offset, long step, int bytes) {}

    InstanceArea(LitmusTest test, Observations observations, Memory memory, InstanceLayout layout, String machine) {
        this.test = test;
        this.layout = layout;
        this.memory = memory;
        this.area = arena.allocate(layout.bytes(), PAGE);
        int threads = test.threads().size();
        this.widths = new int[threads];
        MemorySegment cells = arena.allocate((long) CELL * threads, CELL);
        ThreadEncoder encoder = ThreadEncoder.of(test.architecture(), machine);
        for (LitmusThread thread : test.threads()) {
            List<String> observed = observations.registers().get(thread.number());
            widths[thread.number()] = observed.size();
            results.add(arena.allocate(Math.max(8L, 8L * observed.size() * layout.instances()), PAGE));
            controls.add(control(cells, thread.number(), threads));
            codes.add(ExecutableMemory.of(encoder.encode(test, thread, observed, layout)));
            functions.add(codes.getLast().function(0, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)));
        }
        sources = observations.observables().stream().map(o -> source(o, observations)).toArray(Source[]::new);
        layout.offsets().forEach((name, offset) -> initial(name, offset));
    }

    private MemorySegment control(MemorySegment cells, int thread, int threads) {
        MemorySegment control = arena.allocate(Control.OTHERS + 8L * threads, CELL);
        control.set(ValueLayout.JAVA_LONG, Control.PROGRESS, cells.address() + (long) CELL * thread);
        int at = Control.OTHERS;
        for (int i = 0; i < threads; i++) {
            if (i != thread) {
                control.set(ValueLayout.JAVA_LONG, at, cells.address() + (long) CELL * i);
                at += 8;
            }
        }
        return control;
    }

    private Source source(Observable observable, Observations observations) {
        return switch (observable) {
            case Observable.Register register -> {
                int index = observations.registers().get(register.thread()).indexOf(register.name());
                yield new Source(results.get(register.thread()), 8L * index, 8L * widths[register.thread()], 8);
            }
            case Observable.Memory m -> {
                InitialState.Variable variable = memory.variable(m.symbol());
                long offset = layout.offsets().get(m.symbol()) + (long) m.index() * variable.elementBytes();
                boolean open = !variable.typed() && !variable.array() && layout.strideBytes() >= 8;
                yield new Source(area, offset, layout.strideBytes(), open ? 8 : variable.elementBytes());
            }
        };
    }

    private void initial(String name, long offset) {
        InitialState.Variable variable = memory.variable(name);
        for (int i = 0; i < variable.elements().size(); i++) {
            Value value = variable.elements().get(i);
            if (!value.equals(new Value.Number(0))) {
                int bytes = value instanceof Value.Address
                        ? Math.max(8, variable.elementBytes())
                        : variable.elementBytes();
                initials.add(new Initial(offset + (long) i * bytes, bytes, value));
            }
        }
    }

    int instances() {
        return layout.instances();
    }

    /** Gives the instances from {@code from} to {@code to} their initial values. */
    void reset(int from, int to) {
        int stride = layout.strideBytes();
        layout.offsets().values().forEach(
                offset -> area.asSlice(offset + (long) from * stride, (long) (to - from) * stride).fill((byte) 0));
        for (Initial initial : initials) {
            for (int i = from; i < to; i++) {
                long base = (long) i * stride;
                long value = switch (initial.value()) {
                    case Value.Number number -> number.value();
                    case Value.Address address ->
                        area.address() + base + layout.offsets().get(address.symbol()) + address.offset();
                };
                write(base + initial.offset(), initial.bytes(), value);
            }
        }
    }

    private void write(long offset, int bytes, long value) {
        switch (bytes) {
            case 1 -> area.set(ValueLayout.JAVA_BYTE, offset, (byte) value);
            case 2 -> area.set(ValueLayout.JAVA_SHORT, offset, (short) value);
            case 4 -> area.set(ValueLayout.JAVA_INT, offset, (int) value);
            default -> area.set(ValueLayout.JAVA_LONG, offset, value);
        }
    }

    /** Runs one thread of the test over all instances; all threads call this at the same time. */
    void run(int thread, RunPlan plan, boolean crowded) {
        int all = layout.instances();
        int start = (int) ((long) plan.starts()[thread] * all / RunPlan.WHOLE);
        if (start > 0) {
            run(thread, plan, crowded, start, all);
            run(thread, plan, crowded, 0, start);
        } else {
            run(thread, plan, crowded, 0, all);
        }
    }

    private void run(int thread, RunPlan plan, boolean crowded, int from, int to) {
        MemorySegment control = controls.get(thread);
        control.set(ValueLayout.JAVA_LONG, Control.INSTANCE, area.address() + (long) from * layout.strideBytes());
        control.set(ValueLayout.JAVA_LONG, Control.RESULT, results.get(thread).address() + 8L * from * widths[thread]);
        control.set(ValueLayout.JAVA_LONG, Control.COUNT, to - from);
        control.set(ValueLayout.JAVA_LONG, Control.DELAY, plan.delays()[thread]);
        control.set(ValueLayout.JAVA_LONG, Control.PATIENCE, crowded ? Control.IMPATIENT : PATIENCE);
        control.set(ValueLayout.JAVA_LONG, Control.GROUP, plan.group());
        try {
            functions.get(thread).invokeExact(control);
        } catch (Throwable e) {
            throw new IllegalStateException("generated code of " + test.name() + " threw", e);
        }
    }

    /** Counts the outcomes of the instances from {@code from} to {@code to}. */
    void count(int from, int to, OutcomeCounts counts) {
        int bits = counts.bits();
        long limit = 1L << bits;
        long[] small = counts.small();
        for (int i = from; i < to; i++) {
            int index = 0;
            boolean fits = bits > 0;
            for (Source source : sources) {
                long value = read(source, i);
                fits &= value >= 0 && value < limit;
                index = index << bits | (int) value;
            }
            if (fits) {
                small[index]++;
            } else {
                countLarge(i, counts);
            }
        }
    }

    private void countLarge(int instance, OutcomeCounts counts) {
        counts.add(Arrays.stream(sources).map(source -> modelValue(read(source, instance), instance)).toList(), 1);
    }

    private static long read(Source source, int instance) {
        long at = source.offset + source.step * instance;
        return switch (source.bytes) {
            case 1 -> source.segment.get(ValueLayout.JAVA_BYTE, at);
            case 2 -> source.segment.get(ValueLayout.JAVA_SHORT, at);
            case 4 -> source.segment.get(ValueLayout.JAVA_INT, at);
            default -> source.segment.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
        };
    }

    /** An address inside the area becomes the address that the model gives the same variable. */
    private long modelValue(long value, int instance) {
        long relative = value - area.address() - (long) instance * layout.strideBytes();
        if (value < area.address() || value >= area.address() + area.byteSize()) {
            return value;
        }
        return layout.offsets().entrySet().stream()
                .filter(e -> relative >= e.getValue() && relative - e.getValue() < layout.strideBytes()).findFirst()
                .map(e -> memory.address(e.getKey()) + relative - e.getValue()).orElse(value);
    }

    @Override
    public void close() {
        codes.forEach(ExecutableMemory::close);
        arena.close();
    }
}
