package dev.assay.bpf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A compiled BPF object: functions by section, the types it was compiled with, and where it depends on a kernel's.
 *
 * <p>
 * Nothing is loaded by reading it. An object without BTF can be read and loaded, and has nothing to relocate.
 */
public final class ObjectFile {
    private final String path;
    private final ElfFile elf;
    private final Optional<Btf> btf;
    private final BtfExt ext;
    private final List<Function> functions;
    private final List<ElfFile.Symbol> symbols;

    /** A function: {@code offset} is that of its first instruction within its section, in bytes. */
    record Function(String name, ElfFile.Section section, int offset, List<Instruction> code, boolean global) {
        Function {
            code = List.copyOf(code);
        }

        int end() {
            return offset + code.size() * Instruction.BYTES;
        }

        /** Programs stand in sections that name their hook; functions that they call stand in .text. */
        boolean program() {
            return !section.name().equals(".text");
        }
    }

    private ObjectFile(String path, ElfFile elf, Optional<Btf> btf, BtfExt ext) {
        this.path = path;
        this.elf = elf;
        this.btf = btf;
        this.ext = ext;
        symbols = elf.symbols();
        functions = readFunctions();
    }

    /** Reads an object. */
    public static ObjectFile read(Path file) {
        return parse(file.toString(), BtfFile.bytes(file));
    }

    static ObjectFile parse(String origin, byte[] bytes) {
        ElfFile elf = ElfFile.read(origin, bytes);
        if (elf.machine() != ElfFile.MACHINE_BPF && elf.machine() != 0) {
            throw new BpfException.Malformed(origin + " is for machine " + elf.machine()
                    + ", not for BPF (247); compile it with clang -target bpf");
        }
        Optional<Btf> btf = elf.section(".BTF").map(s -> new Btf(origin, elf.bytes(s), null));
        BtfExt ext = btf.isEmpty()
                ? BtfExt.empty()
                : elf.section(".BTF.ext").map(s -> BtfExt.read(origin, elf.bytes(s), btf.get())).orElse(BtfExt
                        .empty());
        return new ObjectFile(origin, elf, btf, ext);
    }

    private List<Function> readFunctions() {
        List<Function> found = new ArrayList<>();
        for (ElfFile.Section section : elf.sections()) {
            if (section.hasBytes() && section.executable() && section.size() > 0) {
                List<Instruction> code = Instruction.decode(elf.bytes(section), elf.order());
                found.addAll(split(section, code));
            }
        }
        return found;
    }

    private List<Function> split(ElfFile.Section section, List<Instruction> code) {
        Map<Long, ElfFile.Symbol> starts = new TreeMap<>(Comparator.naturalOrder());
        symbols.stream().filter(s -> s.section() == section.index() && s.type() == ElfFile.Symbol.FUNCTION).forEach(
                s -> starts.putIfAbsent(s.value(), s));
        long bytes = (long) code.size() * Instruction.BYTES;
        List<Function> found = new ArrayList<>();
        List<ElfFile.Symbol> ordered = List.copyOf(starts.values());
        for (int i = 0; i < ordered.size(); i++) {
            ElfFile.Symbol symbol = ordered.get(i);
            long end = i + 1 < ordered.size() ? ordered.get(i + 1).value() : bytes;
            if (symbol.value() % Instruction.BYTES != 0 || symbol.value() < 0 || symbol.value() > bytes || end > bytes
                    || end % Instruction.BYTES != 0) {
                throw new BpfException.Malformed(path + ": function " + symbol.name() + " begins at byte " + symbol
                        .value() + " of section " + section.name() + ", which has " + bytes + " bytes in steps of 8");
            }
            found.add(new Function(symbol.name(), section, (int) symbol.value(), code.subList((int) symbol.value()
                    / Instruction.BYTES, (int) end / Instruction.BYTES), symbol.binding() != 0));
        }
        return found.isEmpty() ? List.of(new Function(section.name(), section, 0, code, true)) : found;
    }

    /** The file that was read. */
    public String path() {
        return path;
    }

    ElfFile elf() {
        return elf;
    }

    Optional<Btf> btf() {
        return btf;
    }

    BtfExt ext() {
        return ext;
    }

    List<Function> functions() {
        return functions;
    }

    List<ElfFile.Symbol> symbols() {
        return symbols;
    }

    Optional<Function> function(String section, int offset) {
        return functions.stream().filter(f -> f.section().name().equals(section) && f.offset() <= offset && offset < f
                .end()).findFirst();
    }

    /** Instructions of {@code function} whose immediate the linker fills: maps, data, calls. */
    BitSet linked(Function function) {
        BitSet linked = new BitSet();
        for (ElfFile.Relocation relocation : elf.relocations(function.section())) {
            if (relocation.offset() >= function.offset() && relocation.offset() < function.end()) {
                linked.set((int) (relocation.offset() - function.offset()) / Instruction.BYTES);
            }
        }
        return linked;
    }

    /** The license that the object states, empty where it states none. */
    public String license() {
        return elf.section("license").map(s -> new String(elf.bytes(s), StandardCharsets.ISO_8859_1).replace("\0", ""))
                .orElse("");
    }
}
