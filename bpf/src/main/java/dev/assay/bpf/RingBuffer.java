package dev.assay.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * Events from programs, in order, read in place without copying (Documentation/bpf/ringbuf.rst).
 *
 * <pre>
 *   page 0     consumer's position, written by this side
 *   page 1     producer's position
 *   page 2…    data, mapped twice in a row so that no event is torn at the end
 *   event      | 31 busy | 30 discarded | 29..0 length | u32 page | data… padded to 8 |
 * </pre>
 *
 * One thread reads. Events for which there is no room are refused to the program, which alone can count them.
 */
public final class RingBuffer implements AutoCloseable {
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int HEADER_BYTES = 8;
    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle LENGTH = ValueLayout.JAVA_INT.varHandle();

    private final BpfMap map;
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final long mask;
    private boolean closed;

    private RingBuffer(BpfMap map, MemorySegment consumer, MemorySegment producer, long mask) {
        this.map = map;
        this.consumer = consumer;
        this.producer = producer;
        this.mask = mask;
    }

    /** Takes one event. */
    public interface Handler {
        /** {@code event} is valid only during the call: its memory is the kernel's and will be written again. */
        void event(MemorySegment event);
    }

    /** A map of {@code bytes}, a power of two and a multiple of the page, for programs to write to. */
    public static BpfMap create(String name, int bytes) {
        return BpfMap.create(new BpfMap.Definition(name, BpfMap.RINGBUF, 0, 0, bytes, 0));
    }

    /** Opens a ring-buffer map for reading; closing this leaves the map open. */
    public static RingBuffer open(BpfMap map) {
        long page = Kernel.PAGE_BYTES;
        long size = map.definition().entries();
        MemorySegment consumer = Kernel.map(map.descriptor(), page, 0, true);
        try {
            return new RingBuffer(map, consumer, Kernel.map(map.descriptor(), page + 2 * size, page, false), size - 1);
        } catch (BpfException e) {
            Kernel.unmap(consumer);
            throw e;
        }
    }

    /** Hands over all events that are there now; the number of them. */
    public int drain(Handler handler) {
        long page = Kernel.PAGE_BYTES;
        long at = consumer.get(ValueLayout.JAVA_LONG, 0);
        long end = (long) POSITION.getAcquire(producer, 0L);
        int events = 0;
        while (at < end) {
            long place = page + (at & mask);
            int header = (int) LENGTH.getAcquire(producer, place);
            if ((header & BUSY) != 0) {
                break;
            }
            int length = header & ~(BUSY | DISCARDED);
            if ((header & DISCARDED) == 0) {
                handler.event(producer.asSlice(place + HEADER_BYTES, length));
                events++;
            }
            at += (length + HEADER_BYTES + 7L) / 8 * 8;
            // Published per event, so that the program finds room while the rest is read.
            POSITION.setRelease(consumer, 0L, at);
        }
        return events;
    }

    /** Waits for events and hands them over; the number of them, 0 when the time has passed. */
    public int poll(Duration wait, Handler handler) {
        int events = drain(handler);
        if (events == 0 && Kernel.awaitReadable(map.descriptor(), (int) Math.min(wait.toMillis(), Integer.MAX_VALUE))) {
            events = drain(handler);
        }
        return events;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Kernel.unmap(producer);
            Kernel.unmap(consumer);
        }
    }
}
