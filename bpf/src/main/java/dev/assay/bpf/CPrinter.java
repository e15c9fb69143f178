package dev.assay.bpf;

import java.util.Locale;

/**
 * Prints types as C that gcc and clang compile, each definition before its first use by value.
 *
 * <p>
 * A second type of the same name in C's tag or identifier space gets {@code ___2} and so on, which relocation reads as
 * a flavour. Functions, variables and tags are left out.
 */
public final class CPrinter implements Declaration.Names {
    private static final int MAX_DEPTH = 512;
    private static final byte FORWARD = 1;
    private static final byte OPEN = 2;
    private static final byte DONE = 3;

    private final Btf btf;
    private final StringBuilder out;
    private final CLayout layout;
    private final byte[] states;
    /** 0 where the name is used as it is, else the number behind {@code ___}. */
    private final int[] copies;
    /** How often each name was used so far, by its offset: BTF stores a string once. */
    private final short[] identifiers;
    private int depth;
    private int gaps;
    private String indent = "";

    private CPrinter(Btf btf, StringBuilder out) {
        this.btf = btf;
        this.out = out;
        layout = new CLayout(btf);
        states = new byte[btf.endId()];
        copies = new int[btf.endId()];
        identifiers = new short[btf.stringsEnd()];
        number();
    }

    /** All types as a header. */
    public static String header(Btf btf) {
        StringBuilder out = new StringBuilder(1 << 22);
        out.append("#ifndef __VMLINUX_H__\n#define __VMLINUX_H__\n\n").append("""
                #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
                #if defined(__bpf__)
                #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
                #endif
                #endif

                """);
        CPrinter printer = new CPrinter(btf, out);
        for (int id = 1; id < btf.endId(); id++) {
            printer.printNamed(id);
        }
        out.append("""
                #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
                #if defined(__bpf__)
                #pragma clang attribute pop
                #endif
                #endif

                #endif
                """);
        return out.toString();
    }

    /** One type with all that it needs before it. */
    public static String definition(Btf btf, int id) {
        StringBuilder out = new StringBuilder();
        new CPrinter(btf, out).require(id, true);
        return out.toString();
    }

    private void number() {
        short[] tags = new short[btf.stringsEnd()];
        for (int id = 1; id < btf.endId(); id++) {
            switch (btf.kind(id)) {
                case STRUCT, UNION, ENUM, ENUM64 -> {
                    if (btf.nameOffset(id) != 0) {
                        copies[id] = tags[offset(btf.nameOffset(id))]++;
                    }
                }
                case TYPEDEF -> copies[id] = identifiers[offset(btf.nameOffset(id))]++;
                default -> {
                }
            }
        }
    }

    private int offset(int nameOffset) {
        if (nameOffset < 0 || nameOffset >= btf.stringsEnd()) {
            throw new BpfException.Malformed(btf.origin() + ": string offset " + Integer.toUnsignedString(nameOffset)
                    + " lies outside of the strings");
        }
        return nameOffset;
    }

    /** The name as printed, with its number where it is a duplicate. */
    @Override
    public String name(int id) {
        String name = btf.name(id);
        return copies[id] == 0 ? name : name + "___" + (copies[id] + 1);
    }

    @Override
    public String anonymous(int id) {
        Kind kind = btf.kind(id);
        return kind.enumeration() ? enumeration(id) : kind.composite() ? detachedBody(id) : "void";
    }

    private void printNamed(int id) {
        switch (btf.kind(id)) {
            case STRUCT, UNION, TYPEDEF -> {
                if (btf.nameOffset(id) != 0) {
                    require(id, true);
                }
            }
            // An anonymous enumeration is there for its values, wherever else it may be used.
            case ENUM, ENUM64 -> require(id, true);
            default -> {
            }
        }
    }

    /** Prints what must stand before a use of {@code id}; complete where it is used by value. */
    private void require(int id, boolean complete) {
        Kind kind = btf.kind(id);
        if (id == 0 || states[id] == DONE) {
            return;
        }
        if (++depth > MAX_DEPTH) {
            throw new BpfException.Malformed(btf.origin() + ": type " + id + " is nested over " + MAX_DEPTH + " deep");
        }
        switch (kind) {
            case PTR -> require(btf.target(id), false);
            case ARRAY -> require(btf.arrayElement(id), true);
            case CONST, VOLATILE, RESTRICT, TYPE_TAG -> require(btf.target(id), complete);
            case FUNC_PROTO -> {
                require(btf.target(id), false);
                for (int i = 0; i < btf.length(id); i++) {
                    require(btf.parameter(id, i).type(), false);
                }
            }
            case TYPEDEF -> typedef(id, complete);
            case FWD -> {
                states[id] = DONE;
                out.append(Declaration.tag(btf, id)).append(' ').append(btf.name(id)).append(";\n\n");
            }
            case STRUCT, UNION -> composite(id, complete);
            case ENUM, ENUM64 -> {
                states[id] = DONE;
                String text = enumeration(id);
                // Without a name and values it says nothing; with values it is printed once, on its own.
                if (btf.nameOffset(id) != 0 || btf.length(id) > 0) {
                    out.append(text).append(";\n\n");
                }
            }
            default -> {
            }
        }
        depth--;
    }

    private void typedef(int id, boolean complete) {
        if (states[id] == OPEN) {
            if (complete) {
                throw new BpfException.Malformed(btf.origin() + ": typedef " + id + " contains itself");
            }
            return;
        }
        String name = btf.name(id);
        int target = btf.target(id);
        if (name.equals("__builtin_va_list")) {
            states[id] = DONE;
            return;
        }
        if (states[id] == 0) {
            states[id] = OPEN;
            require(target, false);
            out.append("typedef ").append(Declaration.of(btf, target, name(id), this)).append(";\n\n");
            states[id] = FORWARD;
        }
        // Members of the struct behind it may use the typedef, so it stands before them.
        if (complete) {
            require(target, true);
            states[id] = DONE;
        }
    }

    private void composite(int id, boolean complete) {
        boolean named = btf.nameOffset(id) != 0;
        if (states[id] == OPEN) {
            if (complete && named) {
                throw new BpfException.Malformed(btf.origin() + ": " + Declaration.tag(btf, id) + " " + btf.name(id)
                        + " (type " + id + ") contains itself");
            }
            return;
        }
        if (named && !complete) {
            if (states[id] == 0) {
                forward(id);
            }
            return;
        }
        if (named && states[id] == 0) {
            forward(id);
        }
        states[id] = OPEN;
        for (int i = 0; i < btf.length(id); i++) {
            require(btf.memberType(id, i), true);
        }
        states[id] = DONE;
        if (named) {
            body(id, out);
            out.append(";\n\n");
        }
    }

    private void forward(int id) {
        states[id] = FORWARD;
        out.append(Declaration.tag(btf, id)).append(' ').append(name(id)).append(";\n\n");
    }

    private String detachedBody(int id) {
        StringBuilder body = new StringBuilder();
        body(id, body);
        return body.toString();
    }

    private void body(int id, StringBuilder body) {
        String before = indent;
        gaps = before.isEmpty() ? 0 : gaps;
        indent = before + "\t";
        CLayout.Plan plan = layout.plan(id);
        CLayout.Gap[] needed = plan == null ? null : plan.gaps();
        body.append(Declaration.tag(btf, id)).append(' ');
        if (btf.nameOffset(id) != 0) {
            body.append(name(id)).append(' ');
        }
        body.append("{\n");
        int count = btf.length(id);
        for (int i = 0; i < count; i++) {
            if (needed != null) {
                gap(body, needed[i]);
            }
            body.append(indent);
            member(btf.memberType(id, i), btf.memberNameOffset(id, i), body);
            int bits = btf.memberBits(id, i);
            if (bits > 0) {
                body.append(": ").append(bits);
            }
            body.append(";\n");
        }
        if (needed != null) {
            gap(body, needed[count]);
        }
        indent = before;
        body.append(indent).append('}');
        if (plan != null && plan.packed()) {
            body.append(" __attribute__((packed))");
        }
    }

    /** A named type, or pointers to one, is written straight; all else goes the general way. */
    private void member(int type, int nameOffset, StringBuilder body) {
        int stars = 0;
        int at = type;
        while (at != 0 && btf.kind(at) == Kind.PTR && stars < MAX_DEPTH) {
            at = btf.target(at);
            stars++;
        }
        Kind kind = btf.kind(at);
        boolean named = at != 0 && btf.nameOffset(at) != 0;
        switch (kind) {
            case INT, TYPEDEF, FLOAT -> body.append(name(at));
            case STRUCT, UNION, ENUM, ENUM64, FWD -> {
                if (!named && (!kind.composite() || stars > 0)) {
                    body.append(Declaration.of(btf, type, btf.string(nameOffset), this));
                    return;
                }
                if (named) {
                    body.append(Declaration.tag(btf, at)).append(' ').append(name(at));
                } else {
                    body(at, body);
                }
            }
            default -> {
                body.append(Declaration.of(btf, type, btf.string(nameOffset), this));
                return;
            }
        }
        if (stars > 0 || nameOffset != 0) {
            body.append(' ');
        }
        for (int i = 0; i < stars; i++) {
            body.append('*');
        }
        if (nameOffset != 0) {
            body.append(btf.string(nameOffset));
        }
    }

    private void gap(StringBuilder body, CLayout.Gap gap) {
        if (gap == null) {
            return;
        }
        if (gap.leadingBits() > 0) {
            body.append(indent).append("unsigned char : ").append(gap.leadingBits()).append(";\n");
        }
        if (gap.bytes() > 0) {
            body.append(indent).append("char __gap").append(gaps++).append('[').append(gap.bytes()).append("];\n");
        }
        if (gap.trailingBits() > 0) {
            body.append(indent).append("unsigned char : ").append(gap.trailingBits()).append(";\n");
        }
    }

    private String enumeration(int id) {
        boolean named = btf.nameOffset(id) != 0;
        if (!named && states[id] == DONE && printed(id)) {
            return integer(btf.storedSize(id), btf.flag(id));
        }
        StringBuilder text = new StringBuilder("enum ");
        if (named) {
            text.append(name(id)).append(' ');
        }
        if (btf.length(id) == 0) {
            // C has no enumeration without values; one that is only declared is an int.
            return named ? text.toString().strip() : "int";
        }
        text.append("{\n");
        boolean wide = btf.kind(id) == Kind.ENUM64;
        for (int i = 0; i < btf.length(id); i++) {
            Btf.Enumerator value = btf.enumerator(id, i);
            int copy = ++identifiers[offset(btf.element(id, i, wide ? 3 : 2, 0))];
            text.append('\t').append(value.name());
            if (copy > 1) {
                text.append("___").append(copy);
            }
            text.append(" = ").append(value(value.value(), btf.flag(id), wide)).append(",\n");
        }
        text.append('}');
        return text.append(switch (btf.storedSize(id)) {
            case 1 -> " __attribute__((mode(byte)))";
            case 2 -> " __attribute__((mode(HI)))";
            case 8 -> " __attribute__((mode(word)))";
            default -> "";
        }).toString();
    }

    private final java.util.BitSet anonymousPrinted = new java.util.BitSet();

    /** False the first time it is asked. */
    private boolean printed(int id) {
        boolean was = anonymousPrinted.get(id);
        anonymousPrinted.set(id);
        return was;
    }

    private static String integer(int bytes, boolean signed) {
        String name = switch (bytes) {
            case 1 -> "char";
            case 2 -> "short";
            case 8 -> "long long";
            default -> "int";
        };
        return (signed ? "signed " : "unsigned ") + name;
    }

    private static String value(long value, boolean signed, boolean wide) {
        if (!wide) {
            return Long.toString(value);
        }
        if (!signed) {
            return Long.toUnsignedString(value) + "ULL";
        }
        return value == Long.MIN_VALUE ? "(-9223372036854775807LL - 1)" : String.format(Locale.ROOT, "%dLL", value);
    }
}
