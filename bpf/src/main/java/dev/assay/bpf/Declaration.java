package dev.assay.bpf;

/**
 * How a type is written in C: what stands before the declared name, and what behind it.
 *
 * <pre>
 *   char (*name)[16]      before: "char (*"      behind: ")[16]"
 * </pre>
 */
final class Declaration {
    private static final int MAX_DEPTH = 64;

    private final Btf btf;
    private final Text out;
    private final Names names;

    Declaration(Btf btf, Text out, Names names) {
        this.btf = btf;
        this.out = out;
        this.names = names;
    }

    /** How tagged and named types are called; the C printer renames duplicates. */
    interface Names {
        void name(int id);

        /** What stands in the place of a struct, union or enum without a name. */
        void anonymous(int id);
    }

    /** The type alone, such as {@code struct list_head *} or {@code char[16]}. */
    static String of(Btf btf, int id) {
        Text out = new Text(64);
        new Declaration(btf, out, new Names() {
            @Override
            public void name(int type) {
                btf.appendName(type, out);
            }

            @Override
            public void anonymous(int type) {
                out.add(tag(btf, type)).add(" {...}");
            }
        }).write(id, 0);
        return out.toString();
    }

    /** Declares the string at {@code nameOffset} with this type; 0 for the type alone. */
    void write(int id, int nameOffset) {
        before(id, nameOffset != 0);
        if (nameOffset != 0) {
            btf.strings().append(nameOffset, out);
        }
        behind(id);
    }

    void before(int id, boolean named) {
        before(id, false, named, 0);
    }

    void behind(int id) {
        behind(id, false, 0);
    }

    /**
     * @param pointer whether a star follows directly, which an array or function must enclose
     * @param more whether anything but a bracket follows
     */
    private void before(int id, boolean pointer, boolean more, int depth) {
        Kind kind = id == 0 ? Kind.UNKNOWN : kind(id, depth);
        switch (kind) {
            case PTR -> {
                before(btf.target(id), true, true, depth + 1);
                out.add('*');
            }
            case ARRAY -> {
                before(btf.arrayElement(id), false, more || pointer, depth + 1);
                open(pointer);
            }
            case FUNC_PROTO -> {
                before(btf.target(id), false, true, depth + 1);
                open(pointer);
            }
            case CONST, VOLATILE, RESTRICT -> qualified(id, kind, pointer, more, depth);
            case TYPE_TAG -> before(btf.target(id), pointer, more, depth + 1);
            default -> {
                leaf(id, kind);
                if (more) {
                    out.add(' ');
                }
            }
        }
    }

    private Kind kind(int id, int depth) {
        if (depth >= MAX_DEPTH) {
            throw new BpfException.Malformed(btf.origin() + ": type " + id + " is nested over " + MAX_DEPTH + " deep");
        }
        return btf.kind(id);
    }

    private void qualified(int id, Kind kind, boolean pointer, boolean more, int depth) {
        int behind = skipTags(btf.target(id));
        Kind there = behind == 0 ? Kind.UNKNOWN : btf.kind(behind);
        if (there == Kind.PTR) {
            before(behind, pointer, more, depth + 1);
            out.add(kind.words());
            if (more) {
                out.add(' ');
            }
            return;
        }
        // An array of constants that is itself called constant: C wants the word once.
        if (there != Kind.ARRAY || btf.kind(btf.arrayElement(behind)) != kind) {
            out.add(kind.words()).add(' ');
        }
        before(behind, pointer, more, depth + 1);
    }

    private int skipTags(int id) {
        int at = id;
        for (int depth = 0; depth < MAX_DEPTH && at != 0 && btf.kind(at) == Kind.TYPE_TAG; depth++) {
            at = btf.target(at);
        }
        return at;
    }

    private void open(boolean pointer) {
        if (pointer) {
            out.add('(');
        }
    }

    private void close(boolean pointer) {
        if (pointer) {
            out.add(')');
        }
    }

    private void behind(int id, boolean pointer, int depth) {
        switch (id == 0 ? Kind.UNKNOWN : kind(id, depth)) {
            case PTR -> behind(btf.target(id), true, depth + 1);
            case ARRAY -> {
                close(pointer);
                out.add('[').add(btf.arrayCount(id) & 0xffffffffL).add(']');
                behind(btf.arrayElement(id), false, depth + 1);
            }
            case FUNC_PROTO -> {
                close(pointer);
                parameters(id, depth);
                behind(btf.target(id), false, depth + 1);
            }
            case CONST, VOLATILE, RESTRICT, TYPE_TAG -> behind(btf.target(id), pointer, depth + 1);
            default -> {
            }
        }
    }

    private void parameters(int proto, int depth) {
        int count = btf.length(proto);
        out.add(count == 0 ? "(void" : "(");
        for (int i = 0; i < count; i++) {
            int type = btf.parameterType(proto, i);
            if (i > 0) {
                out.add(", ");
            }
            if (type != 0) {
                before(type, false, false, depth + 1);
                behind(type, false, depth + 1);
            } else if (i > 0) {
                // A last parameter of type void is how BTF says "...".
                out.add("...");
            }
        }
        out.add(')');
    }

    private void leaf(int id, Kind kind) {
        switch (kind) {
            case STRUCT, UNION, ENUM, ENUM64, FWD -> {
                if (btf.nameOffset(id) == 0) {
                    names.anonymous(id);
                } else {
                    out.add(tag(btf, id)).add(' ');
                    names.name(id);
                }
            }
            default -> {
                if (id == 0) {
                    out.add("void");
                } else {
                    names.name(id);
                }
            }
        }
    }

    /** The keyword before the name. */
    static String tag(Btf btf, int id) {
        return switch (btf.kind(id)) {
            case STRUCT -> "struct";
            case UNION -> "union";
            case ENUM, ENUM64 -> "enum";
            case FWD -> btf.flag(id) ? "union" : "struct";
            default -> "";
        };
    }
}
