package dev.assay.bpf;

import java.nio.file.Path;

/** Where in a file a function's code lies, as uprobes want it. */
final class SymbolOffset {
    private SymbolOffset() {}

    static long of(Path file, String function) {
        ElfFile elf = ElfFile.read(file.toString(), BtfFile.bytes(file));
        for (ElfFile.Symbol symbol : elf.symbols()) {
            if (symbol.name().equals(function) && symbol.section() > 0 && symbol.section() < elf.sections().size()) {
                ElfFile.Section section = elf.section(symbol.section());
                return symbol.value() - section.address() + section.offset();
            }
        }
        throw new BpfException.NotFound(file + " has no function " + function
                + " in its symbol table; name its offset instead");
    }
}
