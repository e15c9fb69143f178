package dev.assay.bpf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints types as C that gcc and clang compile, each definition before its first use by value.
 *
 * <p>
 * A second type of the same name in C's tag or identifier space gets {@code ___2} and so on, which relocation reads as
 * a flavour. Functions, variables and tags are left out.
 */
public final class CPrinter implements Declaration.Names {
    private static final int MAX_DEPTH = 512;
    private static final byte[] BUILTIN = "__builtin_va_list".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte FORWARD = 1;
    private static final byte OPEN = 2;
    private static final byte DONE = 3;

    private static final String PROLOGUE = """
            #ifndef __VMLINUX_H__
            #define __VMLINUX_H__

            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #if defined(__bpf__)
            #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
            #endif
            #endif

            """;
    private static final String EPILOGUE = """
            #ifndef BPF_NO_PRESERVE_ACCESS_INDEX
            #if defined(__bpf__)
            #pragma clang attribute pop
            #endif
            #endif

            #endif
            """;

    private final Btf btf;
    private final Text out;
    private final Declaration declaration;
    private final CLayout layout;
    private final byte[] states;
    /** 0 where the name is used as it is, else the number behind {@code ___}. */
    private final int[] copies;
    /** How often each name was used so far, by its offset: BTF stores a string once. */
    private final short[] identifiers;
    private int depth;
    private int gaps;
    private int indent;

    private CPrinter(Btf btf, Text out) {
        this.btf = btf;
        this.out = out;
        declaration = new Declaration(btf, out, this);
        layout = new CLayout(btf);
        states = new byte[btf.endId()];
        copies = new int[btf.endId()];
        identifiers = new short[btf.strings().end()];
        number();
    }

    /** All types as a header. */
    public static String header(Btf btf) {
        return text(btf).toString();
    }

    /** Writes {@link #header} without making a string of it. */
    public static void header(Btf btf, OutputStream to) throws IOException {
        text(btf).writeTo(to);
    }

    private static Text text(Btf btf) {
        Text out = new Text(1 << 22);
        out.add(PROLOGUE);
        CPrinter printer = new CPrinter(btf, out);
        for (int id = 1; id < btf.endId(); id++) {
            printer.printNamed(id);
        }
        return out.add(EPILOGUE);
    }

    /** One type with all that it needs before it. */
    public static String definition(Btf btf, int id) {
        Text out = new Text(1 << 12);
        new CPrinter(btf, out).require(id, true);
        return out.toString();
    }

    private void number() {
        short[] tags = new short[btf.strings().end()];
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
        return btf.strings().checked(nameOffset);
    }

    /** The name as printed, with its number where it is a duplicate. */
    @Override
    public void name(int id) {
        btf.appendName(id, out);
        if (copies[id] != 0) {
            out.add("___").add(copies[id] + 1);
        }
    }

    @Override
    public void anonymous(int id) {
        Kind kind = btf.kind(id);
        if (kind.enumeration()) {
            enumeration(id);
        } else if (kind.composite()) {
            body(id);
        } else {
            out.add("void");
        }
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
                    require(btf.parameterType(id, i), false);
                }
            }
            case TYPEDEF -> typedef(id, complete);
            case FWD -> {
                states[id] = DONE;
                out.add(Declaration.tag(btf, id)).add(' ');
                btf.appendName(id, out);
                out.add(";\n\n");
            }
            case STRUCT, UNION -> composite(id, complete);
            case ENUM, ENUM64 -> {
                states[id] = DONE;
                // Without a name and values it says nothing; with values it is printed once, on its own.
                if (btf.nameOffset(id) != 0 || btf.length(id) > 0) {
                    enumeration(id);
                    out.add(";\n\n");
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
        int target = btf.target(id);
        if (btf.strings().is(btf.nameOffset(id), BUILTIN, false)) {
            states[id] = DONE;
            return;
        }
        if (states[id] == 0) {
            states[id] = OPEN;
            require(target, false);
            out.add("typedef ");
            declaration.before(target, true);
            name(id);
            declaration.behind(target);
            out.add(";\n\n");
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
            body(id);
            out.add(";\n\n");
        }
    }

    private void forward(int id) {
        states[id] = FORWARD;
        out.add(Declaration.tag(btf, id)).add(' ');
        name(id);
        out.add(";\n\n");
    }

    private void body(int id) {
        gaps = indent == 0 ? 0 : gaps;
        if (++indent > MAX_DEPTH) {
            throw new BpfException.Malformed(btf.origin() + ": type " + id + " is nested over " + MAX_DEPTH + " deep");
        }
        CLayout.Plan plan = layout.plan(id);
        CLayout.Gap[] needed = plan == null ? null : plan.gaps();
        out.add(Declaration.tag(btf, id)).add(' ');
        if (btf.nameOffset(id) != 0) {
            name(id);
            out.add(' ');
        }
        out.add("{\n");
        int count = btf.length(id);
        for (int i = 0; i < count; i++) {
            if (needed != null) {
                gap(needed[i]);
            }
            indent();
            declaration.write(btf.memberType(id, i), btf.memberNameOffset(id, i));
            int bits = btf.memberBits(id, i);
            if (bits > 0) {
                out.add(": ").add(bits);
            }
            out.add(";\n");
        }
        if (needed != null) {
            gap(needed[count]);
        }
        indent--;
        indent();
        out.add('}');
        if (plan != null && plan.packed()) {
            out.add(" __attribute__((packed))");
        }
    }

    private void indent() {
        for (int i = 0; i < indent; i++) {
            out.add('\t');
        }
    }

    private void gap(CLayout.Gap gap) {
        if (gap == null) {
            return;
        }
        bits(gap.leadingBits());
        if (gap.bytes() > 0) {
            indent();
            out.add("char __gap").add(gaps++).add('[').add(gap.bytes()).add("];\n");
        }
        bits(gap.trailingBits());
    }

    private void bits(int count) {
        if (count > 0) {
            indent();
            out.add("unsigned char : ").add(count).add(";\n");
        }
    }

    private void enumeration(int id) {
        boolean named = btf.nameOffset(id) != 0;
        if (!named && states[id] == DONE && printed(id)) {
            out.add(integer(btf.storedSize(id), btf.flag(id)));
            return;
        }
        int count = btf.length(id);
        if (count == 0 && !named) {
            // C has no enumeration without values; one that is only declared is an int.
            out.add("int");
            return;
        }
        out.add("enum");
        if (named) {
            out.add(' ');
            name(id);
        }
        if (count == 0) {
            return;
        }
        out.add(" {\n");
        boolean wide = btf.kind(id) == Kind.ENUM64;
        for (int i = 0; i < count; i++) {
            int name = btf.element(id, i, wide ? 3 : 2, 0);
            int copy = ++identifiers[offset(name)];
            out.add('\t');
            btf.strings().append(name, out);
            if (copy > 1) {
                out.add("___").add(copy);
            }
            out.add(" = ");
            value(btf.enumeratorValue(id, i), btf.flag(id), wide);
            out.add(",\n");
        }
        out.add('}').add(switch (btf.storedSize(id)) {
            case 1 -> " __attribute__((mode(byte)))";
            case 2 -> " __attribute__((mode(HI)))";
            case 8 -> " __attribute__((mode(word)))";
            default -> "";
        });
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

    private void value(long value, boolean signed, boolean wide) {
        if (!wide) {
            out.add(value);
        } else if (!signed) {
            out.add(Long.toUnsignedString(value)).add("ULL");
        } else if (value == Long.MIN_VALUE) {
            out.add("(-9223372036854775807LL - 1)");
        } else {
            out.add(value).add("LL");
        }
    }
}
