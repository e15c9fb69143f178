package dev.assay.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A control group of 32 MiB, of version 2 or 1, in which a test runs a process out of memory and nothing else. */
final class MemoryLimit implements AutoCloseable {
    private static final int LIMIT_BYTES = 32 << 20;

    private final Path group;

    private MemoryLimit(Path group) {
        this.group = group;
    }

    /** Empty where no such group can be made here. */
    static Optional<MemoryLimit> make() {
        String name = "assay-test-" + ProcessHandle.current().pid();
        for (List<String> place : List.of(List.of("/sys/fs/cgroup", "memory.max", "memory.swap.max"), List.of(
                "/sys/fs/cgroup/unified", "memory.max", "memory.swap.max"),
                List.of("/sys/fs/cgroup/memory",
                        "memory.limit_in_bytes", ""))) {
            Path group = Path.of(place.getFirst(), name);
            try {
                Files.createDirectory(group);
                Path limit = group.resolve(place.get(1));
                // In a folder that is no control group this would only make a file of that name.
                if (!Files.isRegularFile(limit) || !Files.isRegularFile(group.resolve("cgroup.procs"))) {
                    remove(group);
                    continue;
                }
                Files.writeString(limit, Integer.toString(LIMIT_BYTES));
                if (!Files.readString(limit).strip().equals(Integer.toString(LIMIT_BYTES))) {
                    remove(group);
                    continue;
                }
                Path swap = group.resolve(place.get(2));
                if (Files.isRegularFile(swap)) {
                    Files.writeString(swap, "0");
                }
                return Optional.of(new MemoryLimit(group));
            } catch (IOException e) {
                remove(group);
            }
        }
        return Optional.empty();
    }

    /** Starts a process that takes memory until the kernel ends it, or where the limit should fail its own limit does. */
    Process exhaust() throws IOException {
        // tail keeps what may be its last line, and /dev/zero has no end of line.
        return new ProcessBuilder("sh", "-c", "ulimit -v 262144 && echo $$ > " + group.resolve("cgroup.procs")
                + " && exec tail /dev/zero")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static void remove(Path group) {
        try {
            Files.deleteIfExists(group);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the control group " + group + " stays behind", e);
        }
    }

    @Override
    public void close() {
        remove(group);
    }
}
