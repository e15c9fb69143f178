package dev.assay.bpf;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
    private final Supplier<List<Btf>> modules;
    private final Map<Integer, List<Candidate>> candidates = new HashMap<>();

    CoreRelocator(Btf local, Btf target, ByteOrder order) {
        this(local, target, order, () -> BtfFile.modules(target));
    }

    /** {@code modules} are asked for only where {@code target} has no type of a name. */
    CoreRelocator(Btf local, Btf target, ByteOrder order, Supplier<List<Btf>> modules) {
        this.local = local;
        this.target = target;
        this.order = order;
        this.modules = modules;
    }

    /** A type of the right name, of the kernel or of a module on top of it. */
    private record Candidate(Btf btf, int id) {}

    private List<Candidate> candidates(int type) {
        List<Candidate> own = of(target, type);
        return own.isEmpty() ? modules.get().stream().flatMap(m -> of(m, type).stream()).toList() : own;
    }

    private List<Candidate> of(Btf btf, int type) {
        return CoreMatch.candidates(local, type, btf).stream().map(id -> new Candidate(btf, id)).toList();
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
     * @param target where the candidates are: the kernel, or a module
     * @param candidates types of the right name there
     * @param found the path in the kernel, where there is one
     */
    record Result(AccessPath path, Decision decision, Btf target, List<Integer> candidates,
            Optional<AccessPath> found) {}

    private Result result(AccessPath path, Decision decision, List<Candidate> all, AccessPath found) {
        Btf where = all.isEmpty() ? target : all.getFirst().btf();
        return new Result(path, decision, where, all.stream().filter(c -> c.btf() == where).map(Candidate::id).toList(),
                Optional.ofNullable(found));
    }

    Result resolve(BtfExt.Relocation record) {
        RelocationKind kind = RelocationKind.of(record.kind()).orElseThrow(() -> new BpfException.Malformed(local
                .origin() + ": relocation kind " + record.kind() + " is not known; 0 to 12 are"));
        AccessPath path = AccessPath.parse(local, record.type(), kind, record.access());
        if (kind == RelocationKind.TYPE_ID_LOCAL) {
            return result(path, new Decision.Patch(record.type(), record.type(), false, Width.NONE, false), List.of(),
                    null);
        }
        if (local.nameOffset(record.type()) == 0) {
            return result(path, new Decision.Failed("a type without a name cannot be looked for"), List.of(), null);
        }
        List<Candidate> all = candidates.computeIfAbsent(record.type(), this::candidates);
        try {
            return decide(path, all);
        } catch (Unfit | BpfException.Malformed e) {
            return result(path, new Decision.Failed(e.getMessage()), all, null);
        }
    }

    private Result decide(AccessPath path, List<Candidate> all) {
        Decision chosen = null;
        AccessPath found = null;
        for (Candidate candidate : all) {
            Optional<AccessPath> there = CoreMatch.match(path, candidate.btf(), candidate.id());
            if (there.isEmpty()) {
                continue;
            }
            Decision decision = calculate(path, there.get());
            if (chosen == null) {
                chosen = decision;
                found = there.get();
            } else if (there.get().bitOffset() != found.bitOffset() || !value(decision).equals(value(chosen))) {
                return result(path, new Decision.Ambiguous("type " + found.root() + " answers " + value(chosen)
                        + " (bit " + found.bitOffset() + "), type " + candidate.id() + " answers " + value(decision)
                        + " (bit " + there.get().bitOffset() + ")"), all, found);
            }
        }
        return result(path, chosen == null ? calculate(path, null) : chosen, all, found);
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
                .targetBytes() && !widthMayChange(here, kernel, there.btf()));
    }

    // A pointer, or an unsigned integer, is right at any width since loads extend with zeros.
    private boolean widthMayChange(FieldValue here, FieldValue kernel, Btf where) {
        Kind one = here.accessType() == 0 ? Kind.UNKNOWN : local.kind(local.resolve(here.accessType()));
        Kind other = kernel.accessType() == 0 ? Kind.UNKNOWN : where.kind(where.resolve(kernel.accessType()));
        return one == Kind.PTR && other == Kind.PTR || one == Kind.INT && other == Kind.INT && !local.signed(local
                .resolve(here.accessType())) && !where.signed(where.resolve(kernel.accessType()));
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
