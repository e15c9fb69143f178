package dev.assay.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processors as the kernel numbers them. */
final class Processors {
    private Processors() {}

    /** How many this kernel may ever have; per-processor values come in this number. */
    static int possible() {
        return lastOf("/sys/devices/system/cpu/possible") + 1;
    }

    static int online() {
        return lastOf("/sys/devices/system/cpu/online") + 1;
    }

    private static int lastOf(String file) {
        try {
            String list = Files.readString(Path.of(file)).strip();
            int from = Math.max(list.lastIndexOf('-'), list.lastIndexOf(',')) + 1;
            return Integer.parseInt(list.substring(from));
        } catch (IOException | NumberFormatException e) {
            throw new BpfException.Refused(file + " does not tell the processors: " + e.getMessage(), Kernel.ENOENT);
        }
    }

    /**
     * What a processor is among the others: {@code one class} where all are alike, else its relative capacity (sysfs
     * cpu_capacity, 1024 for the fastest).
     */
    static String coreClass(int processor) {
        Path capacity = Path.of("/sys/devices/system/cpu/cpu" + processor + "/cpu_capacity");
        try {
            return Files.exists(capacity) ? "capacity " + Files.readString(capacity).strip() : "all cores";
        } catch (IOException e) {
            return "all cores";
        }
    }
}
