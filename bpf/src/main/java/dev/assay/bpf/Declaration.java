package dev.assay.bpf;

import java.util.List;

/** How a type is written in C, without the bodies of structs. */
final class Declaration {
    private static final int MAX_DEPTH = 64;

    private Declaration() {}

    /** How tagged and named types are called; the C printer renames duplicates. */
    interface Names {
        String name(int id);

        /** What stands in the place of a struct, union or enum without a name. */
        String anonymous(int id);
    }

    /** The type alone, such as {@code struct list_head *} or {@code char[16]}. */
    static String of(Btf btf, int id) {
        return of(btf, id, "", new Names() {
            @Override
            public String name(int type) {
                return btf.name(type);
            }

            @Override
            public String anonymous(int type) {
                return tag(btf, type) + " {…}";
            }
        });
    }

    /** A declaration of {@code name} with this type. */
    static String of(Btf btf, int id, String name, Names names) {
        StringBuilder inner = new StringBuilder(name);
        int at = id;
        boolean pointer = false;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            switch (at == 0 ? Kind.UNKNOWN : btf.kind(at)) {
                case PTR -> {
                    inner.insert(0, "*");
                    pointer = true;
                    at = btf.target(at);
                }
                case ARRAY -> {
                    parenthesise(inner, pointer);
                    pointer = false;
                    inner.append('[').append(Integer.toUnsignedString(btf.arrayCount(at))).append(']');
                    at = btf.arrayElement(at);
                }
                case FUNC_PROTO -> {
                    parenthesise(inner, pointer);
                    pointer = false;
                    inner.append('(').append(parameters(btf, at, names)).append(')');
                    at = btf.target(at);
                }
                case CONST, VOLATILE, RESTRICT -> {
                    String word = btf.kind(at).name().toLowerCase(java.util.Locale.ROOT);
                    int behind = skipTags(btf, btf.target(at));
                    if (behind != 0 && btf.kind(behind) == Kind.PTR) {
                        inner.insert(0, inner.isEmpty() || inner.charAt(0) == '[' ? word : word + " ");
                    } else if (behind != 0 && btf.kind(behind) == Kind.ARRAY
                            && btf.kind(btf.arrayElement(behind)) == btf.kind(at)) {
                        // An array of constants that is itself called constant: C wants the word once.
                        return of(btf, behind, inner.toString(), names);
                    } else {
                        return word + " " + of(btf, btf.target(at), inner.toString(), names);
                    }
                    at = behind;
                }
                case TYPE_TAG -> at = btf.target(at);
                default -> {
                    String leaf = leaf(btf, at, names);
                    return inner.isEmpty()
                            ? leaf
                            : inner.charAt(0) == '[' ? leaf + inner : leaf + " " + inner;
                }
            }
        }
        throw new BpfException.Malformed(btf.origin() + ": type " + id + " is nested over " + MAX_DEPTH + " deep");
    }

    private static int skipTags(Btf btf, int id) {
        int at = id;
        for (int depth = 0; depth < MAX_DEPTH && at != 0 && btf.kind(at) == Kind.TYPE_TAG; depth++) {
            at = btf.target(at);
        }
        return at;
    }

    private static void parenthesise(StringBuilder inner, boolean pointer) {
        if (pointer) {
            inner.insert(0, '(').append(')');
        }
    }

    private static String parameters(Btf btf, int proto, Names names) {
        int count = btf.length(proto);
        if (count == 0) {
            return "void";
        }
        List<String> list = new java.util.ArrayList<>();
        for (int i = 0; i < count; i++) {
            int type = btf.parameter(proto, i).type();
            // A last parameter of type void is how BTF says "...".
            list.add(type == 0 ? (i == 0 ? "" : "...") : of(btf, type, "", names));
        }
        return String.join(", ", list);
    }

    private static String leaf(Btf btf, int id, Names names) {
        if (id == 0) {
            return "void";
        }
        return switch (btf.kind(id)) {
            case STRUCT, UNION, ENUM, ENUM64, FWD -> btf.nameOffset(id) == 0
                    ? names.anonymous(id)
                    : tag(btf, id) + " " + names.name(id);
            default -> names.name(id);
        };
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
