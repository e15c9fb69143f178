package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The types of one kernel, module or object, in the BPF Type Format (Documentation/bpf/btf.rst of Linux).
 *
 * <p>
 * Types are numbered from 1; 0 is {@code void}. Only where each type begins is found at once (one pass over the types);
 * everything else is decoded when asked. Each type is three words, and more by kind:
 *
 * <pre>
 *   word 0   name, an offset into the strings
 *   word 1   | 31 flag | 30..24 kind | 23..0 length (members, values, parameters) |
 *   word 2   size in bytes, or the type that this one refers to
 *   word 3…  by kind: integer encoding; array; members (name, type, offset); values (name, value); …
 * </pre>
 *
 * Split BTF continues the numbers and the strings of its base. Values are immutable.
 */
public final class Btf {
    /** The word that every BTF begins with. */
    static final int MAGIC = 0xeB9F;
    private static final int MAX_DEPTH = 64;
    private static final int[] FIXED = new int[128];
    private static final int[] ELEMENT = new int[128];

    static {
        for (int i = 0; i < Kind.count(); i++) {
            FIXED[i] = 3 + Kind.of(i).fixedWords;
            ELEMENT[i] = Kind.of(i).elementWords;
        }
    }

    private final String origin;
    private final Btf base;
    private final ByteOrder order;
    private final int[] words;
    /** Where each type begins in {@link #words}; the first entry is that of {@link #firstId}. */
    private final int[] starts;
    private final int firstId;
    private final int endId;
    private final BtfStrings strings;

    /** Reads {@code bytes}; {@code origin} names them in messages; {@code base} is null where the BTF stands alone. */
    Btf(String origin, byte[] bytes, Btf base) {
        this.origin = origin;
        this.base = base;
        BtfHeader header = BtfHeader.read(origin, bytes);
        order = header.order();
        words = new int[header.typeLength() / 4];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        buffer.position(header.typeOffset());
        buffer.asIntBuffer().get(words);
        strings = new BtfStrings(origin, bytes, header.stringOffset(), header.stringLength(), base == null
                ? null
                : base.strings);
        firstId = base == null ? 1 : base.endId;
        int[] index = new int[words.length / 3 + 1];
        int count = index(words, header, bytes, index);
        starts = index.length > 2 * count ? Arrays.copyOf(index, count) : index;
        endId = firstId + count;
    }

    private int index(int[] types, BtfHeader header, byte[] bytes, int[] into) {
        int[] fixed = FIXED;
        int[] element = ELEMENT;
        if (header.layoutLength() > 0) {
            fixed = FIXED.clone();
            element = ELEMENT.clone();
            header.readLayout(bytes, fixed, element);
        }
        int at = 0;
        int count = 0;
        while (at < types.length) {
            if (types.length - at < 3) {
                throw malformed(at, "a type of 12 bytes does not fit before the end of the types");
            }
            int info = types[at + 1];
            int kind = info >>> 24 & 0x7f;
            if (fixed[kind] == 0 || kind == 0) {
                throw malformed(at, "kind " + kind + " is not known and has no layout record");
            }
            long next = at + fixed[kind] + (long) element[kind] * (info & 0xffffff);
            if (next > types.length) {
                throw malformed(at, "a " + Kind.of(kind).words() + " of " + (info & 0xffffff)
                        + " elements runs past the end of the types");
            }
            into[count++] = at;
            at = (int) next;
        }
        return count;
    }

    private BpfException.Malformed malformed(int word, String says) {
        return new BpfException.Malformed(origin + ": type at byte " + 4L * word + " of the type section: " + says);
    }

    /** Where these types came from, for messages. */
    public String origin() {
        return origin;
    }

    ByteOrder order() {
        return order;
    }

    Btf base() {
        return base;
    }

    /** The first number that is this BTF's own; 1 unless it is split. */
    public int firstId() {
        return firstId;
    }

    /** One past the last number. */
    public int endId() {
        return endId;
    }

    private int start(int id) {
        return starts[id - firstId];
    }

    /** The BTF that holds {@code id}: this one or a base. */
    private Btf owner(int id) {
        Btf at = this;
        while (id < at.firstId && at.base != null) {
            at = at.base;
        }
        if (id < at.firstId || id >= at.endId) {
            throw new BpfException.Malformed(origin + ": type " + id + " does not exist; numbers are 1 to "
                    + (endId - 1));
        }
        return at;
    }

    /** Word {@code index} of type {@code id} as it is stored. */
    int word(int id, int index) {
        Btf owner = id >= firstId && id < endId ? this : owner(id);
        return owner.words[owner.start(id) + index];
    }

    /** The kind; void, number 0, is UNKNOWN. */
    public Kind kind(int id) {
        return id == 0 ? Kind.UNKNOWN : Kind.of(word(id, 1) >>> 24 & 0x7f);
    }

    /** Members, values, parameters or variables. */
    public int length(int id) {
        return word(id, 1) & 0xffffff;
    }

    boolean flag(int id) {
        return word(id, 1) < 0;
    }

    /** Size in bytes of a type that states one; see {@link #sizeOf} for the others. */
    int storedSize(int id) {
        return word(id, 2);
    }

    /** The type that a pointer, qualifier, typedef, function or variable refers to. */
    int target(int id) {
        return word(id, 2);
    }

    int nameOffset(int id) {
        return id == 0 ? 0 : word(id, 0);
    }

    /** The name, empty where the type has none. */
    public String name(int id) {
        int offset = nameOffset(id);
        return offset == 0 ? "" : string(offset);
    }

    /** The string at {@code offset}. */
    String string(int offset) {
        return strings.at(offset);
    }

    BtfStrings strings() {
        return strings;
    }

    /** Appends what {@link #name} answers. */
    void appendName(int id, Text out) {
        int offset = nameOffset(id);
        if (offset != 0) {
            strings.append(offset, out);
        }
    }

    /** The numbers of all types with this name, in order; a kernel may hold several. */
    public int[] find(String name, boolean flavours) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        int[] own = new int[4];
        int count = 0;
        for (int i = 0; i < endId - firstId; i++) {
            int offset = words[starts[i]];
            if (offset != 0 && strings.is(offset, bytes, flavours)) {
                own = count == own.length ? Arrays.copyOf(own, 2 * count) : own;
                own[count++] = firstId + i;
            }
        }
        int[] found = Arrays.copyOf(own, count);
        if (base == null) {
            return found;
        }
        int[] before = base.find(name, flavours);
        int[] all = Arrays.copyOf(before, before.length + count);
        System.arraycopy(found, 0, all, before.length, count);
        return all;
    }

    /** The member {@code index} of struct or union {@code id}. */
    public Member member(int id, int index) {
        int offset = memberOffsetWord(id, index);
        boolean bits = flag(id);
        return new Member(string(memberNameOffset(id, index)), memberType(id, index), bits ? offset & 0xffffff : offset,
                bits ? offset >>> 24 : 0);
    }

    /**
     * A field.
     *
     * @param bitOffset from the beginning of the struct
     * @param bitfieldBits width where it is a bitfield, else 0 as BTF has it
     */
    public record Member(String name, int type, int bitOffset, int bitfieldBits) {}

    int memberNameOffset(int id, int index) {
        return element(id, index, 3, 0);
    }

    int memberType(int id, int index) {
        return element(id, index, 3, 1);
    }

    /** Offset in bits, without making a record and a string of it. */
    int memberBitOffset(int id, int index) {
        int offset = memberOffsetWord(id, index);
        return flag(id) ? offset & 0xffffff : offset;
    }

    /** Width of a bitfield, 0 for any other member. */
    int memberBits(int id, int index) {
        return flag(id) ? memberOffsetWord(id, index) >>> 24 : 0;
    }

    private int memberOffsetWord(int id, int index) {
        return element(id, index, 3, 2);
    }

    /** Word {@code part} of element {@code index}, where every element is {@code width} words. */
    int element(int id, int index, int width, int part) {
        Btf owner = id >= firstId && id < endId ? this : owner(id);
        int at = owner.start(id);
        if (index < 0 || index >= (owner.words[at + 1] & 0xffffff)) {
            throw new BpfException.Malformed(origin + ": type " + id + " (" + kind(id).words() + " " + name(id)
                    + ") has no element " + index + "; it has " + length(id));
        }
        return owner.words[at + 3 + width * index + part];
    }

    /** The name and value of an enumerator. */
    Enumerator enumerator(int id, int index) {
        return new Enumerator(string(element(id, index, kind(id) == Kind.ENUM64 ? 3 : 2, 0)), enumeratorValue(id,
                index));
    }

    /** 64-bit values are joined of their halves. */
    long enumeratorValue(int id, int index) {
        if (kind(id) == Kind.ENUM64) {
            return element(id, index, 3, 1) & 0xffffffffL | (long) element(id, index, 3, 2) << 32;
        }
        int value = element(id, index, 2, 1);
        return flag(id) ? value : value & 0xffffffffL;
    }

    /** A named value. Unsigned enumerations of 64 bits may hold values that read as negative here. */
    record Enumerator(String name, long value) {}

    /** The parameter {@code index} of a prototype. */
    Parameter parameter(int id, int index) {
        return new Parameter(string(element(id, index, 2, 0)), element(id, index, 2, 1));
    }

    record Parameter(String name, int type) {}

    int parameterType(int id, int index) {
        return element(id, index, 2, 1);
    }

    int arrayElement(int id) {
        return word(id, 3);
    }

    int arrayCount(int id) {
        return word(id, 5);
    }

    /** Signed, as INT and enumerations say it. */
    boolean signed(int id) {
        return switch (kind(id)) {
            case INT -> (word(id, 3) & 0x01000000) != 0;
            case ENUM, ENUM64 -> flag(id);
            default -> false;
        };
    }

    boolean bool(int id) {
        return kind(id) == Kind.INT && (word(id, 3) & 0x04000000) != 0;
    }

    /** Width of an INT in bits, and its offset, which only old bitfields use. */
    int intBits(int id) {
        return word(id, 3) & 0xff;
    }

    int intBitOffset(int id) {
        return word(id, 3) >>> 16 & 0xff;
    }

    /** The type behind typedefs and qualifiers. */
    int resolve(int id) {
        int at = id;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (at == 0 || !kind(at).transparent()) {
                return at;
            }
            at = target(at);
        }
        throw cycle(id);
    }

    private BpfException.Malformed cycle(int id) {
        return new BpfException.Malformed(origin + ": type " + id + " (" + kind(id).words() + ") refers to itself, or "
                + "to others over more than " + MAX_DEPTH + " steps");
    }

    /** The size in bytes of a pointer in programs and kernels that these types describe: BPF knows only 64 bits. */
    static final int POINTER_BYTES = 8;

    /**
     * Size in bytes of a value of this type.
     *
     * @throws BpfException.Malformed for types that have no size (void, functions, forward declarations)
     */
    public long sizeOf(int id) {
        long count = 1;
        int at = id;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            at = resolve(at);
            switch (kind(at)) {
                case INT, STRUCT, UNION, ENUM, ENUM64, FLOAT, DATASEC -> {
                    return count * (storedSize(at) & 0xffffffffL);
                }
                case PTR -> {
                    return count * POINTER_BYTES;
                }
                case VAR -> at = target(at);
                case ARRAY -> {
                    count = Math.multiplyHigh(count, arrayCount(at) & 0xffffffffL) == 0
                            ? count * (arrayCount(at) & 0xffffffffL)
                            : -1;
                    if (count < 0 || count > 1L << 40) {
                        throw new BpfException.Malformed(origin + ": array type " + at + " is larger than 1 TiB");
                    }
                    at = arrayElement(at);
                }
                default -> throw new BpfException.Malformed(origin + ": type " + id + " (" + kind(id).words() + " "
                        + name(id) + ") has no size: it ends in " + kind(at).words());
            }
        }
        throw cycle(id);
    }

    /** Whether {@link #sizeOf} has an answer. */
    boolean sized(int id) {
        int at = resolve(id);
        for (int depth = 0; depth < MAX_DEPTH && (kind(at) == Kind.ARRAY || kind(at) == Kind.VAR); depth++) {
            at = resolve(kind(at) == Kind.ARRAY ? arrayElement(at) : target(at));
        }
        return switch (kind(at)) {
            case INT, STRUCT, UNION, ENUM, ENUM64, FLOAT, DATASEC, PTR -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return origin + " (" + (endId - firstId) + " types)";
    }
}
