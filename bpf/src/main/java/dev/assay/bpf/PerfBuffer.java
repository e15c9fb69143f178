package dev.assay.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Events from programs through one buffer for each processor (perf_event_open(2)), for kernels before ring buffers and
 * objects written for them. Events of one processor are in order; lost ones are counted by the kernel and told.
 *
 * <pre>
 *   page 0     metadata: head at byte 1024 (the kernel's), tail at 1032 (ours)
 *   page 1…    records: | u32 type | u16 misc | u16 size | then for a sample | u32 length | data… |
 * </pre>
 *
 * A record is read in place, except one that wraps around the end, which is put together in a buffer of ours.
 */
public final class PerfBuffer implements AutoCloseable {
    private static final int SOFTWARE = 1;
    private static final int BPF_OUTPUT = 10;
    private static final long SAMPLE_RAW = 1 << 10;
    private static final int ATTRIBUTE_BYTES = 136;
    private static final long ENABLE = 0x2400;
    private static final long CLOSE_ON_EXEC = 8;
    private static final int HEAD = 1024;
    private static final int TAIL = 1032;
    private static final int SAMPLE = 9;
    private static final int LOST = 2;
    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final List<Processor> processors = new ArrayList<>();
    private final long dataBytes;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment joined;
    private long lost;

    private record Processor(int descriptor, MemorySegment memory) {}

    private PerfBuffer(int pages) {
        dataBytes = (long) pages * Kernel.PAGE_BYTES;
        joined = arena.allocate(1 << 16, 8);
    }

    /**
     * Opens a buffer of {@code pages}, a power of two, on every processor, for programs that write to {@code map} (of
     * type PERF_EVENT_ARRAY). Closing this leaves the map open.
     */
    public static PerfBuffer open(BpfMap map, int pages) {
        if (Integer.bitCount(pages) != 1) {
            throw new IllegalArgumentException("a perf buffer has a power of two of pages, not " + pages);
        }
        PerfBuffer buffer = new PerfBuffer(pages);
        try {
            for (int i = 0; i < Processors.online(); i++) {
                buffer.add(map, i);
            }
            return buffer;
        } catch (RuntimeException e) {
            buffer.close();
            throw e;
        }
    }

    private void add(BpfMap map, int processor) {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment attribute = call.allocate(ATTRIBUTE_BYTES, 8);
            attribute.set(ValueLayout.JAVA_INT, 0, SOFTWARE);
            attribute.set(ValueLayout.JAVA_INT, 4, ATTRIBUTE_BYTES);
            attribute.set(ValueLayout.JAVA_LONG, 8, BPF_OUTPUT);
            attribute.set(ValueLayout.JAVA_LONG, 16, 1);
            attribute.set(ValueLayout.JAVA_LONG, 24, SAMPLE_RAW);
            attribute.set(ValueLayout.JAVA_INT, 48, 1);
            int fd = (int) Kernel.perfEventOpen(attribute, -1, processor, -1, CLOSE_ON_EXEC).orRefuse(
                    "opening a perf buffer on processor " + processor);
            try {
                processors.add(new Processor(fd, Kernel.map(fd, Kernel.PAGE_BYTES + dataBytes, 0, true)));
            } catch (RuntimeException e) {
                Kernel.close(fd);
                throw e;
            }
            map.put(number(processor), number(fd));
            Kernel.ioctl(fd, ENABLE, 0).orRefuse("enabling the perf buffer of processor " + processor);
        }
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    /** Hands over all events that are there now; the number of them. */
    public int drain(RingBuffer.Handler handler) {
        int events = 0;
        for (Processor processor : processors) {
            events += drain(processor.memory(), handler);
        }
        return events;
    }

    private int drain(MemorySegment memory, RingBuffer.Handler handler) {
        long head = (long) POSITION.getAcquire(memory, (long) HEAD);
        long tail = memory.get(ValueLayout.JAVA_LONG, TAIL);
        int events = 0;
        while (tail < head) {
            // Records are multiples of 8 bytes, so a header never wraps.
            long header = memory.get(LONG, Kernel.PAGE_BYTES + tail % dataBytes);
            int type = (int) header;
            int size = (int) (header >>> 48) & 0xffff;
            MemorySegment record = record(memory, tail % dataBytes, size);
            if (type == SAMPLE) {
                handler.event(record.asSlice(12, record.get(ValueLayout.JAVA_INT_UNALIGNED, 8)));
                events++;
            } else if (type == LOST) {
                lost += record.get(LONG, 16);
            }
            tail += size;
            POSITION.setRelease(memory, (long) TAIL, tail);
        }
        return events;
    }

    private MemorySegment record(MemorySegment memory, long at, int size) {
        if (at + size <= dataBytes) {
            return memory.asSlice(Kernel.PAGE_BYTES + at, size);
        }
        long first = dataBytes - at;
        MemorySegment.copy(memory, Kernel.PAGE_BYTES + at, joined, 0, first);
        MemorySegment.copy(memory, Kernel.PAGE_BYTES, joined, first, size - first);
        return joined.asSlice(0, size);
    }

    /** Events that the kernel had no room for, as far as it has told until the last {@link #drain}. */
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        for (Processor processor : processors) {
            Kernel.unmap(processor.memory());
            Kernel.close(processor.descriptor());
        }
        processors.clear();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
