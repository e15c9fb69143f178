package dev.assay.bpf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says of one decided relocation what the object expected, what the kernel has, and what that means for the program. */
final class Explainer {
    private final Btf kernel;

    Explainer(Btf kernel) {
        this.kernel = kernel;
    }

    /**
     * What a record means.
     *
     * @param unfit the field of the right name that the kernel has and that does not fit
     */
    record Judgement(Explanation.Status status, String says, Optional<String> nearest, boolean prevents,
            Optional<Explanation.Shape> unfit) {
        Judgement(Explanation.Status status, String says, Optional<String> nearest, boolean prevents) {
            this(status, says, nearest, prevents, Optional.empty());
        }

        static Judgement fine(String says) {
            return new Judgement(Explanation.Status.RESOLVED, says, Optional.empty(), false);
        }

        static Judgement warning(String says) {
            return new Judgement(Explanation.Status.WARNING, says, Optional.empty(), false);
        }
    }

    /**
     * @param result the decision
     * @param direct the instruction is itself the load or store
     * @param bytesRead how wide the program reads at the computed address, 0 where that is not known
     * @param reachable whether the patched program gets there
     */
    Judgement judge(CoreRelocator.Result result, boolean direct, int bytesRead, boolean reachable) {
        AccessPath path = result.path();
        return switch (result.decision()) {
            case CoreRelocator.Decision.Failed failed -> new Judgement(Explanation.Status.MISMATCH, path.text()
                    + " cannot be relocated: " + failed.says(), Optional.empty(), true);
            case CoreRelocator.Decision.Ambiguous ambiguous -> new Judgement(Explanation.Status.AMBIGUOUS, path.text()
                    + " has several meanings in " + kernel.origin() + ": " + ambiguous.says()
                    + "; no loader may choose", Optional.empty(), true);
            case CoreRelocator.Decision.Poison _ -> absent(result, reachable);
            case CoreRelocator.Decision.Patch patch -> patched(result, patch, direct, bytesRead, reachable);
        };
    }

    private Judgement patched(CoreRelocator.Result result, CoreRelocator.Decision.Patch patch, boolean direct,
            int bytesRead, boolean reachable) {
        AccessPath path = result.path();
        if (result.found().isEmpty()) {
            if (path.kind() == RelocationKind.TYPE_ID_LOCAL) {
                return Judgement.fine("the object's own type number, " + patch.value());
            }
            Judgement why = absent(result, reachable);
            if (path.kind().asks()) {
                return new Judgement(Explanation.Status.RESOLVED, "the program asks and is told no: " + why.says()
                        .replace(GUARDED, "").replace(REFUSED, ""), why.nearest(), false, why.unfit());
            }
            return new Judgement(why.status(), why.says().replace(GUARDED, "").replace(REFUSED, "")
                    + "; the program is given 0 and loads", why.nearest(), false);
        }
        AccessPath there = result.found().get();
        if (direct && patch.widthRefused()) {
            return new Judgement(Explanation.Status.MISMATCH, path.text() + " is " + shape(path) + " in the object and "
                    + shape(there) + " in the kernel; a load of another width would be wrong for a signed number"
                    + (reachable ? REFUSED : GUARDED), Optional.empty(), reachable);
        }
        if (path.kind() == RelocationKind.FIELD_BYTE_OFFSET) {
            return new WidthChange(path, there, direct, bytesRead).judge();
        }
        return Judgement.fine(value(path.kind(), patch));
    }

    private static String value(RelocationKind kind, CoreRelocator.Decision.Patch patch) {
        String change = patch.expected() == patch.value()
                ? Long.toString(patch.value())
                : patch.expected() + " becomes " + patch.value();
        return switch (kind) {
            case FIELD_EXISTS, TYPE_EXISTS, TYPE_MATCHES, ENUMVAL_EXISTS -> "it is there";
            case FIELD_BYTE_SIZE, TYPE_SIZE -> "size " + change;
            case FIELD_SIGNED -> patch.value() == 1 ? "signed" : "unsigned";
            case FIELD_LSHIFT_U64, FIELD_RSHIFT_U64 -> "shift " + change;
            case ENUMVAL_VALUE -> "value " + change;
            default -> "type number " + patch.value();
        };
    }

    private static final String GUARDED = "; the instruction is never reached here, so the object loads";
    private static final String REFUSED = "; the verifier will refuse the program (\"invalid func unknown#195896080\")";

    /** No candidate matched: the type is not there, or the field is not, or it has another shape. */
    private Judgement absent(CoreRelocator.Result result, boolean reachable) {
        AccessPath path = result.path();
        String end = reachable ? REFUSED : GUARDED;
        if (result.candidates().isEmpty()) {
            String name = Flavour.essential(path.btf().name(path.root()));
            Optional<String> nearest = nearestType(path, name);
            return new Judgement(Explanation.Status.MISSING, kernel.origin() + " has no " + path.btf().kind(path.root())
                    .words() + " " + name + nearest.map(n -> "; the nearest is " + n).orElse("") + end, nearest,
                    reachable);
        }
        for (int candidate : result.candidates()) {
            Optional<CoreMatch.Incompatible> wrong = CoreMatch.incompatible(path, kernel, candidate);
            if (wrong.isPresent()) {
                Btf.Member member = kernel.member(wrong.get().holder(), wrong.get().index());
                return new Judgement(Explanation.Status.MISMATCH, path.text() + " is " + shape(path)
                        + " in the object; the kernel's " + Declaration.of(kernel, candidate) + "." + member.name()
                        + " is " + Declaration.of(kernel, member.type()) + " (" + TypeText.shape(kernel, member.type())
                        + ")" + end, Optional.empty(), reachable, Optional.of(unfit(member, wrong.get())));
            }
        }
        int candidate = result.candidates().getFirst();
        if (path.kind().type()) {
            return new Judgement(Explanation.Status.MISMATCH, Declaration.of(kernel, candidate)
                    + " is there and does not match the object's" + end, Optional.empty(), reachable);
        }
        return path.kind().enumerator()
                ? absentValue(path, candidate, end, reachable)
                : absentField(path, candidate, end, reachable);
    }

    private Explanation.Shape unfit(Btf.Member member, CoreMatch.Incompatible wrong) {
        int behind = kernel.resolve(member.type());
        long bits = member.bitfieldBits() > 0
                ? member.bitfieldBits()
                : kernel.sized(member.type())
                        ? 8 * kernel.sizeOf(
                                member.type())
                        : 0;
        return new Explanation.Shape(Declaration.of(kernel, member.type()), TypeText.shape(kernel, member.type()),
                behind != 0 && kernel.signed(behind), wrong.bitOffset(), bits, 0);
    }

    private Optional<String> nearestType(AccessPath path, String name) {
        Kind kind = path.btf().kind(path.root());
        Set<String> names = new java.util.HashSet<>();
        for (int id = 1; id < kernel.endId(); id++) {
            if (CoreMatch.alike(kind, kernel.kind(id)) && kernel.nameOffset(id) != 0) {
                String other = kernel.name(id);
                if (Math.abs(other.length() - name.length()) <= 2 + name.length() / 2) {
                    names.add(other);
                }
            }
        }
        return Nearest.of(name, names, Nearest.TYPES);
    }

    private Judgement absentValue(AccessPath path, int candidate, String end, boolean reachable) {
        int at = kernel.resolve(candidate);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < kernel.length(at); i++) {
            names.add(kernel.enumerator(at, i).name());
        }
        String wanted = path.steps().getFirst().name();
        Optional<String> nearest = Nearest.of(wanted, names, Nearest.FIELDS);
        return new Judgement(Explanation.Status.MISSING, Declaration.of(kernel, candidate) + " has no value " + wanted
                + nearest.map(n -> "; the nearest is " + n).orElse("") + end, nearest, reachable);
    }

    private Judgement absentField(AccessPath path, int candidate, String end, boolean reachable) {
        TypeQuery.Place place = new TypeQuery.Place(candidate, candidate, 0, 0, false);
        for (AccessPath.Step step : path.steps()) {
            if (!step.named()) {
                int at = kernel.resolve(place.type());
                if (kernel.kind(at) == Kind.ARRAY) {
                    int element = kernel.arrayElement(at);
                    if (step.index() >= (kernel.arrayCount(at) & 0xffffffffL)) {
                        return new Judgement(Explanation.Status.MISSING, path.text() + " is past the end: the kernel's "
                                + Declaration.of(kernel, at) + " has no element " + step.index() + end,
                                Optional
                                        .empty(),
                                reachable);
                    }
                    place = new TypeQuery.Place(at, element, 0, 0, false);
                }
                continue;
            }
            Optional<TypeQuery.Place> next = TypeQuery.member(kernel, place, step.name());
            if (next.isEmpty()) {
                int localType = path.btf().memberType(step.type(), step.index());
                Optional<String> nearest = Renamed.find(kernel, kernel.resolve(place.type()), step.name(), path.btf(),
                        localType);
                return new Judgement(Explanation.Status.MISSING, Declaration.of(kernel, place.type())
                        + " has no field " + step.name() + nearest.map(n -> "; the nearest is " + n).orElse("") + end,
                        nearest, reachable);
            }
            place = next.get();
        }
        return new Judgement(Explanation.Status.MISMATCH, path.text() + " does not fit" + end, Optional.empty(),
                reachable);
    }

    static String shape(AccessPath path) {
        int bits = path.bitfieldBits();
        return Declaration.of(path.btf(), path.reached()) + " (" + (bits > 0
                ? "bitfield of " + bits + " bits"
                : TypeText.shape(path.btf(), path.reached()) + ", " + path.bitSize() / 8 + " bytes") + ")";
    }
}
