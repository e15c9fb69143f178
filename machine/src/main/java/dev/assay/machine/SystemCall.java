package dev.assay.machine;

import java.util.Map;

/**
 * System calls that the C library does not wrap, with their numbers (arch/x86/entry/syscalls/syscall_64.tbl,
 * include/uapi/asm-generic/unistd.h, arch/s390/kernel/syscalls/syscall.tbl, arch/powerpc/kernel/syscalls/syscall.tbl).
 */
enum SystemCall {
    PERF_EVENT_OPEN(298, 241, 331, 319), MBIND(237, 235, 268, 259), GET_MEMPOLICY(239, 236, 269,
            260),
    SET_MEMPOLICY(238, 237, 270, 261);

    private static final Libc.Function SYSCALL = Libc.function("syscall", 6);
    private final Map<InstructionSet, Long> numbers;

    SystemCall(long x86, long generic, long s390, long power) {
        numbers = Map.of(InstructionSet.X86_64, x86, InstructionSet.AARCH64, generic, InstructionSet.RISCV64, generic,
                InstructionSet.LOONGARCH64, generic, InstructionSet.S390X, s390, InstructionSet.PPC64LE, power);
    }

    /** The number on this machine; unsupported where Assay does not know it. */
    Reading<Long> number() {
        if (!System.getProperty("os.name").equals("Linux") || !SYSCALL.available()) {
            return Reading.unsupported(name().toLowerCase(java.util.Locale.ROOT) + " is a call of Linux; this is "
                    + System.getProperty("os.name"));
        }
        InstructionSet set = InstructionSet.named(System.getProperty("os.arch"));
        Long number = numbers.get(set);
        return number == null
                ? Reading.unsupported("Assay does not know the number of "
                        + name().toLowerCase(java.util.Locale.ROOT) + " on " + System.getProperty("os.arch"))
                : Reading.known(number, "the system call table of " + set);
    }

    /** Five arguments; those not needed are 0. */
    static Libc.Result call(long number, long a, long b, long c, long d, long e) {
        return SYSCALL.call(number, a, b, c, d, e);
    }
}
