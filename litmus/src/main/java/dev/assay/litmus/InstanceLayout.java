package dev.assay.litmus;

import dev.assay.litmus.InitialState.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the variables of many instances of a test lie. Each variable has an array of its own, one element per instance:
 *
 * <pre>
 *            instance 0   1   2   3 ...
 *  start  -> x            x   x   x      stride bytes apart
 *  + lead -> y            y   y   y
 * </pre>
 *
 * A small stride puts many instances into one cache line, so that a line's way between two processors is shared by all of them; a
 * stride of a line gives each its own.
 *
 * @param offsets where each variable's array begins, from the start
 * @param strideBytes from one instance to the next
 * @param instances how many there are
 * @param bytes the whole area
 */
record InstanceLayout(Map<String, Long> offsets, int strideBytes, int instances, long bytes) {
    /** A cache line, or two, since some processors fetch pairs of lines. */
    private static final int LINE_PAIR = 128;
    private static final int SLACK = 8;

    InstanceLayout {
        offsets = Map.copyOf(offsets);
    }

    /**
     * A layout for a test.
     *
     * @param strideBytes at least; raised to what the largest variable needs
     * @param skewBytes how far each variable's array is moved against the one before, besides the distance that keeps lines apart
     */
    static InstanceLayout of(LitmusTest test, int strideBytes, int instances, int skewBytes) {
        Memory memory = new Memory(test);
        List<String> names = variables(test);
        int size = Math.max(4, test.threads().stream().flatMap(t -> t.instructions().stream())
                .mapToInt(InstanceLayout::accessBytes).max().orElse(0));
        for (String name : names) {
            size = Math.max(size, size(memory.variable(name)));
        }
        int stride = Math.max(strideBytes, Integer.highestOneBit(size * 2 - 1));
        Map<String, Long> offsets = new HashMap<>();
        long at = 0;
        for (String name : names) {
            offsets.put(name, at);
            at = align(at + (long) stride * instances + SLACK, LINE_PAIR) + align(skewBytes, LINE_PAIR);
        }
        return new InstanceLayout(offsets, stride, instances, Math.max(at, LINE_PAIR));
    }

    /** All variables of a test, those that only instructions mention included. */
    static List<String> variables(LitmusTest test) {
        List<String> names = new ArrayList<>(test.initial().variables().keySet());
        test.initial().variables().values().forEach(v -> v.elements().forEach(e -> mention(e, names)));
        test.initial().registers().values().forEach(v -> v.elements().forEach(e -> mention(e, names)));
        test.threads().forEach(t -> t.instructions().forEach(i -> mention(i, names)));
        test.condition().proposition().observables(o -> mention(o, names));
        test.filter().ifPresent(f -> f.observables(o -> mention(o, names)));
        test.locations().forEach(o -> mention(o, names));
        return names.stream().distinct().sorted().toList();
    }

    private static void mention(Value value, List<String> names) {
        if (value instanceof Value.Address address) {
            names.add(address.symbol());
        }
    }

    private static void mention(Observable observable, List<String> names) {
        if (observable instanceof Observable.Memory memory) {
            names.add(memory.symbol());
        }
    }

    private static void mention(Instruction instruction, List<String> names) {
        switch (instruction) {
            case X86Instruction x86 -> X86Operands.symbols(x86).forEach(names::add);
            case Arm64Instruction.SymbolAddress address -> names.add(address.symbol());
            case Arm64Instruction _,RiscvInstruction _,JavaStatement _ -> {
            }
        }
    }

    private static int size(Variable variable) {
        boolean pointer = variable.elements().stream().anyMatch(Value.Address.class::isInstance);
        return (pointer ? Math.max(8, variable.elementBytes()) : variable.elementBytes()) * variable.elements().size();
    }

    /** How many bytes an instruction may access at a time. */
    private static int accessBytes(Instruction instruction) {
        return switch (instruction) {
            case X86Instruction x86 -> X86Operands.accessBytes(x86);
            case Arm64Instruction.Load i -> i.size();
            case Arm64Instruction.Store i -> i.size();
            case Arm64Instruction.LoadPair i -> 2 * i.size();
            case Arm64Instruction.StorePair i -> 2 * i.size();
            case Arm64Instruction.LoadExclusive i -> i.second().isPresent() ? 2 * i.size() : i.size();
            case Arm64Instruction.StoreExclusive i -> i.second().isPresent() ? 2 * i.size() : i.size();
            case Arm64Instruction.CompareAndSwap i -> i.size();
            case Arm64Instruction.CompareAndSwapPair i -> 2 * i.size();
            case Arm64Instruction.Swap i -> i.size();
            case Arm64Instruction.Atomic i -> i.size();
            case Arm64Instruction _,RiscvInstruction _,JavaStatement _ -> 0;
        };
    }

    private static long align(long value, long to) {
        return (value + to - 1) / to * to;
    }
}
