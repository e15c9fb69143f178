package dev.assay.scan;

/** The instruction set that native code is for, as its header says. */
public enum Processor {
    X86("x86"), X86_64("x86-64"), AARCH64("aarch64"), ARM("arm"), RISCV64("riscv64"), RISCV32("riscv32"), S390X(
            "s390x"),
    S390("s390"), PPC("ppc"), PPC64("ppc64"), PPC64LE(
            "ppc64le"),
    MIPS("mips"), LOONGARCH64("loongarch64"), SPARC("sparc"), IA64("ia64"),
    /** Code for a device or a virtual machine (BPF, CUDA, AMD GPU): it does not move with the processor. */
    DEVICE("device"),
    /** A number that no table here knows; the evidence shows it. */
    UNRECOGNISED("unrecognised");

    private final String label;

    Processor(String label) {
        this.label = label;
    }

    /** As it is written in reports, for example {@code x86-64}. */
    public String label() {
        return label;
    }

    /** By e_machine of the ELF header; numbers from the System V ABI registry (sco.com/developers/gabi). */
    static Processor ofElf(int machine, boolean wide, boolean little) {
        return switch (machine) {
            case 3 -> X86;
            case 62 -> X86_64;
            case 183 -> AARCH64;
            case 40 -> ARM;
            case 243 -> wide ? RISCV64 : RISCV32;
            case 22 -> wide ? S390X : S390;
            case 20 -> PPC;
            case 21 -> little ? PPC64LE : PPC64;
            case 8, 10 -> MIPS;
            case 258 -> LOONGARCH64;
            case 2, 18, 43 -> SPARC;
            case 50 -> IA64;
            case 190, 224, 247 -> DEVICE;
            default -> UNRECOGNISED;
        };
    }

    /** By cputype of the Mach-O header (mach/machine.h). */
    static Processor ofMachO(int cpuType) {
        return switch (cpuType) {
            case 7 -> X86;
            case 0x01000007 -> X86_64;
            case 0x0100000c -> AARCH64;
            case 12, 0x0200000c -> ARM;
            case 18 -> PPC;
            case 0x01000012 -> PPC64;
            default -> UNRECOGNISED;
        };
    }

    /** By Machine of the COFF header (PE format specification, "Machine types"). */
    static Processor ofCoff(int machine) {
        return switch (machine) {
            case 0x14c -> X86;
            case 0x8664 -> X86_64;
            case 0xaa64, 0xa641, 0xa64e -> AARCH64;
            case 0x1c0, 0x1c2, 0x1c4 -> ARM;
            case 0x5064 -> RISCV64;
            case 0x5032 -> RISCV32;
            case 0x6264 -> LOONGARCH64;
            case 0x200 -> IA64;
            default -> UNRECOGNISED;
        };
    }
}
