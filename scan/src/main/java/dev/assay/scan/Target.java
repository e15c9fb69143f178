package dev.assay.scan;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the artifacts shall run. */
public enum Target {
    LINUX_AARCH64("linux-aarch64", OperatingSystem.LINUX, Processor.AARCH64, Libc.GLIBC), LINUX_AARCH64_MUSL(
            "linux-aarch64-musl", OperatingSystem.LINUX, Processor.AARCH64, Libc.MUSL),
    LINUX_RISCV64("linux-riscv64",
            OperatingSystem.LINUX, Processor.RISCV64, Libc.GLIBC),
    LINUX_S390X("linux-s390x",
            OperatingSystem.LINUX, Processor.S390X, Libc.GLIBC),
    LINUX_X86_64("linux-x86-64",
            OperatingSystem.LINUX, Processor.X86_64, Libc.GLIBC),
    MACOS_AARCH64("macos-aarch64",
            OperatingSystem.MACOS, Processor.AARCH64,
            Libc.UNREAD),
    WINDOWS_AARCH64("windows-aarch64", OperatingSystem.WINDOWS,
            Processor.AARCH64, Libc.UNREAD);

    private final String label;
    private final OperatingSystem system;
    private final Processor processor;
    private final Libc libc;

    Target(String label, OperatingSystem system, Processor processor, Libc libc) {
        this.label = label;
        this.system = system;
        this.processor = processor;
        this.libc = libc;
    }

    /** The target with this name; glibc and musl may be written out ({@code linux-aarch64-glibc}). */
    public static Target of(String name) {
        String plain = name.strip().toLowerCase(java.util.Locale.ROOT).replace('_', '-').replace("-glibc", "")
                .replace("arm64", "aarch64").replace("amd64", "x86-64");
        return find(plain).orElseThrow(() -> new ScanException.Usage("--target must be one of " + names() + "; it is "
                + name + ". Choose one of these."));
    }

    private static Optional<Target> find(String label) {
        return Arrays.stream(values()).filter(target -> target.label.equals(label)).findFirst();
    }

    /** All names, for help texts. */
    public static String names() {
        return Arrays.stream(values()).map(Target::label).collect(Collectors.joining(", "));
    }

    /** As it is written on the command line and in reports. */
    public String label() {
        return label;
    }

    OperatingSystem system() {
        return system;
    }

    Processor processor() {
        return processor;
    }

    Libc libc() {
        return libc;
    }

    /** Whether multi-byte values lie with the most significant byte first. */
    boolean bigEndian() {
        return processor == Processor.S390X;
    }

    /** Whether the processor may reorder plain loads and stores that x86 keeps in order. */
    boolean weaklyOrdered() {
        return processor == Processor.AARCH64 || processor == Processor.RISCV64;
    }

    /** Whether this code can be loaded there. */
    boolean fits(NativeFile file) {
        if (file.system() != system || !file.processors().contains(processor) || !file.kind().moves()) {
            return false;
        }
        if (system != OperatingSystem.LINUX) {
            return true;
        }
        return switch (file.libc()) {
            case NONE, UNREAD -> true;
            case GLIBC, MUSL, BIONIC -> file.libc() == libc;
        };
    }
}
