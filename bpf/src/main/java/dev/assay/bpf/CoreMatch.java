package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which type and field of a kernel an object means: by name and shape, never by number.
 *
 * <p>
 * The rules are those that libbpf publishes (docs.ebpf.io "CO-RE", and the comments of its relocation code): the root
 * by essential name and kind; members by name, through members without a name; integers of any size and sign, any two
 * pointers, structs with unions; arrays by element.
 */
final class CoreMatch {
    private static final int MAX_DEPTH = 32;

    private final AccessPath local;
    private final Btf target;
    private final List<AccessPath.Step> steps = new ArrayList<>();
    private long bits;
    private int next;
    private Incompatible incompatible;

    private CoreMatch(AccessPath local, Btf target) {
        this.local = local;
        this.target = target;
    }

    /** A field of the right name and the wrong shape. */
    record Incompatible(int holder, int index, long bitOffset) {}

    /** Types of the kernel that may be meant by the object's {@code type}. */
    static List<Integer> candidates(Btf local, int type, Btf target) {
        Kind kind = local.kind(type);
        List<Integer> found = new ArrayList<>();
        for (int id : target.find(Flavour.essential(local.name(type)), true)) {
            if (alike(kind, target.kind(id))) {
                found.add(id);
            }
        }
        return found;
    }

    /** The path in the kernel's {@code root}, or nothing where it does not match. */
    static Optional<AccessPath> match(AccessPath local, Btf target, int root) {
        return new CoreMatch(local, target).path(root);
    }

    /** The field that stopped a match by its shape. */
    static Optional<Incompatible> incompatible(AccessPath local, Btf target, int root) {
        CoreMatch match = new CoreMatch(local, target);
        match.path(root);
        return Optional.ofNullable(match.incompatible);
    }

    private Optional<AccessPath> path(int root) {
        if (local.kind().type()) {
            boolean fits = local.kind() == RelocationKind.TYPE_MATCHES
                    ? TypeMatch.matches(local.btf(), local.root(), target, root)
                    : TypeMatch.compatible(local.btf(), local.root(), target, root);
            return fits ? Optional.of(new AccessPath(target, root, local.kind(), List.of(), 0)) : Optional.empty();
        }
        boolean found = local.kind().enumerator() ? enumerator(root) : field(root);
        return found ? Optional.of(new AccessPath(target, root, local.kind(), steps, bits)) : Optional.empty();
    }

    private boolean enumerator(int root) {
        int at = target.resolve(root);
        if (at == 0 || !target.kind(at).enumeration()) {
            return false;
        }
        String wanted = Flavour.essential(local.steps().getFirst().name());
        for (int i = 0; i < target.length(at); i++) {
            String name = target.enumerator(at, i).name();
            if (Flavour.essential(name).equals(wanted)) {
                steps.add(new AccessPath.Step(at, i, name));
                return true;
            }
        }
        return false;
    }

    private boolean field(int root) {
        int at = root;
        for (int i = 0; i < local.steps().size(); i++) {
            AccessPath.Step step = local.steps().get(i);
            at = target.resolve(at);
            if (step.named()) {
                if (!member(step, at, 0)) {
                    return false;
                }
                at = next;
                continue;
            }
            // The first index walks over elements of the root itself, the others into an array.
            if (i > 0) {
                if (at == 0 || target.kind(at) != Kind.ARRAY || step.index() >= (target.arrayCount(at) & 0xffffffffL)
                        && !AccessPath.flexible(target, steps.getLast(), at)) {
                    return false;
                }
                at = target.resolve(target.arrayElement(at));
            }
            if (at == 0 || !target.sized(at)) {
                return step.index() == 0 && i == 0 && local.steps().size() == 1;
            }
            steps.add(new AccessPath.Step(at, step.index(), ""));
            bits += 8 * step.index() * target.sizeOf(at);
        }
        return true;
    }

    private boolean member(AccessPath.Step wanted, int holder, int depth) {
        int at = target.resolve(holder);
        if (at == 0 || !target.kind(at).composite() || depth > MAX_DEPTH) {
            return false;
        }
        for (int i = 0; i < target.length(at); i++) {
            Btf.Member member = target.member(at, i);
            long before = bits;
            bits += member.bitOffset();
            if (member.name().isEmpty()) {
                if (member(wanted, member.type(), depth + 1)) {
                    return true;
                }
            } else if (member.name().equals(wanted.name())) {
                int localType = local.btf().memberType(wanted.type(), wanted.index());
                if (!fieldsAlike(local.btf(), localType, target, member.type())) {
                    incompatible = new Incompatible(at, i, bits);
                    bits = before;
                    return false;
                }
                steps.add(new AccessPath.Step(at, i, member.name()));
                next = member.type();
                return true;
            }
            bits = before;
        }
        return false;
    }

    static boolean alike(Kind one, Kind other) {
        return one == other || one.enumeration() && other.enumeration();
    }

    /** Whether a field of one type may be read where the other was meant. */
    static boolean fieldsAlike(Btf local, int localType, Btf target, int targetType) {
        int one = local.resolve(localType);
        int other = target.resolve(targetType);
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (one == 0 || other == 0) {
                return false;
            }
            Kind kind = local.kind(one);
            Kind kindThere = target.kind(other);
            if (kind.composite() && kindThere.composite()) {
                return true;
            }
            if (!alike(kind, kindThere)) {
                return false;
            }
            switch (kind) {
                case PTR, FLOAT -> {
                    return true;
                }
                case FWD, ENUM, ENUM64 -> {
                    String name = Flavour.essential(local.name(one));
                    String nameThere = Flavour.essential(target.name(other));
                    return name.isEmpty() || nameThere.isEmpty() || name.equals(nameThere);
                }
                case INT -> {
                    return local.intBitOffset(one) == 0 && target.intBitOffset(other) == 0;
                }
                case ARRAY -> {
                    one = local.resolve(local.arrayElement(one));
                    other = target.resolve(target.arrayElement(other));
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }
}
