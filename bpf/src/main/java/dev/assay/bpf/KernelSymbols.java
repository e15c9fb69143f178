package dev.assay.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Names and addresses of the running kernel and its modules, as {@code /proc/kallsyms} lists them (proc(5)):
 *
 * <pre>
 *   address, 16 digits | space | type, 1 letter | space | name | and of a module: tab | [module]
 * </pre>
 */
final class KernelSymbols {
    private static final int NAME = 19;

    private final Path list;

    KernelSymbols() {
        this(Path.of("/proc/kallsyms"));
    }

    KernelSymbols(Path list) {
        this.list = list;
    }

    private Optional<String> line(String name) {
        try (Stream<String> lines = Files.lines(list)) {
            int end = NAME + name.length();
            return lines.filter(l -> l.startsWith(name, NAME) && (l.length() == end || l.charAt(end) == '\t'))
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * Where it is.
     *
     * @throws BpfException.Refused where it is listed and its address is hidden
     */
    OptionalLong address(String name) {
        Optional<String> line = line(name);
        if (line.isEmpty()) {
            return OptionalLong.empty();
        }
        long address = Long.parseUnsignedLong(line.get().substring(0, 16), 16);
        if (address == 0) {
            throw new BpfException.Refused("the address of " + name + " is hidden: " + list + " shows 0 without "
                    + "root, or where /proc/sys/kernel/kptr_restrict is 2", Kernel.EPERM);
        }
        return OptionalLong.of(address);
    }

    /** Who has a symbol of this name: a module, or {@code vmlinux}, as the kernel itself is called among its types. */
    Optional<String> owner(String name) {
        return line(name).map(l -> {
            int bracket = l.indexOf('[', NAME + name.length());
            return bracket < 0 ? KernelTypes.KERNEL : l.substring(bracket + 1, l.length() - 1);
        });
    }
}
