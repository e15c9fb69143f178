package dev.assay.experiments;

import dev.assay.machine.ExecutableMemory;
import dev.assay.machine.InstructionSet;
import dev.assay.machine.MachineException;
import dev.assay.machine.Reading;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;

/**
 * A function as machine code, for what a compiler would not promise to emit. The bytes are hexadecimal, as a
 * disassembler prints them; arguments come by the C convention of the machine (System V AMD64, AAPCS64).
 *
 * @param x86 for x86-64
 * @param aarch64 for AArch64, instructions little-endian
 */
record MachineCode(String x86, String aarch64) {
    /** Whether there are bytes for the machine that this process runs on. */
    static boolean available() {
        return System.getProperty("os.name").equals("Linux") && switch (here()) {
            case X86_64, AARCH64 -> true;
            case RISCV64, S390X, PPC64LE, PPC64, LOONGARCH64, X86, ARM, OTHER -> false;
        };
    }

    private static InstructionSet here() {
        return InstructionSet.named(System.getProperty("os.arch"));
    }

    /** The function, mapped for the rest of the process; or why there is none. */
    Reading<MethodHandle> bind(FunctionDescriptor descriptor, Linker.Option... options) {
        if (!available()) {
            return Reading.unsupported("there is machine code for x86-64 and AArch64 under Linux, not for "
                    + System.getProperty("os.arch") + " under " + System.getProperty("os.name"));
        }
        byte[] bytes = HexFormat.of().parseHex(here() == InstructionSet.X86_64 ? x86 : aarch64);
        try {
            return Reading.known(ExecutableMemory.of(bytes).function(0, descriptor, options), "machine code");
        } catch (MachineException e) {
            return Reading.unreadable(e.getMessage());
        }
    }
}
