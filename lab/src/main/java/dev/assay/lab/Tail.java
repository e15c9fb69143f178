package dev.assay.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last lines that a process printed. Reads all, however much it is, so that the process never blocks on a full
 * pipe, and keeps at most {@link #LINES} lines of {@link #COLUMNS} bytes.
 */
final class Tail {
    static final int LINES = 30;
    static final int COLUMNS = 400;

    private final Deque<String> lines = new ArrayDeque<>();
    private final byte[] line = new byte[COLUMNS];
    private int length;
    private final Thread reader;

    private Tail(InputStream from, String name) {
        reader = Thread.ofPlatform().daemon().name(name).unstarted(() -> drain(from));
    }

    static Tail follow(InputStream from, String name) {
        Tail tail = new Tail(from, name);
        tail.reader.start();
        return tail;
    }

    private void drain(InputStream from) {
        byte[] buffer = new byte[1 << 16];
        try (from) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                take(buffer, n);
            }
        } catch (IOException e) {
            // The pipe broke because the process was ended; what was read is what there is.
        }
        if (length > 0) {
            endLine();
        }
    }

    private synchronized void take(byte[] bytes, int n) {
        for (int i = 0; i < n; i++) {
            if (bytes[i] == '\n') {
                endLine();
            } else if (length < COLUMNS && bytes[i] != '\r') {
                line[length++] = bytes[i];
            }
        }
    }

    private synchronized void endLine() {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(new String(line, 0, length, StandardCharsets.UTF_8));
        length = 0;
    }

    /** What was printed last, once the process has ended; waits briefly for the pipe to run dry. */
    List<String> lastLines() {
        try {
            // A grandchild may hold the pipe open after its parent has ended; do not wait for it.
            reader.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return List.copyOf(lines);
        }
    }
}
