package dev.assay.litmus;

import dev.assay.litmus.InitialState.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The memory of a test: variables at fixed addresses, cut into cells so that every access covers whole cells.
 *
 * <p>
 * Each variable has a region of its own, so that an address tells its variable and no sum of small numbers is an address by
 * accident. Regions lie below 2^31, so that addresses survive in 32-bit registers. In a test without overlapping accesses of different
 * sizes every access is one cell.
 */
final class Memory {
    private static final long BASE = 0x4000_0000L;
    private static final int REGION = 0x1_0000;

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Variable> variables = new ArrayList<>();
    /** Where cells begin and end, as addresses; both ends of every access. */
    private final TreeSet<Long> bounds = new TreeSet<>();
    private long[] cellStarts = new long[0];
    private long[] cellEnds = new long[0];

    Memory(LitmusTest test) {
        test.initial().variables().forEach(this::declare);
        test.initial().variables().values().forEach(v -> v.elements().forEach(this::mention));
        test.initial().registers().values().forEach(v -> v.elements().forEach(this::mention));
        test.condition().proposition().observables(this::mention);
        test.filter().ifPresent(f -> f.observables(this::mention));
        test.locations().forEach(this::mention);
    }

    private void mention(Value value) {
        if (value instanceof Value.Address address) {
            number(address.symbol());
        }
    }

    private void mention(Observable observable) {
        if (observable instanceof Observable.Memory memory) {
            number(memory.symbol());
        }
    }

    private void declare(String name, Variable variable) {
        numbers.put(name, names.size());
        names.add(name);
        variables.add(variable);
    }

    private int number(String name) {
        Integer known = numbers.get(name);
        if (known == null) {
            declare(name, Variable.ZERO);
            known = names.size() - 1;
        }
        return known;
    }

    /** The address of a variable, which comes to be if it is new. */
    long address(String name) {
        return BASE + (long) number(name) * REGION;
    }

    long value(Value value) {
        return switch (value) {
            case Value.Number number -> number.value();
            case Value.Address address -> address(address.symbol()) + address.offset();
        };
    }

    Variable variable(String name) {
        return variables.get(number(name));
    }

    /** Whether an access of {@code size} bytes at {@code address} lies in a variable's region. */
    boolean isValid(long address, int size) {
        long offset = address - BASE;
        return offset >= 0 && offset / REGION < names.size() && offset % REGION + size <= REGION;
    }

    /** The name of an address: {@code x}, {@code x+4}, or empty when it is none. */
    String name(long address) {
        if (!isValid(address, 0)) {
            return "";
        }
        long offset = address - BASE;
        String name = names.get((int) (offset / REGION));
        long rest = offset % REGION;
        return rest == 0 ? name : name + "+" + rest;
    }

    /** Makes the ends of an access ends of cells; tells whether that is new. */
    boolean cut(long address, int size) {
        boolean changed = bounds.add(address) | bounds.add(address + size);
        return size > 8 ? changed | bounds.add(address + 8) : changed;
    }

    /** Computes the cells from all cuts; called when these have changed. */
    void layOut() {
        List<Long> starts = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        Long previous = null;
        for (Long bound : bounds) {
            if (previous != null && bound - previous <= 8
                    && (previous - BASE) / REGION == (bound - 1 - BASE) / REGION) {
                starts.add(previous);
                ends.add(bound);
            }
            previous = bound;
        }
        cellStarts = starts.stream().mapToLong(Long::longValue).toArray();
        cellEnds = ends.stream().mapToLong(Long::longValue).toArray();
    }

    int cellCount() {
        return cellStarts.length;
    }

    /** The first cell of an address; cells of an access follow each other. */
    int firstCell(long address) {
        return java.util.Arrays.binarySearch(cellStarts, address);
    }

    int cellSize(int cell) {
        return (int) (cellEnds[cell] - cellStarts[cell]);
    }

    long cellStart(int cell) {
        return cellStarts[cell];
    }

    /** How many cells an access covers. */
    int cellCount(int first, int size) {
        long end = cellStarts[first] + size;
        int cell = first;
        while (cell < cellStarts.length && cellStarts[cell] < end) {
            cell++;
        }
        return cell - first;
    }

    long initialCell(int cell) {
        return initial(cellStarts[cell], cellSize(cell));
    }

    /** The initial bytes at an address, little-endian. */
    long initial(long address, int size) {
        long offset = address - BASE;
        Variable variable = variables.get((int) (offset / REGION));
        int start = (int) (offset % REGION);
        if (start % variable.elementBytes() == 0 && size >= variable.elementBytes() && !variable.array()) {
            // A wider access than the variable's type sees the whole initial value.
            return start == 0 ? truncate(value(variable.elements().getFirst()), size) : 0;
        }
        long result = 0;
        for (int i = 0; i < size; i++) {
            int at = start + i;
            int element = at / variable.elementBytes();
            if (element < variable.elements().size()) {
                long bits = value(variable.elements().get(element)) >>> 8 * (at % variable.elementBytes()) & 0xff;
                result |= bits << 8 * i;
            }
        }
        return result;
    }

    static long truncate(long value, int size) {
        return size >= 8 ? value : value & (1L << 8 * size) - 1;
    }
}
