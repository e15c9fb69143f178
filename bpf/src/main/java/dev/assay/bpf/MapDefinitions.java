package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The maps that an object asks for: those in {@code .maps}, told by types alone ({@code int (*max_entries)[64]} means
 * 64), and one for each section of global data.
 */
final class MapDefinitions {
    private final ObjectFile object;

    private MapDefinitions(ObjectFile object) {
        this.object = object;
    }

    /**
     * One map.
     *
     * @param section where it is declared
     * @param offset within the section, in bytes
     * @param content what it holds from the start, empty for none
     * @param inner what the maps in a map of maps are like
     * @param slots what stands in it from the start by name: maps, or programs
     * @param pinned whether it is shared under its name by all who load it
     */
    record Declared(BpfMap.Definition definition, int section, long offset, byte[] content, boolean readOnly,
            Optional<BpfMap.Definition> inner, List<Slot> slots, boolean pinned) {

        /** An array of one value: global data. */
        static Declared data(BpfMap.Definition definition, int section, byte[] content, boolean readOnly) {
            return new Declared(definition, section, 0, content, readOnly, Optional.empty(), List.of(), false);
        }
    }

    /** {@code [index] = &symbol} in the initial values. */
    record Slot(int index, ElfFile.Symbol symbol) {}

    static List<Declared> of(ObjectFile object) {
        return new MapDefinitions(object).all();
    }

    private List<Declared> all() {
        List<Declared> found = new ArrayList<>();
        for (ElfFile.Section section : object.elf().sections()) {
            String name = section.name();
            if (name.equals("maps") || name.startsWith("maps/")) {
                throw new BpfException.Unsupported(object.path() + " declares its maps in section \"" + name
                        + "\", the legacy form that says neither types nor pinning and that libbpf 1.0 refuses too; "
                        + "declare them in \".maps\" with __uint() and __type()");
            }
            if (name.equals(".struct_ops") || name.equals(".struct_ops.link")) {
                throw new BpfException.Unsupported(object.path() + " implements an interface of the kernel ("
                        + structOps(section) + ", section \"" + name + "\"), which this loader does not register: its "
                        + "programs run only through that interface; bpftool struct_ops register does");
            }
            if (name.equals(".maps")) {
                found.addAll(typed(section));
            } else if (data(name) && section.size() > 0) {
                found.add(global(section));
            }
        }
        return found;
    }

    private String structOps(ElfFile.Section section) {
        return object.symbols().stream().filter(s -> s.section() == section.index() && s
                .type() == ElfFile.Symbol.OBJECT)
                .map(s -> "struct_ops " + s.name()).collect(Collectors.joining(", "));
    }

    static boolean data(String name) {
        return name.equals(".data") || name.startsWith(".data.") || name.equals(".bss") || name.startsWith(".bss.")
                || name.equals(".rodata") || name.startsWith(".rodata.");
    }

    private Declared global(ElfFile.Section section) {
        boolean readOnly = section.name().startsWith(".rodata");
        if (section.size() > 1 << 28) {
            throw new BpfException.Malformed(object.path() + ": section " + section.name() + " asks for " + section
                    .size() + " bytes; up to 256 MiB are taken");
        }
        byte[] content = section.hasBytes() ? object.elf().bytes(section) : new byte[(int) section.size()];
        return Declared.data(new BpfMap.Definition(section.name(), BpfMap.ARRAY, 4, (int) section.size(), 1,
                BpfMap.MMAPABLE | (readOnly ? BpfMap.READ_ONLY_PROGRAM : 0)), section.index(), content, readOnly);
    }

    private List<Declared> typed(ElfFile.Section section) {
        Btf btf = object.btf().orElseThrow(() -> new BpfException.Unsupported(object.path()
                + " declares maps in .maps without BTF; compile it with -g"));
        Map<String, Integer> variables = new TreeMap<>();
        for (int id : btf.find(".maps", false)) {
            if (btf.kind(id) == Kind.DATASEC) {
                for (int i = 0; i < btf.length(id); i++) {
                    int variable = btf.element(id, i, 3, 0);
                    variables.put(btf.name(variable), variable);
                }
            }
        }
        List<Declared> found = new ArrayList<>();
        for (ElfFile.Symbol symbol : object.symbols()) {
            if (symbol.section() == section.index() && symbol.type() == ElfFile.Symbol.OBJECT) {
                Integer variable = variables.get(symbol.name());
                if (variable == null) {
                    throw new BpfException.Malformed(object.path() + ": map " + symbol.name()
                            + " has no type in BTF section .maps");
                }
                found.add(map(btf, symbol, btf.resolve(btf.target(variable)), section));
            }
        }
        return found;
    }

    /** The fields of a definition, as far as they were read. */
    private static final class Fields {
        private int kind;
        private int key;
        private int value;
        private int entries;
        private int flags;
        private boolean pinned;
        private Optional<BpfMap.Definition> inner = Optional.empty();
        private long valuesAt = -1;

        private BpfMap.Definition definition(String name) {
            if (kind == BpfMap.PERF_EVENT_ARRAY) {
                entries = entries == 0 ? Processors.possible() : entries;
            }
            if (kind == BpfMap.PERF_EVENT_ARRAY || kind == BpfMap.PROGRAM_ARRAY) {
                key = key == 0 ? 4 : key;
            }
            if (kind == BpfMap.PERF_EVENT_ARRAY || valuesAt >= 0) {
                value = value == 0 ? 4 : value;
            }
            boolean ring = kind == BpfMap.RINGBUF;
            return new BpfMap.Definition(name, kind, ring ? 0 : key, ring ? 0 : value, entries, flags);
        }
    }

    private Declared map(Btf btf, ElfFile.Symbol symbol, int type, ElfFile.Section section) {
        Fields fields = fields(btf, symbol, type, false);
        BpfMap.Definition definition = fields.definition(symbol.name());
        if (BpfMap.ofMaps(definition.type()) && fields.inner.isEmpty()) {
            throw new BpfException.Malformed(object.path() + ": map " + symbol.name()
                    + " holds maps and does not say what they are like; it needs __array(values, struct …)");
        }
        List<Slot> slots = fields.valuesAt < 0 ? List.of() : slots(symbol, section, fields.valuesAt);
        return new Declared(definition, section.index(), symbol.value(), new byte[0], false, fields.inner, slots,
                fields.pinned);
    }

    private Fields fields(Btf btf, ElfFile.Symbol symbol, int type, boolean within) {
        if (!btf.kind(type).composite()) {
            throw new BpfException.Malformed(object.path() + ": map " + symbol.name() + " is " + btf.kind(type).words()
                    + ", not a struct");
        }
        Fields fields = new Fields();
        for (int i = 0; i < btf.length(type); i++) {
            Btf.Member member = btf.member(type, i);
            switch (member.name()) {
                case "type" -> fields.kind = number(btf, symbol, member);
                case "max_entries" -> fields.entries = number(btf, symbol, member);
                case "map_flags" -> fields.flags = number(btf, symbol, member);
                case "key_size" -> fields.key = number(btf, symbol, member);
                case "value_size" -> fields.value = number(btf, symbol, member);
                case "key" -> fields.key = pointed(btf, symbol, member);
                case "value" -> fields.value = pointed(btf, symbol, member);
                case "pinning" -> fields.pinned = pinned(symbol, number(btf, symbol, member), within);
                case "numa_node" -> number(btf, symbol, member);
                case "values" -> values(btf, symbol, member, within, fields);
                default -> throw new BpfException.Unsupported(object.path() + ": map " + symbol.name() + " uses \""
                        + member.name() + "\", which this loader does not take");
            }
        }
        return fields;
    }

    /** LIBBPF_PIN_NONE and LIBBPF_PIN_BY_NAME. */
    private boolean pinned(ElfFile.Symbol symbol, int pinning, boolean within) {
        if (pinning > 1 || pinning < 0 || within) {
            throw new BpfException.Malformed(object.path() + ": map " + symbol.name() + " asks for pinning " + pinning
                    + "; 0 (none) and 1 (by name) are known, and maps within a map are not pinned");
        }
        return pinning == 1;
    }

    /** {@code __array(values, T)}: an array without length of pointers to what a map is like, or to functions. */
    private void values(Btf btf, ElfFile.Symbol symbol, Btf.Member member, boolean within, Fields fields) {
        int array = btf.resolve(member.type());
        int pointer = array != 0 && btf.kind(array) == Kind.ARRAY ? btf.resolve(btf.arrayElement(array)) : 0;
        int shape = pointer != 0 && btf.kind(pointer) == Kind.PTR ? btf.resolve(btf.target(pointer)) : 0;
        if (within || shape == 0 || btf.kind(shape) != Kind.FUNC_PROTO && !btf.kind(shape).composite()) {
            throw wrong(symbol, member, "in a map that is in no other, an array of pointers to maps or functions");
        }
        if (btf.kind(shape).composite()) {
            fields.inner = Optional.of(fields(btf, symbol, shape, true).definition(symbol.name() + ".inner"));
        }
        fields.valuesAt = member.bitOffset() / 8;
    }

    private List<Slot> slots(ElfFile.Symbol symbol, ElfFile.Section section, long valuesAt) {
        List<Slot> slots = new ArrayList<>();
        List<ElfFile.Symbol> symbols = object.symbols();
        for (ElfFile.Relocation relocation : object.elf().relocations(section)) {
            long at = relocation.offset() - symbol.value() - valuesAt;
            if (relocation.offset() < symbol.value() || relocation.offset() >= symbol.value() + symbol.size()) {
                continue;
            }
            if (at < 0 || at % Long.BYTES != 0 || relocation.symbol() < 0 || relocation.symbol() >= symbols.size()) {
                throw new BpfException.Malformed(object.path() + ": map " + symbol.name() + " has an initial value at "
                        + "byte " + relocation.offset() + " of " + section.name() + ", which is no place of one");
            }
            slots.add(new Slot((int) (at / Long.BYTES), symbols.get(relocation.symbol())));
        }
        return slots;
    }

    /** {@code int (*name)[N]} means N. */
    private int number(Btf btf, ElfFile.Symbol symbol, Btf.Member member) {
        int pointer = btf.resolve(member.type());
        int array = pointer != 0 && btf.kind(pointer) == Kind.PTR ? btf.resolve(btf.target(pointer)) : 0;
        if (array == 0 || btf.kind(array) != Kind.ARRAY) {
            throw wrong(symbol, member, "a pointer to an array");
        }
        return btf.arrayCount(array);
    }

    private int pointed(Btf btf, ElfFile.Symbol symbol, Btf.Member member) {
        int pointer = btf.resolve(member.type());
        if (pointer == 0 || btf.kind(pointer) != Kind.PTR || !btf.sized(btf.target(pointer))) {
            throw wrong(symbol, member, "a pointer to a type with a size");
        }
        long bytes = btf.sizeOf(btf.target(pointer));
        if (bytes > 1 << 28) {
            throw wrong(symbol, member, "a pointer to a type of at most 256 MiB");
        }
        return (int) bytes;
    }

    private BpfException.Malformed wrong(ElfFile.Symbol symbol, Btf.Member member, String rule) {
        return new BpfException.Malformed(object.path() + ": map " + symbol.name() + ", field " + member.name() + ": "
                + rule + " is expected, not " + TypeText.of(object.btf().orElseThrow(), member.type()));
    }

    /** The bytes of an array's only key. */
    static byte[] zero() {
        return number(0);
    }

    /** The bytes of an index or a descriptor. */
    static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }
}
