package dev.assay.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls to the C library of this process, each with the errno that it left.
 *
 * <p>
 * One shape serves all: up to six machine words in, one word out, which is what the calls that Assay makes look like on
 * every 64-bit ABI. The segment that receives errno belongs to the call.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private Libc() {}

    /** The value returned and, where it was -1, the errno. */
    record Result(long value, int errno) {
        boolean failed() {
            return value == -1;
        }
    }

    /** A function of the C library that takes {@code words} longs (pointers, sizes, ints) and returns one. */
    static Function function(String name, int words) {
        return find(name, words, ValueLayout.JAVA_LONG);
    }

    /** As {@link #function} for one that returns an int: the upper half of the register holds nothing then. */
    static Function intFunction(String name, int words) {
        return find(name, words, ValueLayout.JAVA_INT);
    }

    @SuppressWarnings("restricted")
    private static Function find(String name, int words, MemoryLayout result) {
        var address = LINKER.defaultLookup().find(name);
        if (address.isEmpty()) {
            return new Function(name, null);
        }
        MemoryLayout[] arguments = new MemoryLayout[words];
        java.util.Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        FunctionDescriptor descriptor = FunctionDescriptor.of(result, arguments);
        MethodHandle handle = LINKER.downcallHandle(address.get(), descriptor,
                Linker.Option.captureCallState("errno"));
        return new Function(name, handle.asSpreader(1, Object[].class, words));
    }

    record Function(String name, MethodHandle handle) {
        boolean available() {
            return handle != null;
        }

        Result call(Object... words) {
            if (handle == null) {
                throw new MachineException("the C library has no function " + name + "; this needs Linux");
            }
            Object[] longs = new Object[words.length];
            for (int i = 0; i < words.length; i++) {
                longs[i] = word(words[i]);
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(CALL_STATE);
                long value = ((Number) handle.invoke(state, longs)).longValue();
                return new Result(value, value == -1 ? (int) ERRNO.get(state, 0L) : 0);
            } catch (Throwable e) {
                throw new MachineException("calling " + name + " failed: " + e, e);
            }
        }

        private static long word(Object argument) {
            return switch (argument) {
                case MemorySegment segment -> segment.address();
                case Number number -> number.longValue();
                default -> throw new IllegalArgumentException("not a machine word: " + argument);
            };
        }
    }

    private static final Function STRERROR = function("strerror", 1);

    /** The C library's words for an errno. */
    @SuppressWarnings("restricted")
    static String describe(int errno) {
        if (!STRERROR.available()) {
            return "errno " + errno;
        }
        long text = STRERROR.call(errno).value();
        return MemorySegment.ofAddress(text).reinterpret(256).getString(0) + " (errno " + errno + ")";
    }
}
