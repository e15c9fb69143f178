package dev.assay.machine;

/**
 * What machine code the process runs and what the machine underneath runs.
 *
 * @param process the code of this Java process (os.arch); for a saved machine that of its kernel
 * @param kernel the code of the kernel
 * @param bits of the process
 */
public record Architecture(InstructionSet process, Reading<InstructionSet> kernel, int bits) {
    /** Whether another machine code is translated while it runs, so that timings say nothing about the processor. */
    public boolean translated() {
        return kernel.map(set -> set != process && !(set == InstructionSet.X86_64 && process == InstructionSet.X86)
                && !(set == InstructionSet.AARCH64 && process == InstructionSet.ARM)).orElse(false);
    }

    /** The name of the process's code as claims use it: {@code aarch64}. */
    public String title() {
        return process.title();
    }

    static Architecture read(Root root, CpuInfo info) {
        // Since Linux 6.1 a file says it; a user-mode emulator fakes uname(2) but not this file.
        Reading<InstructionSet> kernel = root.word("/proc/sys/kernel/arch").map(InstructionSet::named)
                .or(() -> info.instructionSet().map(set -> Reading.known(set, "the form of /proc/cpuinfo"))
                        .orElse(Reading.unsupported("there is no /proc/sys/kernel/arch (Linux 6.1), and /proc/cpuinfo "
                                + "has no form that is known")));
        InstructionSet process = root.isLive()
                ? InstructionSet.named(System.getProperty("os.arch"))
                : kernel.orElse(InstructionSet.OTHER);
        return new Architecture(process, kernel, process.bits());
    }
}
