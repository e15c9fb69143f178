package dev.assay.bpf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The declarations of a header, in slices. A declaration depends on no other once it has its place, so the first slices
 * are written while the order of the later ones is still being found, by as many threads as there are processors.
 */
final class HeaderSlices implements COrder.Progress {
    private static final int SLICE = 1024;
    /** Fewer types than this are written faster than a second thread starts. */
    private static final int WORTH_HELP = 4 * SLICE;
    private static final int MAX_SCRIBES = 3;

    private final Btf btf;
    private final COrder order;
    private final byte[][] texts;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Scribe> scribes = new ArrayList<>();
    private int placed;
    private boolean complete;

    private HeaderSlices(Btf btf) {
        this.btf = btf;
        order = new COrder(btf, this);
        texts = new byte[2 * btf.endId() / SLICE + 1][];
    }

    /** All declarations, in order. */
    static List<byte[]> of(Btf btf) {
        HeaderSlices slices = new HeaderSlices(btf);
        int count = btf.endId() < WORTH_HELP
                ? 0
                : Math.min(MAX_SCRIBES, Runtime.getRuntime().availableProcessors()
                        - 1);
        for (int i = 0; i < count; i++) {
            slices.scribes.add(slices.new Scribe());
            slices.scribes.getLast().start();
        }
        try {
            slices.order.all();
            slices.publish(slices.order.length(), true);
            slices.write();
        } finally {
            slices.publish(0, true);
            slices.scribes.forEach(Scribe::finish);
        }
        slices.scribes.forEach(Scribe::check);
        return Arrays.asList(slices.texts).subList(0, (slices.order.length() + SLICE - 1) / SLICE);
    }

    @Override
    public void placed(int length) {
        if (length % SLICE == 0) {
            publish(length, false);
        }
    }

    private synchronized void publish(int length, boolean last) {
        placed = Math.max(placed, length);
        complete = last;
        notifyAll();
    }

    /** Where a slice ends that would end at {@code wanted}: there, or at the last declaration. */
    private synchronized int end(int wanted) {
        while (placed < wanted && !complete) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody knows this thread to interrupt it", e);
            }
        }
        return Math.min(placed, wanted);
    }

    private void write() {
        Text out = new Text(1 << 17);
        CPrinter printer = new CPrinter(btf, order, out);
        while (true) {
            int slice = taken.getAndIncrement();
            int end = end((slice + 1) * SLICE);
            if (end <= slice * SLICE) {
                return;
            }
            printer.print(slice * SLICE, end);
            texts[slice] = out.take();
            Text.checkLength(bytes.addAndGet(texts[slice].length));
        }
    }

    /** Its own thread, for the length of one header. */
    private final class Scribe extends Thread {
        private RuntimeException failure;
        private Error error;

        private Scribe() {
            super("header");
        }

        @Override
        public void run() {
            try {
                write();
            } catch (RuntimeException e) {
                failure = e;
            } catch (StackOverflowError | OutOfMemoryError e) {
                error = e;
            }
        }

        private void finish() {
            boolean interrupted = false;
            while (true) {
                try {
                    join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void check() {
            if (failure != null) {
                throw failure;
            }
            if (error != null) {
                throw error;
            }
        }
    }
}
