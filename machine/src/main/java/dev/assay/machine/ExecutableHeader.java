package dev.assay.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What machine code a program file holds, from its first bytes: ELF (System V gABI, e_machine), Mach-O
 * (mach-o/loader.h, thin and universal), PE (PE/COFF specification, Machine), or the interpreter of a script.
 */
record ExecutableHeader(String format, List<InstructionSet> architectures, String interpreter) {
    private static final int ENOUGH = 4096;

    ExecutableHeader {
        architectures = List.copyOf(architectures);
    }

    static Reading<ExecutableHeader> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Reading.known(in.readNBytes(ENOUGH), file.toString()).map(ExecutableHeader::parse);
        } catch (IOException e) {
            return Reading.unreadable(file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    static ExecutableHeader parse(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes);
        if (bytes.length >= 2 && bytes[0] == '#' && bytes[1] == '!') {
            String line = new String(bytes, 2, Math.min(bytes.length - 2, 200), StandardCharsets.ISO_8859_1);
            return new ExecutableHeader("script", List.of(), line.lines().findFirst().orElse("").strip());
        }
        int magic = bytes.length >= 4 ? header.getInt(0) : 0;
        if (magic == 0x7f454c46 && bytes.length >= 20) {
            boolean little = bytes[5] == 1;
            header.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            return new ExecutableHeader("ELF", List.of(elf(header.getShort(18) & 0xffff, bytes[4] == 2, little)), "");
        }
        if (bytes.length >= 8 && (magic == 0xcffaedfe || magic == 0xcefaedfe)) {
            return new ExecutableHeader("Mach-O", List.of(mach(header.order(ByteOrder.LITTLE_ENDIAN).getInt(4))), "");
        }
        // A Java class file has the magic of a universal binary too; its next word is a version from 45 on.
        if (magic == 0xcafebabe && bytes.length >= 8 && header.getInt(4) > 0 && header.getInt(4) < 40) {
            List<InstructionSet> sets = new ArrayList<>();
            for (int i = 0; i < header.getInt(4) && 8 + 20 * i + 4 <= bytes.length; i++) {
                sets.add(mach(header.getInt(8 + 20 * i)));
            }
            return new ExecutableHeader("Mach-O universal", sets, "");
        }
        if (bytes.length >= 64 && bytes[0] == 'M' && bytes[1] == 'Z') {
            int at = header.order(ByteOrder.LITTLE_ENDIAN).getInt(60);
            if (at > 0 && at <= bytes.length - 6 && header.getInt(at) == 0x4550) {
                return new ExecutableHeader("PE", List.of(portable(header.getShort(at + 4) & 0xffff)), "");
            }
        }
        throw new IllegalArgumentException("neither ELF, Mach-O, PE nor a script");
    }

    private static InstructionSet elf(int machine, boolean wide, boolean little) {
        return switch (machine) {
            case 3 -> InstructionSet.X86;
            case 21 -> little ? InstructionSet.PPC64LE : InstructionSet.PPC64;
            case 22 -> wide ? InstructionSet.S390X : InstructionSet.OTHER;
            case 40 -> InstructionSet.ARM;
            case 62 -> InstructionSet.X86_64;
            case 183 -> InstructionSet.AARCH64;
            case 243 -> wide ? InstructionSet.RISCV64 : InstructionSet.OTHER;
            case 258 -> InstructionSet.LOONGARCH64;
            default -> InstructionSet.OTHER;
        };
    }

    private static InstructionSet mach(int type) {
        return switch (type) {
            case 0x0100_0007 -> InstructionSet.X86_64;
            case 0x0100_000c -> InstructionSet.AARCH64;
            case 7 -> InstructionSet.X86;
            case 12 -> InstructionSet.ARM;
            default -> InstructionSet.OTHER;
        };
    }

    static InstructionSet portable(int machine) {
        return switch (machine) {
            case 0x8664 -> InstructionSet.X86_64;
            case 0xaa64, 0xa641, 0xa64e -> InstructionSet.AARCH64; // ARM64, ARM64EC, ARM64X
            case 0x014c -> InstructionSet.X86;
            case 0x01c0, 0x01c4 -> InstructionSet.ARM;
            case 0x5064 -> InstructionSet.RISCV64;
            case 0x6264 -> InstructionSet.LOONGARCH64;
            default -> InstructionSet.OTHER;
        };
    }
}
