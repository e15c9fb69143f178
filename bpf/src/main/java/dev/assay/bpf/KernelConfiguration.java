package dev.assay.bpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the running kernel was built with, as {@code CONFIG_NAME=value} lines, and the few names beginning LINUX_ that
 * libbpf documents as told by the loader.
 */
final class KernelConfiguration {
    private final Btf kernel;
    private final Map<String, String> values = new HashMap<>();
    private String origin = "this kernel (neither /proc/config.gz nor /boot/config-RELEASE can be read)";

    KernelConfiguration(Btf kernel) {
        this.kernel = kernel;
        for (Path file : List.of(Path.of("/proc/config.gz"), Path.of("/boot/config-" + release()))) {
            if (Files.isReadable(file)) {
                origin = file.toString();
                read(new String(BtfFile.bytes(file), StandardCharsets.UTF_8));
                return;
            }
        }
    }

    private static String release() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private void read(String text) {
        text.lines().filter(l -> l.startsWith("CONFIG_") && l.indexOf('=') > 0).forEach(l -> values.put(l.substring(0, l
                .indexOf('=')), l.substring(l.indexOf('=') + 1)));
    }

    /** Where the values were read. */
    String origin() {
        return origin;
    }

    /** The value as it is written there: {@code y}, {@code m}, a number, or a text in quotes. */
    Optional<String> value(String name) {
        return switch (name) {
            case "LINUX_KERNEL_VERSION" -> Optional.of(Integer.toString(LoadedObject.kernelVersion()));
            case "LINUX_HAS_BPF_COOKIE" -> Optional.of(enumerator("bpf_func_id", "BPF_FUNC_get_attach_cookie")
                    ? "1"
                    : "0");
            case "LINUX_HAS_SYSCALL_WRAPPER" -> Optional.of(kernel.find("__" + wrapper() + "_sys_bpf", false).length > 0
                    ? "1"
                    : "0");
            default -> Optional.ofNullable(values.get(name));
        };
    }

    private static String wrapper() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") ? "arm64" : name.equals("amd64") ? "x64" : name;
    }

    private boolean enumerator(String type, String value) {
        return Arrays.stream(kernel.find(type, false)).filter(id -> kernel.kind(id).enumeration()).anyMatch(id -> {
            for (int i = 0; i < kernel.length(id); i++) {
                if (kernel.enumerator(id, i).name().equals(value)) {
                    return true;
                }
            }
            return false;
        });
    }
}
