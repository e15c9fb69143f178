package dev.assay.bpf;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides for each relocation record of one object what its instruction becomes on one kernel.
 *
 * <p>
 * Candidates are looked for once per type of the object. A record that several candidates answer alike is resolved; one
 * that they answer differently is ambiguous; one that none answers makes its instruction poison, unless it only asked.
 */
final class CoreRelocator {
    private final Btf local;
    private final Btf target;
    private final ByteOrder order;
    private final Map<Integer, List<Integer>> candidates = new HashMap<>();

    CoreRelocator(Btf local, Btf target, ByteOrder order) {
        this.local = local;
        this.target = target;
        this.order = order;
    }

    /** What becomes of an instruction. */
    sealed interface Decision {
        /**
         * The number in the instruction changes from {@code expected} to {@code value}.
         *
         * @param validate whether the instruction must hold {@code expected} now
         * @param memory how wide an access at the field is, here and there; 0 where this is no such access
         * @param widthRefused whether a load or store of this width would read a wrong value
         */
        record Patch(long expected, long value, boolean validate, Width memory,
                boolean widthRefused) implements Decision {}

        /** The instruction is made invalid, so that the verifier refuses the program if it can be reached. */
        record Poison() implements Decision {}

        /** Candidates disagree. */
        record Ambiguous(String says) implements Decision {}

        /** The record itself cannot be applied. */
        record Failed(String says) implements Decision {}
    }

    record Width(long localBytes, long targetBytes) {
        static final Width NONE = new Width(0, 0);
    }

    /**
     * A record and what was decided.
     *
     * @param candidates types of the right name
     * @param found the path in the kernel, where there is one
     */
    record Result(AccessPath path, Decision decision, List<Integer> candidates, Optional<AccessPath> found) {}

    Result resolve(BtfExt.Relocation record) {
        RelocationKind kind = RelocationKind.of(record.kind()).orElseThrow(() -> new BpfException.Malformed(local
                .origin() + ": relocation kind " + record.kind() + " is not known; 0 to 12 are"));
        AccessPath path = AccessPath.parse(local, record.type(), kind, record.access());
        if (kind == RelocationKind.TYPE_ID_LOCAL) {
            return new Result(path, new Decision.Patch(record.type(), record.type(), false, Width.NONE, false), List
                    .of(), Optional.empty());
        }
        if (local.nameOffset(record.type()) == 0) {
            return new Result(path, new Decision.Failed("a type without a name cannot be looked for"), List.of(),
                    Optional.empty());
        }
        List<Integer> all = candidates.computeIfAbsent(record.type(), type -> CoreMatch.candidates(local, type,
                target));
        try {
            return decide(path, all);
        } catch (Unfit | BpfException.Malformed e) {
            return new Result(path, new Decision.Failed(e.getMessage()), all, Optional.empty());
        }
    }

    private Result decide(AccessPath path, List<Integer> all) {
        Decision chosen = null;
        AccessPath found = null;
        for (int candidate : all) {
            Optional<AccessPath> there = CoreMatch.match(path, target, candidate);
            if (there.isEmpty()) {
                continue;
            }
            Decision decision = calculate(path, there.get());
            if (chosen == null) {
                chosen = decision;
                found = there.get();
            } else if (there.get().bitOffset() != found.bitOffset() || !value(decision).equals(value(chosen))) {
                return new Result(path, new Decision.Ambiguous("type " + found.root() + " answers " + value(chosen)
                        + " (bit " + found.bitOffset() + "), type " + candidate + " answers " + value(decision)
                        + " (bit " + there.get().bitOffset() + ")"), all, Optional.of(found));
            }
        }
        return new Result(path, chosen == null ? calculate(path, null) : chosen, all, Optional.ofNullable(found));
    }

    private static String value(Decision decision) {
        return decision instanceof Decision.Patch patch ? Long.toString(patch.value()) : decision.toString();
    }

    /** A path whose value cannot be told. */
    private static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    private Decision calculate(AccessPath path, AccessPath there) {
        RelocationKind kind = path.kind();
        if (there == null && !kind.asks() && !(kind.type())) {
            return new Decision.Poison();
        }
        if (kind.type()) {
            boolean validate = kind != RelocationKind.TYPE_ID_TARGET;
            return new Decision.Patch(typeValue(path), there == null ? 0 : typeValue(there), validate, Width.NONE,
                    false);
        }
        if (kind.asks()) {
            return new Decision.Patch(1, there == null ? 0 : 1, true, Width.NONE, false);
        }
        if (kind.enumerator()) {
            return new Decision.Patch(enumerator(path), enumerator(there), true, Width.NONE, false);
        }
        FieldValue here = FieldValue.of(path, order).orElseThrow(() -> new Unfit("an array element has no " + kind
                .word()));
        FieldValue kernel = FieldValue.of(there, order).orElseThrow(() -> new Unfit("the field is an array element "
                + "there, which has no " + kind.word()));
        Width memory = new Width(here.accessBytes(), kernel.accessBytes());
        return new Decision.Patch(here.value(), kernel.value(), here.certain(), memory, memory.localBytes() != memory
                .targetBytes() && !widthMayChange(here, kernel));
    }

    // A pointer, or an unsigned integer, is right at any width since loads extend with zeros.
    private boolean widthMayChange(FieldValue here, FieldValue kernel) {
        Kind one = here.accessType() == 0 ? Kind.UNKNOWN : local.kind(local.resolve(here.accessType()));
        Kind other = kernel.accessType() == 0 ? Kind.UNKNOWN : target.kind(target.resolve(kernel.accessType()));
        return one == Kind.PTR && other == Kind.PTR || one == Kind.INT && other == Kind.INT && !local.signed(local
                .resolve(here.accessType())) && !target.signed(target.resolve(kernel.accessType()));
    }

    private static long typeValue(AccessPath path) {
        return switch (path.kind()) {
            case TYPE_SIZE -> path.btf().sizeOf(path.root());
            case TYPE_ID_TARGET -> path.root();
            default -> 1;
        };
    }

    private static long enumerator(AccessPath path) {
        AccessPath.Step step = path.steps().getFirst();
        long value = path.btf().enumerator(step.type(), step.index()).value();
        // libbpf extends the sign of 32-bit values, those of unsigned enumerations too; agreement matters more here.
        return path.btf().kind(step.type()) == Kind.ENUM ? (int) value : value;
    }
}
