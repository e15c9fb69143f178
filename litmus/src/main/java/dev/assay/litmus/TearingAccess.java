package dev.assay.litmus;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.AccessMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Loops over one kind of access, for any offset into one piece of memory. */
final class TearingAccess {
    private static final int PAGES = 4 * 4096;
    private static final int PAGE = 4096;
    private static final int WARM_UP_CALLS = 30;
    private static final int WARM_UP_TIMES = 2000;

    private final MethodHandle read;
    private final MethodHandle write;

    private TearingAccess(MethodHandle read, MethodHandle write) {
        this.read = read;
        this.write = write;
    }

    /**
     * The loops for a kind of access.
     *
     * @throws UnsupportedOperationException when the memory does not offer the mode
     */
    static TearingAccess of(Kind memory, int bits, Mode mode) {
        VarHandle handle = switch (memory) {
            case HEAP_ARRAY -> array(bits);
            case BYTE_ARRAY_VIEW -> MethodHandles.insertCoordinates(
                    MethodHandles.byteArrayViewVarHandle(type(bits).arrayType(), ByteOrder.nativeOrder()), 0,
                    (Object) new byte[PAGES]);
            case DIRECT -> MethodHandles.insertCoordinates(
                    MethodHandles.byteBufferViewVarHandle(type(bits).arrayType(), ByteOrder.nativeOrder()), 0,
                    ByteBuffer.allocateDirect(PAGES + PAGE).alignedSlice(PAGE));
            case MAPPED -> MethodHandles.insertCoordinates(layout(bits, mode == Mode.PLAIN).varHandle(), 0, mapped());
            case NATIVE -> MethodHandles.insertCoordinates(layout(bits, mode == Mode.PLAIN).varHandle(), 0,
                    Arena.global().allocate(PAGES, PAGE));
            case MACHINE_CODE -> throw new IllegalArgumentException("machine code has loops of its own");
        };
        boolean cas = mode == Mode.CAS;
        MethodHandle get = handle.toMethodHandle(switch (mode) {
            case PLAIN -> AccessMode.GET;
            case OPAQUE -> AccessMode.GET_OPAQUE;
            case ACQUIRE_RELEASE -> AccessMode.GET_ACQUIRE;
            case VOLATILE, CAS -> AccessMode.GET_VOLATILE;
            case ALIGNED_VECTOR, VECTOR -> throw new IllegalArgumentException(mode + " is machine code");
        });
        MethodHandle set = handle.toMethodHandle(switch (mode) {
            case PLAIN -> AccessMode.SET;
            case OPAQUE -> AccessMode.SET_OPAQUE;
            case ACQUIRE_RELEASE -> AccessMode.SET_RELEASE;
            default -> cas ? AccessMode.COMPARE_AND_SET : AccessMode.SET_VOLATILE;
        });
        if (cas) {
            // compareAndSet(offset, ~value, value): the only writer knows what is there.
            MethodHandle wide = MethodHandles.explicitCastArguments(set,
                    MethodType.methodType(void.class, long.class, long.class, long.class));
            set = MethodHandles.permuteArguments(
                    MethodHandles.filterArguments(wide, 1, complement()),
                    MethodType.methodType(void.class, long.class, long.class), 0, 1, 1);
        }
        return hidden(MethodHandles.explicitCastArguments(get, MethodType.methodType(long.class, long.class)),
                MethodHandles.explicitCastArguments(set, MethodType.methodType(void.class, long.class, long.class)));
    }

    private static long complementOf(long value) {
        return ~value;
    }

    private static MethodHandle complement() {
        try {
            return MethodHandles.lookup().findStatic(TearingAccess.class, "complementOf",
                    MethodType.methodType(long.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> type(int bits) {
        return switch (bits) {
            case 16 -> short.class;
            case 32 -> int.class;
            default -> long.class;
        };
    }

    /** Only layouts that demand alignment offer more than plain accesses. */
    private static ValueLayout layout(int bits, boolean anywhere) {
        ValueLayout layout = switch (bits) {
            case 16 -> ValueLayout.JAVA_SHORT;
            case 32 -> ValueLayout.JAVA_INT;
            default -> ValueLayout.JAVA_LONG;
        };
        return anywhere ? layout.withByteAlignment(1) : layout;
    }

    private static VarHandle array(int bits) {
        Object array = switch (bits) {
            case 16 -> new short[PAGES];
            case 32 -> new int[PAGES];
            default -> new long[PAGES];
        };
        return MethodHandles.insertCoordinates(MethodHandles.arrayElementVarHandle(array.getClass()), 0, array);
    }

    private static MemorySegment mapped() {
        try {
            Path file = Files.createTempFile("assay-tearing", ".mapped");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGES, Arena.global());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TearingAccess hidden(MethodHandle get, MethodHandle set) {
        try (InputStream in = TearingLoop.class.getResourceAsStream("TearingLoop.class")) {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(),
                    List.of(get, set), true);
            return new TearingAccess(
                    lookup.findStatic(lookup.lookupClass(), "read",
                            MethodType.methodType(long.class, long.class, int.class, long.class)),
                    lookup.findStatic(lookup.lookupClass(), "write",
                            MethodType.methodType(void.class, long.class, int.class)));
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the loop class cannot be loaded", e);
        }
    }

    /** Lets the compiler see enough of the loops to compile them; under -Xint it does nothing of use. */
    void warmUp() throws Throwable {
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            write.invokeExact(0L, WARM_UP_TIMES);
            long torn = (long) read.invokeExact(0L, WARM_UP_TIMES, -1L);
            if (torn < 0) {
                throw new IllegalStateException("a count is never negative");
            }
        }
    }

    long read(long offset, int times, long mask) throws Throwable {
        return (long) read.invokeExact(offset, times, mask);
    }

    void write(long offset, int times) throws Throwable {
        write.invokeExact(offset, times);
    }
}
