package dev.assay.bpf;

/**
 * Whether two types are compatible (for existence, size and number) or match in depth (for {@code TYPE_MATCHES}), by
 * the rules that libbpf publishes for each. Where nesting passes 32 levels they do not.
 */
final class TypeMatch {
    private static final int MAX_DEPTH = 32;

    private final Btf local;
    private final Btf target;

    private TypeMatch(Btf local, Btf target) {
        this.local = local;
        this.target = target;
    }

    static boolean compatible(Btf local, int localType, Btf target, int targetType) {
        return CoreMatch.alike(local.kind(localType), target.kind(targetType)) && new TypeMatch(local, target)
                .compatible(localType, targetType, MAX_DEPTH);
    }

    static boolean matches(Btf local, int localType, Btf target, int targetType) {
        return new TypeMatch(local, target).matches(localType, targetType, false, MAX_DEPTH);
    }

    private boolean compatible(int localType, int targetType, int levels) {
        int one = local.resolve(localType);
        int other = target.resolve(targetType);
        if (one == 0 || other == 0) {
            return one == other;
        }
        if (levels == 0 || !CoreMatch.alike(local.kind(one), target.kind(other))) {
            return false;
        }
        return switch (local.kind(one)) {
            case STRUCT, UNION, ENUM, ENUM64, FWD -> true;
            case INT -> local.intBitOffset(one) == 0 && target.intBitOffset(other) == 0;
            case PTR -> compatible(local.target(one), target.target(other), levels - 1);
            case ARRAY -> compatible(local.arrayElement(one), target.arrayElement(other), levels - 1);
            case FUNC_PROTO -> {
                boolean same = local.length(one) == target.length(other);
                for (int i = 0; same && i < local.length(one); i++) {
                    same = compatible(local.parameter(one, i).type(), target.parameter(other, i).type(), levels - 1);
                }
                yield same && compatible(local.target(one), target.target(other), levels - 1);
            }
            default -> false;
        };
    }

    private boolean sameName(String one, String other) {
        return other.isEmpty() ? one.isEmpty() : Flavour.same(one, other);
    }

    private boolean matches(int localType, int targetType, boolean behindPointer, int levels) {
        int one = local.resolve(localType);
        int other = target.resolve(targetType);
        if (one == 0 || other == 0) {
            return one == other;
        }
        if (levels == 0 || !sameName(local.name(one), target.name(other))) {
            return false;
        }
        Kind kind = local.kind(one);
        Kind kindThere = target.kind(other);
        return switch (kind) {
            case FWD -> forward(one, other, behindPointer);
            case ENUM, ENUM64 -> kindThere.enumeration() && enumerations(one, other);
            case STRUCT, UNION -> {
                if (behindPointer) {
                    yield kind == kindThere || kindThere == Kind.FWD && (kind == Kind.UNION) == target.flag(other);
                }
                yield kind == kindThere && composites(one, other, levels);
            }
            case INT -> kind == kindThere && local.storedSize(one) == target.storedSize(other) && local.signed(
                    one) == target.signed(other);
            case PTR -> kind == kindThere && matches(local.target(one), target.target(other), true, levels - 1);
            case ARRAY -> kind == kindThere && local.arrayCount(one) == target.arrayCount(other) && matches(local
                    .arrayElement(one), target.arrayElement(other), behindPointer, levels - 1);
            case FUNC_PROTO -> {
                boolean same = kind == kindThere && local.length(one) == target.length(other);
                for (int i = 0; same && i < local.length(one); i++) {
                    same = matches(local.parameter(one, i).type(), target.parameter(other, i).type(), behindPointer,
                            levels - 1);
                }
                yield same && matches(local.target(one), target.target(other), behindPointer, levels - 1);
            }
            default -> false;
        };
    }

    private boolean forward(int one, int other, boolean behindPointer) {
        Kind there = target.kind(other);
        if (there == Kind.FWD) {
            return local.flag(one) == target.flag(other);
        }
        return behindPointer && (there == Kind.STRUCT && !local.flag(one) || there == Kind.UNION && local.flag(one));
    }

    private boolean enumerations(int one, int other) {
        if (local.storedSize(one) != target.storedSize(other) || local.length(one) > target.length(other)) {
            return false;
        }
        for (int i = 0; i < local.length(one); i++) {
            String name = local.enumerator(one, i).name();
            boolean found = false;
            for (int j = 0; !found && j < target.length(other); j++) {
                found = sameName(name, target.enumerator(other, j).name());
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private boolean composites(int one, int other, int levels) {
        if (local.length(one) > target.length(other)) {
            return false;
        }
        for (int i = 0; i < local.length(one); i++) {
            Btf.Member member = local.member(one, i);
            boolean found = false;
            for (int j = 0; !found && j < target.length(other); j++) {
                Btf.Member there = target.member(other, j);
                found = sameName(member.name(), there.name()) && matches(member.type(), there.type(), false, levels
                        - 1);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
