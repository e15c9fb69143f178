package dev.assay.bpf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names of threads, read from /proc. A JVM names its own (os/linux: 15 characters are kept), which tells collector,
 * compiler and application threads apart.
 */
final class ThreadNames {
    private static final Pattern COLLECTOR = Pattern.compile(
            "^(GC Thread|G1 |ZWorker|ZDriver|ZDirector|ZUncommitter|Shenandoah|Reference Handl|Finalizer).*");
    private static final Pattern COMPILER = Pattern.compile("^(C1 Compiler|C2 Compiler|JVMCI|Sweeper).*");

    private static final Pattern RUNTIME = Pattern.compile(
            "^(VM Thread|VM Periodic|Monitor Deflati|Signal Dispatch|Service Thread|Common-Cleaner|Notification).*");

    private final Map<Integer, Thread> known = new HashMap<>();

    /** A thread of a process; {@code role} is empty outside of JVMs. */
    record Thread(String name, String role) {}

    /** Reads the names of all threads of {@code process} that live now. Threads seen before keep their names. */
    void read(int process) {
        Path tasks = Path.of("/proc/" + process + "/task");
        boolean jvm = jvm(process);
        try (DirectoryStream<Path> list = Files.newDirectoryStream(tasks)) {
            for (Path task : list) {
                String name = comm(task);
                known.put(Integer.parseInt(task.getFileName().toString()), new Thread(name, jvm ? role(name) : ""));
            }
        } catch (IOException e) {
            // The process has ended; what was read of it before stays.
            known.putIfAbsent(process, new Thread("(ended)", ""));
        }
    }

    /** The name of a thread, or {@code (ended)}. */
    Thread name(int process, int thread) {
        if (thread == 0 && process == 0) {
            return new Thread("(kernel)", "");
        }
        if (!known.containsKey(thread)) {
            read(process);
        }
        return known.getOrDefault(thread, new Thread("(ended)", ""));
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return "(ended)";
        }
    }

    private static boolean jvm(int process) {
        try {
            return Path.of("/proc/" + process + "/exe").toRealPath().getFileName().toString().equals("java");
        } catch (IOException e) {
            return false;
        }
    }

    static String role(String name) {
        return COLLECTOR.matcher(name).matches()
                ? "collector"
                : COMPILER.matcher(name).matches()
                        ? "compiler"
                        : RUNTIME.matcher(name).matches() ? "runtime" : "application";
    }
}
