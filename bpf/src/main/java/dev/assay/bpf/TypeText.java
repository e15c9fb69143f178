package dev.assay.bpf;

/** Types in words, for people. */
public final class TypeText {
    private TypeText() {}

    /** The type as C writes it, such as {@code struct list_head *}. */
    public static String of(Btf btf, int id) {
        return Declaration.of(btf, id);
    }

    /** What is behind the typedefs: {@code signed int}, {@code pointer}, {@code struct}. */
    public static String shape(Btf btf, int id) {
        int at = btf.resolve(id);
        if (at == 0) {
            return "void";
        }
        return switch (btf.kind(at)) {
            case INT -> btf.bool(at) ? "bool" : btf.signed(at) ? "signed int" : "unsigned int";
            default -> btf.kind(at).words();
        };
    }
}
