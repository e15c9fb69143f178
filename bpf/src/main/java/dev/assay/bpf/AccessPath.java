package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;

/**
 * What an instruction reaches for: a type, a field within it by member numbers and array indices, or an enumerator.
 *
 * <p>
 * An access string {@code 0:5:2} says: element 0 of the pointed-to type, its member 5, of that member 2 (bpf.h,
 * bpf_core_relo). Members without a name are part of the string and not of {@link #steps}, since another kernel may
 * nest the same fields differently.
 */
record AccessPath(Btf btf, int root, RelocationKind kind, List<Step> steps, long bitOffset) {
    /** The deepest nesting that libbpf follows. */
    static final int MAX_STEPS = 64;

    /** A named member of {@code type}, or where the name is empty an array index whose element is {@code type}. */
    record Step(int type, int index, String name) {
        boolean named() {
            return !name.isEmpty();
        }
    }

    AccessPath {
        steps = List.copyOf(steps);
    }

    Step last() {
        return steps.getLast();
    }

    static AccessPath parse(Btf btf, int root, RelocationKind kind, String access) {
        if (kind.type()) {
            if (!access.equals("0")) {
                throw bad(btf, root, access, "a type is reached by \"0\"");
            }
            return new AccessPath(btf, root, kind, List.of(), 0);
        }
        int[] raw = numbers(btf, root, access);
        int at = btf.resolve(root);
        if (at == 0) {
            throw bad(btf, root, access, "void has no fields");
        }
        if (kind.enumerator()) {
            if (!btf.kind(at).enumeration() || raw.length > 1 || raw[0] >= btf.length(at)) {
                throw bad(btf, root, access, "there is no such enumerator");
            }
            return new AccessPath(btf, root, kind, List.of(new Step(at, raw[0], btf.enumerator(at, raw[0]).name())), 0);
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(at, raw[0], ""));
        long bits = 8 * raw[0] * btf.sizeOf(at);
        for (int i = 1; i < raw.length; i++) {
            at = btf.resolve(at);
            int index = raw[i];
            Kind shape = at == 0 ? Kind.UNKNOWN : btf.kind(at);
            if (shape.composite()) {
                if (index >= btf.length(at)) {
                    throw bad(btf, root, access, Declaration.of(btf, at) + " has no member " + index);
                }
                Btf.Member member = btf.member(at, index);
                bits += member.bitOffset();
                if (!member.name().isEmpty()) {
                    steps.add(new Step(at, index, member.name()));
                }
                at = member.type();
            } else if (shape == Kind.ARRAY) {
                if (index >= (btf.arrayCount(at) & 0xffffffffL) && !flexible(btf, steps.getLast(), at)) {
                    throw bad(btf, root, access, Declaration.of(btf, at) + " has no element " + index);
                }
                at = btf.resolve(btf.arrayElement(at));
                steps.add(new Step(at, index, ""));
                bits += 8 * index * btf.sizeOf(at);
            } else {
                throw bad(btf, root, access, "step " + i + " goes into " + shape.words());
            }
        }
        return new AccessPath(btf, root, kind, steps, bits);
    }

    /** An array of no elements at the end of a struct has as many as memory holds. */
    static boolean flexible(Btf btf, Step before, int array) {
        return before.named() && btf.arrayCount(array) == 0 && before.index() == btf.length(before.type()) - 1;
    }

    private static int[] numbers(Btf btf, int root, String access) {
        String[] parts = access.split(":", -1);
        if (parts.length > MAX_STEPS) {
            throw bad(btf, root, access, "it has more than " + MAX_STEPS + " steps");
        }
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || parts[i].length() > 9 || !parts[i].chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw bad(btf, root, access, "steps are numbers with colons between them");
            }
            numbers[i] = Integer.parseInt(parts[i]);
        }
        return numbers;
    }

    private static BpfException.Malformed bad(Btf btf, int root, String access, String says) {
        return new BpfException.Malformed(btf.origin() + ": access \"" + access + "\" on type " + root + ": " + says);
    }

    /** {@code task_struct.comm[3]}, {@code struct s}, {@code enum e.ONE}: as a reader of the source knows it. */
    String text() {
        String type = Declaration.of(btf, root);
        if (kind.type()) {
            return type;
        }
        StringBuilder text = new StringBuilder(btf.nameOffset(root) == 0 ? type : btf.name(root));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.named()) {
                text.append('.').append(step.name());
            } else if (i > 0 || step.index() > 0) {
                text.append('[').append(step.index()).append(']');
            }
        }
        return text.toString();
    }

    /** The type of the field that is reached, qualifiers included; the root for a type. */
    int reached() {
        if (kind.type() || steps.isEmpty()) {
            return root;
        }
        Step last = last();
        return kind.enumerator() || !last.named() ? last.type() : btf.memberType(last.type(), last.index());
    }

    /** Width of the bitfield that is reached, or 0 where it is none. */
    int bitfieldBits() {
        return kind.field() && last().named() ? btf.member(last().type(), last().index()).bitfieldBits() : 0;
    }

    /** Width of what is reached, in bits; 0 where it has none. */
    long bitSize() {
        int bits = bitfieldBits();
        return bits > 0 ? bits : btf.sized(reached()) ? 8 * btf.sizeOf(reached()) : 0;
    }
}
