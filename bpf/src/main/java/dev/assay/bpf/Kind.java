package dev.assay.bpf;

/** The kinds of BTF types, in the order of their numbers (include/uapi/linux/btf.h, enum BTF_KIND_*). */
public enum Kind {
    UNKNOWN("unknown", 0, 0), INT("int", 1, 0), PTR("pointer", 0, 0), ARRAY("array", 3, 0), STRUCT("struct", 0,
            3),
    UNION("union", 0, 3), ENUM("enum", 0, 2), FWD("forward declaration", 0, 0), TYPEDEF("typedef", 0,
            0),
    VOLATILE("volatile", 0, 0), CONST("const", 0, 0), RESTRICT("restrict", 0, 0), FUNC("function",
            0, 0),
    FUNC_PROTO("function prototype", 0, 2), VAR("variable", 1, 0), DATASEC("section", 0,
            3),
    FLOAT("float", 0, 0), DECL_TAG("declaration tag", 1,
            0),
    TYPE_TAG("type tag", 0, 0), ENUM64("64-bit enum", 0, 3);

    private static final Kind[] BY_NUMBER = values();

    private final String words;
    /** 32-bit words that follow the three of every type, whatever its length. */
    final int fixedWords;
    /** 32-bit words per member, value or parameter. */
    final int elementWords;

    Kind(String words, int fixedWords, int elementWords) {
        this.words = words;
        this.fixedWords = fixedWords;
        this.elementWords = elementWords;
    }

    /** The kind as a reader of C says it. */
    public String words() {
        return words;
    }

    /** A kind newer than this list is UNKNOWN; its size is then told by the layout section. */
    static Kind of(int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
    }

    static int count() {
        return BY_NUMBER.length;
    }

    boolean composite() {
        return this == STRUCT || this == UNION;
    }

    boolean enumeration() {
        return this == ENUM || this == ENUM64;
    }

    /** Kinds that only qualify or rename another type. */
    boolean transparent() {
        return switch (this) {
            case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
            default -> false;
        };
    }
}
