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
import java.util.Optional;
import java.util.Set;

/** Loops over one kind of access, for any offset into one piece of memory. */
final class TearingAccess {
    private static final int BYTES = 4 * 4096;
    private static final int PAGE = 4096;
    private static final int WARM_UP_ROUNDS = 60;
    private static final int WARM_UP_CALLS = 400;
    /** Short calls, so that the methods are compiled as wholes and not for one long loop. */
    private static final int WARM_UP_TIMES = 10;
    private static final int WARM_UP_REST = 3;
    private static final byte[] WARM_UP_VALUES = {0, 0x0f, -1};

    private final Block block;
    private final Class<?> loops;
    private final MethodHandle read;
    private final MethodHandle write;
    private final long mask;
    private long seed = 1;

    /**
     * Memory that an access goes to.
     *
     * @param segment all of it
     * @param array what it lies in when it is in the heap
     * @param unit how many bytes further one step of the coordinate leads
     */
    private record Block(MemorySegment segment, Optional<byte[]> array, int unit) {
        long address() {
            return array.map(HeapAddress::of).orElseGet(segment::address);
        }
    }

    private TearingAccess(Block block, Class<?> loops, MethodHandle read, MethodHandle write, long mask) {
        this.block = block;
        this.loops = loops;
        this.read = read;
        this.write = write;
        this.mask = mask;
    }

    /**
     * The loops for a kind of access.
     *
     * @throws UnsupportedOperationException when the memory does not offer the mode
     */
    static TearingAccess of(Kind memory, int bits, Mode mode) {
        Class<?> view = type(bits).arrayType();
        return switch (memory) {
            case HEAP_ARRAY -> {
                Object array = java.lang.reflect.Array.newInstance(type(bits), BYTES * Byte.SIZE / bits);
                MemorySegment segment = switch (array) {
                    case short[] some -> MemorySegment.ofArray(some);
                    case int[] some -> MemorySegment.ofArray(some);
                    default -> MemorySegment.ofArray((long[]) array);
                };
                yield of(new Block(segment, Optional.empty(), bits / Byte.SIZE),
                        MethodHandles.insertCoordinates(MethodHandles.arrayElementVarHandle(view), 0, array), bits,
                        mode);
            }
            case BYTE_ARRAY_VIEW -> {
                byte[] array = new byte[BYTES];
                yield of(new Block(MemorySegment.ofArray(array), Optional.of(array), 1),
                        MethodHandles.insertCoordinates(
                                MethodHandles.byteArrayViewVarHandle(view, ByteOrder.nativeOrder()), 0, (Object) array),
                        bits,
                        mode);
            }
            case DIRECT -> {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES + PAGE).alignedSlice(PAGE);
                yield of(new Block(MemorySegment.ofBuffer(buffer), Optional.empty(), 1),
                        MethodHandles.insertCoordinates(
                                MethodHandles.byteBufferViewVarHandle(view, ByteOrder.nativeOrder()), 0, buffer),
                        bits, mode);
            }
            case MAPPED -> of(mapped(), bits, mode);
            case NATIVE -> of(Arena.global().allocate(BYTES, PAGE), bits, mode);
            case MACHINE_CODE -> throw new IllegalArgumentException("machine code has loops of its own");
        };
    }

    /** Only layouts that demand alignment offer more than plain accesses. */
    private static TearingAccess of(MemorySegment segment, int bits, Mode mode) {
        ValueLayout layout = switch (bits) {
            case 16 -> ValueLayout.JAVA_SHORT;
            case 32 -> ValueLayout.JAVA_INT;
            default -> ValueLayout.JAVA_LONG;
        };
        VarHandle handle = (mode == Mode.PLAIN ? layout.withByteAlignment(1) : layout).varHandle();
        return of(new Block(segment, Optional.empty(), 1), MethodHandles.insertCoordinates(handle, 0, segment), bits,
                mode);
    }

    private static TearingAccess of(Block block, VarHandle handle, int bits, Mode mode) {
        // Array elements and buffers are addressed by int, segments by long; the loops cast.
        MethodHandle get = MethodHandles.explicitCastArguments(handle.toMethodHandle(switch (mode) {
            case PLAIN -> AccessMode.GET;
            case OPAQUE -> AccessMode.GET_OPAQUE;
            case ACQUIRE_RELEASE -> AccessMode.GET_ACQUIRE;
            default -> AccessMode.GET_VOLATILE;
        }), MethodType.methodType(long.class, long.class));
        MethodHandle set = mode == Mode.CAS
                ? compareAndSet(handle)
                : MethodHandles.explicitCastArguments(handle.toMethodHandle(switch (mode) {
                    case PLAIN -> AccessMode.SET;
                    case OPAQUE -> AccessMode.SET_OPAQUE;
                    case ACQUIRE_RELEASE -> AccessMode.SET_RELEASE;
                    default -> AccessMode.SET_VOLATILE;
                }), MethodType.methodType(void.class, long.class, long.class));
        long mask = bits == Long.SIZE ? -1L : (1L << bits) - 1;
        try (InputStream in = TearingLoop.class.getResourceAsStream("TearingLoop.class")) {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(),
                    List.of(get, set), true);
            Class<?> loops = lookup.lookupClass();
            return new TearingAccess(block, loops,
                    lookup.findStatic(loops, "read",
                            MethodType.methodType(void.class, long.class, int.class, long.class, long[].class)),
                    lookup.findStatic(loops, "write",
                            MethodType.methodType(long.class, long.class, int.class, int.class, long.class)),
                    mask);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the loop class cannot be loaded", e);
        }
    }

    /** {@code (offset, value)}: sets the value if its complement is there, as it is when nobody else stores. */
    private static MethodHandle compareAndSet(VarHandle handle) {
        MethodHandle wide = MethodHandles.explicitCastArguments(handle.toMethodHandle(AccessMode.COMPARE_AND_SET),
                MethodType.methodType(void.class, long.class, long.class, long.class));
        try {
            MethodHandle complement = MethodHandles.lookup().findStatic(TearingAccess.class, "complement",
                    MethodType.methodType(long.class, long.class));
            return MethodHandles.permuteArguments(MethodHandles.filterArguments(wide, 1, complement),
                    MethodType.methodType(void.class, long.class, long.class), 0, 1, 1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long complement(long value) {
        return ~value;
    }

    private static Class<?> type(int bits) {
        return switch (bits) {
            case 16 -> short.class;
            case 32 -> int.class;
            default -> long.class;
        };
    }

    private static MemorySegment mapped() {
        try {
            Path file = Files.createTempFile("assay-tearing", ".mapped");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.global());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the memory lies now. */
    long address() {
        return block.address();
    }

    /** The coordinate that leads to {@code offset} bytes from the start of a page, in memory at {@code address}. */
    long coordinate(long address, int offset) {
        return block.unit == 1 ? Math.floorMod(-address, (long) PAGE) + PAGE + offset : PAGE / block.unit;
    }

    /** All zeros, whatever lay there before. */
    void clear() {
        block.segment.fill((byte) 0);
    }

    /** One store of each value and one load, which throw what there is to throw. */
    void tryOnce(long coordinate) throws Throwable {
        write(coordinate, 1, 0);
        read(coordinate, 1, new long[Tally.WIDTH]);
    }

    /** Runs the loops until the JVM's list has them compiled; whole, half and no values are met, so that nothing is new later. */
    void warmUp(long coordinate) throws Throwable {
        long[] counts = new long[Tally.WIDTH];
        for (int round = 0; round < WARM_UP_ROUNDS
                && !compilations().map(TearingAccess::whole).orElse(false); round++) {
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                block.segment.fill(WARM_UP_VALUES[i % WARM_UP_VALUES.length]);
                read(coordinate, WARM_UP_TIMES, counts);
            }
            for (int i = 0; i < WARM_UP_CALLS; i++) {
                write(coordinate, WARM_UP_TIMES, WARM_UP_REST);
            }
        }
    }

    /** The loops as compiled now, if the JVM tells. */
    Optional<Set<String>> compilations() {
        return CompiledCode.of(loops);
    }

    /** Whether both loops are among these compilations. */
    static boolean whole(Set<String> compilations) {
        return CompiledCode.has(compilations, "read") && CompiledCode.has(compilations, "write");
    }

    void read(long coordinate, int times, long[] counts) throws Throwable {
        read.invokeExact(coordinate, times, mask, counts);
    }

    void write(long coordinate, int times, int rest) throws Throwable {
        seed = (long) write.invokeExact(coordinate, times, rest, seed);
    }
}
