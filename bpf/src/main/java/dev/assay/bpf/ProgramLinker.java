package dev.assay.bpf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one program of a function and those that it calls: relocated for the kernel, with descriptors in place of maps
 * and distances in place of names.
 *
 * <p>
 * A load of 64 bits says in its source register what its number means (bpf.h): 1 a map, 2 a place in a map's value, 3 a
 * variable of the kernel, 4 a function. A call says 1 for a function of the program and 2 for one of the kernel.
 */
final class ProgramLinker {
    private static final int MAP = 1;
    private static final int MAP_VALUE = 2;
    private static final int KERNEL_TYPE = 3;
    private static final int FUNCTION_ADDRESS = 4;
    private static final int OWN_FUNCTION = 1;
    private static final int KERNEL_FUNCTION = 2;

    private final ObjectFile object;
    private final Btf kernel;
    private final Externals externals;
    private final Map<Integer, List<Placed>> maps;
    private final Optional<CoreRelocator> relocator;
    private final Map<ObjectFile.Function, Integer> starts = new LinkedHashMap<>();
    private final List<Instruction> code = new ArrayList<>();

    /** A created map and where its declaration stands. */
    record Placed(MapDefinitions.Declared declared, BpfMap map) {}

    private ProgramLinker(ObjectFile object, Btf kernel, Externals externals, List<Placed> maps) {
        this.object = object;
        this.kernel = kernel;
        this.externals = externals;
        this.maps = new LinkedHashMap<>();
        maps.forEach(m -> this.maps.computeIfAbsent(m.declared().section(), _ -> new ArrayList<>()).add(m));
        relocator = object.btf().map(btf -> new CoreRelocator(btf, kernel, object.elf().order()));
    }

    /** Instructions ready to load, and where each came from. */
    record Linked(List<Instruction> code, Map<ObjectFile.Function, Integer> starts) {}

    static Linked link(ObjectFile object, Btf kernel, Externals externals, List<Placed> maps,
            ObjectFile.Function program) {
        ProgramLinker linker = new ProgramLinker(object, kernel, externals, maps);
        linker.append(program);
        return new Linked(linker.code, linker.starts);
    }

    private int append(ObjectFile.Function function) {
        Integer known = starts.get(function);
        if (known != null) {
            return known;
        }
        int start = code.size();
        starts.put(function, start);
        List<Instruction> own = new ArrayList<>(function.code());
        relocate(function, own);
        Map<Integer, ElfFile.Relocation> linked = new LinkedHashMap<>();
        for (ElfFile.Relocation relocation : object.elf().relocations(function.section())) {
            if (relocation.offset() >= function.offset() && relocation.offset() < function.end()) {
                linked.put((int) (relocation.offset() - function.offset()) / Instruction.BYTES, relocation);
            }
        }
        code.addAll(own);
        for (int i = 0; i < own.size(); i++) {
            Instruction one = own.get(i);
            if (one.wide() && linked.containsKey(i)) {
                load(function, start + i, linked.get(i));
            } else if (one.opcode() == Instruction.CALL && (one.source() == OWN_FUNCTION || linked.containsKey(i))) {
                call(function, start, i, Optional.ofNullable(linked.get(i)));
            }
            i += one.wide() ? 1 : 0;
        }
        return start;
    }

    private void relocate(ObjectFile.Function function, List<Instruction> own) {
        for (BtfExt.Relocation record : object.ext().relocations().getOrDefault(function.section().name(), List.of())) {
            if (record.offset() < function.offset() || record.offset() >= function.end()) {
                continue;
            }
            CoreRelocator.Result result = relocator.orElseThrow().resolve(record);
            CorePatch.apply(own, (record.offset() - function.offset()) / Instruction.BYTES, result.decision())
                    .ifPresent(
                            why -> {
                                throw new BpfException.Refused("program " + function.name() + ", instruction "
                                        + record.offset()
                                                / Instruction.BYTES
                                        + ", " + result.path().text() + ": " + why
                                        + " (assay bpf check tells more)", 0);
                            });
        }
    }

    private ElfFile.Symbol symbol(ElfFile.Relocation relocation) {
        List<ElfFile.Symbol> symbols = object.symbols();
        if (relocation.symbol() < 0 || relocation.symbol() >= symbols.size()) {
            throw new BpfException.Malformed(object.path() + ": a relocation at byte " + relocation.offset()
                    + " names symbol " + relocation.symbol() + " of " + symbols.size());
        }
        return symbols.get(relocation.symbol());
    }

    private void load(ObjectFile.Function function, int at, ElfFile.Relocation relocation) {
        ElfFile.Symbol symbol = symbol(relocation);
        Instruction lower = code.get(at);
        Instruction upper = code.get(at + 1);
        if (symbol.section() == 0) {
            external(function, at, symbol.name());
            return;
        }
        ElfFile.Section section = object.elf().section(symbol.section());
        if (section.executable()) {
            int target = append(target(section, symbol.value() + lower.immediate()));
            code.set(at, lower.withSource(FUNCTION_ADDRESS).withImmediate(target - at - 1));
            code.set(at + 1, upper.withImmediate(0));
            return;
        }
        List<Placed> here = maps.getOrDefault(symbol.section(), List.of());
        boolean global = MapDefinitions.data(section.name());
        long offset = symbol.value();
        Placed placed = here.stream().filter(p -> global || p.declared().offset() == offset).findFirst().orElseThrow(
                () -> new BpfException.Malformed(object.path() + ": program " + function.name() + " uses "
                        + symbol.name() + " of section " + section.name() + ", where no map is"));
        code.set(at, lower.withSource(global ? MAP_VALUE : MAP).withImmediate(placed.map().descriptor()));
        code.set(at + 1, upper.withImmediate(global ? (int) offset + lower.immediate() : 0));
    }

    private void external(ObjectFile.Function function, int at, String name) {
        Instruction lower = code.get(at);
        Instruction upper = code.get(at + 1);
        switch (externals.find(name).orElseThrow(() -> new BpfException.Unsupported("program " + function.name()
                + " uses " + name + ", which the object neither defines nor declares __kconfig or __ksym"))) {
            case Externals.External.Setting setting -> {
                Placed map = maps.getOrDefault(0, List.of()).stream().findFirst().orElseThrow(
                        () -> new BpfException.Malformed("no map holds the kernel's settings, such as " + name));
                code.set(at, lower.withSource(MAP_VALUE).withImmediate(map.map().descriptor()));
                code.set(at + 1, upper.withImmediate(setting.offset() + lower.immediate()));
            }
            case Externals.External.Address address -> {
                code.set(at, lower.withImmediate((int) address.value()));
                code.set(at + 1, upper.withImmediate((int) (address.value() >>> 32)));
            }
            case Externals.External.Typed typed -> {
                code.set(at, lower.withSource(KERNEL_TYPE).withImmediate(typed.id()));
                code.set(at + 1, upper.withImmediate(0));
            }
        }
    }

    private void call(ObjectFile.Function function, int start, int index, Optional<ElfFile.Relocation> relocation) {
        Instruction one = code.get(start + index);
        if (relocation.isPresent()) {
            ElfFile.Symbol symbol = symbol(relocation.get());
            if (symbol.section() == 0) {
                code.set(start + index, new Instruction(Instruction.CALL, 0, KERNEL_FUNCTION, 0, kernelFunction(
                        function, symbol.name())));
                return;
            }
            ElfFile.Section section = object.elf().section(symbol.section());
            long offset = symbol.value() + (symbol.type() == ElfFile.Symbol.SECTION
                    ? (one.immediate() + 1L)
                            * Instruction.BYTES
                    : 0);
            int target = append(target(section, offset));
            code.set(start + index, one.withSource(OWN_FUNCTION).withImmediate(target - (start + index) - 1));
            return;
        }
        long offset = function.offset() + (index + 1L + one.immediate()) * Instruction.BYTES;
        int target = append(target(function.section(), offset));
        code.set(start + index, one.withImmediate(target - (start + index) - 1));
    }

    /** 0 for a weak one that is not there, which the verifier refuses only where the call is reached. */
    private int kernelFunction(ObjectFile.Function function, String name) {
        return switch (externals.find(name).orElseThrow(() -> new BpfException.Unsupported("program " + function.name()
                + " calls " + name + ", which the object neither defines nor declares __ksym"))) {
            case Externals.External.Typed typed -> typed.id();
            case Externals.External.Address _,Externals.External.Setting _ -> 0;
        };
    }

    private ObjectFile.Function target(ElfFile.Section section, long offset) {
        return object.functions().stream().filter(f -> f.section().index() == section.index() && f.offset() == offset)
                .findFirst()
                .orElseThrow(() -> new BpfException.Malformed(object.path() + ": no function begins at byte "
                        + offset + " of section " + section.name()));
    }
}
