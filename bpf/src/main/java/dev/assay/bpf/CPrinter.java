package dev.assay.bpf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints types as C that gcc and clang compile, each definition before its first use by value.
 *
 * <p>
 * A second type of the same name in C's tag or identifier space gets {@code ___2} and so on, which relocation reads as
 * a flavour. Functions, variables and tags are left out.
 */
public final class CPrinter implements Declaration.Names {
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
    private static final int MAX_DEPTH = 512;

    private final Btf btf;
    private final Text out;
    private final COrder order;
    private final Declaration declaration;
    private final CLayout layout;
    private int gaps;
    private int indent;

    CPrinter(Btf btf, COrder order, Text out) {
        this.btf = btf;
        this.order = order;
        this.out = out;
        declaration = new Declaration(btf, out, this);
        layout = new CLayout(btf);
    }

    /** All types as a header. */
    public static String header(Btf btf) {
        StringBuilder text = new StringBuilder(PROLOGUE);
        HeaderSlices.of(btf).forEach(slice -> text.append(new String(slice, StandardCharsets.ISO_8859_1)));
        return text.append(EPILOGUE).toString();
    }

    /** Writes {@link #header} without making a string of it; nothing where the types do not make one. */
    public static void header(Btf btf, OutputStream to) throws IOException {
        List<byte[]> slices = HeaderSlices.of(btf);
        Text frame = new Text(1 << 10);
        to.write(frame.add(PROLOGUE).take());
        for (byte[] slice : slices) {
            to.write(slice);
        }
        to.write(frame.add(EPILOGUE).take());
    }

    /** One type with all that it needs before it. */
    public static String definition(Btf btf, int id) {
        COrder order = new COrder(btf, _ -> {}).one(id);
        Text out = new Text(1 << 12);
        new CPrinter(btf, order, out).print(0, order.length());
        return out.toString();
    }

    /** Appends the declarations from one place of the order to another. */
    void print(int from, int to) {
        for (int i = from; i < to; i++) {
            int id = order.type(i);
            switch (order.step(i)) {
                case COrder.FORWARD -> {
                    out.add(Declaration.tag(btf, id)).add(' ');
                    name(id);
                }
                case COrder.TYPEDEF -> {
                    int target = btf.target(id);
                    out.add("typedef ");
                    declaration.before(target, true);
                    name(id);
                    declaration.behind(target);
                }
                case COrder.BODY -> body(id);
                default -> enumeration(id, order.step(i) == COrder.ENUMERATION_RENAMED);
            }
            out.add(";\n\n");
        }
    }

    /** The name as printed, with its number where it is a duplicate. */
    @Override
    public void name(int id) {
        btf.appendName(id, out);
        copy(order.copy(id));
    }

    private void copy(int copy) {
        if (copy != 0) {
            out.add("___").add(copy + 1);
        }
    }

    /** Values of an enumeration without a name were declared on their own, so that here it is only an integer. */
    @Override
    public void anonymous(int id) {
        Kind kind = btf.kind(id);
        if (kind.enumeration()) {
            out.add(btf.length(id) == 0 ? "int" : integer(btf.storedSize(id), btf.flag(id)));
        } else if (kind.composite()) {
            body(id);
        } else {
            out.add("void");
        }
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
        boolean bitfields = btf.flag(id);
        for (int i = 0; i < count; i++) {
            if (needed != null) {
                gap(needed[i]);
            }
            indent();
            declaration.write(btf.memberType(id, i), btf.memberNameOffset(id, i));
            int bits = bitfields ? btf.memberBits(id, i) : 0;
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

    private void enumeration(int id, boolean renamed) {
        out.add("enum");
        if (btf.nameOffset(id) != 0) {
            out.add(' ');
            name(id);
        }
        int count = btf.length(id);
        // C has no enumeration without values; this one is only declared.
        if (count == 0) {
            return;
        }
        out.add(" {\n");
        boolean wide = btf.kind(id) == Kind.ENUM64;
        boolean signed = btf.flag(id);
        for (int i = 0; i < count; i++) {
            out.add('\t');
            btf.strings().append(btf.element(id, i, wide ? 3 : 2, 0), out);
            if (renamed) {
                copy(order.copy(id, i));
            }
            out.add(" = ");
            value(btf.enumeratorValue(id, i), signed, wide);
            out.add(",\n");
        }
        out.add('}').add(switch (btf.storedSize(id)) {
            case 1 -> " __attribute__((mode(byte)))";
            case 2 -> " __attribute__((mode(HI)))";
            case 8 -> " __attribute__((mode(word)))";
            default -> "";
        });
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
