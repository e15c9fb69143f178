package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The maps that an object asks for: those in {@code .maps}, told by types alone ({@code int (*max_entries)[64]} means
 * 64), and one for each section of global data.
 */
final class MapDefinitions {
    private static final Set<Integer> WITHOUT_KEY = Set.of(BpfMap.RINGBUF);

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
     */
    record Declared(BpfMap.Definition definition, int section, long offset, byte[] content, boolean readOnly,
            boolean pinned) {}

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
            if (name.equals(".maps")) {
                found.addAll(typed(section));
            } else if (data(name) && section.size() > 0) {
                found.add(global(section));
            }
        }
        return found;
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
        return new Declared(new BpfMap.Definition(section.name(), BpfMap.ARRAY, 4, (int) section.size(), 1,
                BpfMap.MMAPABLE | (readOnly ? BpfMap.READ_ONLY_PROGRAM : 0)), section.index(), 0, content, readOnly,
                false);
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
                found.add(map(btf, symbol, btf.resolve(btf.target(variable)), section.index()));
            }
        }
        return found;
    }

    private Declared map(Btf btf, ElfFile.Symbol symbol, int type, int section) {
        if (!btf.kind(type).composite()) {
            throw new BpfException.Malformed(object.path() + ": map " + symbol.name() + " is " + btf.kind(type).words()
                    + ", not a struct");
        }
        int kind = 0;
        int key = 0;
        int value = 0;
        int entries = 0;
        int flags = 0;
        boolean pinned = false;
        for (int i = 0; i < btf.length(type); i++) {
            Btf.Member member = btf.member(type, i);
            switch (member.name()) {
                case "type" -> kind = number(btf, symbol, member);
                case "max_entries" -> entries = number(btf, symbol, member);
                case "map_flags" -> flags = number(btf, symbol, member);
                case "key_size" -> key = number(btf, symbol, member);
                case "value_size" -> value = number(btf, symbol, member);
                case "key" -> key = pointed(btf, symbol, member);
                case "value" -> value = pointed(btf, symbol, member);
                case "pinning" -> pinned = number(btf, symbol, member) == 1;
                case "numa_node" -> number(btf, symbol, member);
                default -> throw new BpfException.Unsupported(object.path() + ": map " + symbol.name() + " uses \""
                        + member.name() + "\", which this loader does not take (maps of maps and program arrays are "
                        + "filled from Java)");
            }
        }
        if (kind == BpfMap.PERF_EVENT_ARRAY) {
            key = key == 0 ? 4 : key;
            value = value == 0 ? 4 : value;
            entries = entries == 0 ? Processors.possible() : entries;
        }
        if (WITHOUT_KEY.contains(kind)) {
            key = 0;
            value = 0;
        }
        return new Declared(new BpfMap.Definition(symbol.name(), kind, key, value, entries, flags), section, symbol
                .value(), new byte[0], false, pinned);
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
        return ByteBuffer.allocate(4).array();
    }
}
