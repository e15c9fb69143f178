package dev.assay.bpf;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether an object would load on a kernel and read there what it means, record by record. */
public final class CompatibilityCheck {
    private final ObjectFile object;
    private final Btf kernel;

    private CompatibilityCheck(ObjectFile object, Btf kernel) {
        this.object = object;
        this.kernel = kernel;
    }

    /**
     * What came out for one object on one kernel.
     *
     * @param loads false where a record keeps it from loading, or {@code problems} is not empty
     * @param problems what else keeps it from loading
     */
    public record Report(String path, String kernel, boolean loads, List<Explanation> relocations,
            List<String> problems) {
        public Report {
            relocations = List.copyOf(relocations);
            problems = List.copyOf(problems);
        }

        /** Records of this status. */
        public long count(Explanation.Status status) {
            return relocations.stream().filter(r -> r.status() == status).count();
        }
    }

    /** Checks {@code object} against the types of {@code kernel}; nothing is loaded. */
    public static Report check(ObjectFile object, Btf kernel) {
        return new CompatibilityCheck(object, kernel).report();
    }

    private record Placed(BtfExt.Relocation record, int index, CoreRelocator.Result result, Optional<String> refused) {}

    private Report report() {
        List<Explanation> explanations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (object.elf().order() != kernel.order()) {
            problems.add("the object is " + order(object.elf().order()) + " and " + kernel.origin() + " is " + order(
                    kernel.order()));
        }
        if (object.btf().isPresent()) {
            CoreRelocator relocator = new CoreRelocator(object.btf().get(), kernel, object.elf().order());
            object.ext().relocations().forEach((section, records) -> {
                Map<ObjectFile.Function, List<BtfExt.Relocation>> byFunction = new LinkedHashMap<>();
                for (BtfExt.Relocation record : records) {
                    object.function(section, record.offset()).ifPresentOrElse(f -> byFunction.computeIfAbsent(f,
                            _ -> new ArrayList<>()).add(record), () -> problems.add(
                                    "a relocation at byte " + record
                                            .offset() + " of section " + section + " lies in no function"));
                }
                byFunction.forEach((function, list) -> explanations.addAll(explain(relocator, function, list)));
            });
        }
        problems.addAll(new Hooks(kernel).problems(object));
        problems.addAll(Externals.problems(object, kernel));
        boolean loads = problems.isEmpty() && explanations.stream().noneMatch(Explanation::prevents);
        return new Report(object.path(), kernel.origin(), loads, explanations, problems);
    }

    static String order(java.nio.ByteOrder order) {
        return order == java.nio.ByteOrder.BIG_ENDIAN ? "big-endian" : "little-endian";
    }

    private List<Explanation> explain(CoreRelocator relocator, ObjectFile.Function function,
            List<BtfExt.Relocation> records) {
        List<Instruction> code = new ArrayList<>(function.code());
        List<Placed> placed = new ArrayList<>();
        BitSet offsets = new BitSet();
        Map<Integer, Integer> recordsAt = new HashMap<>();
        for (BtfExt.Relocation record : records) {
            int index = (record.offset() - function.offset()) / Instruction.BYTES;
            recordsAt.merge(index, 1, Integer::sum);
            CoreRelocator.Result result = relocator.resolve(record);
            Optional<String> refused = CorePatch.apply(code, index, result.decision());
            placed.add(new Placed(record, index, result, refused));
            if (result.path().kind() == RelocationKind.FIELD_BYTE_OFFSET) {
                offsets.set(index);
            }
        }
        DataFlow flow = new DataFlow(code, object.linked(function), offsets);
        return placed.stream().map(p -> explain(function, p, flow)).toList();
    }

    private Explanation explain(ObjectFile.Function function, Placed placed, DataFlow flow) {
        CoreRelocator.Result result = placed.result();
        AccessPath path = result.path();
        Instruction before = function.code().get(placed.index());
        boolean direct = switch (before.family()) {
            case Instruction.LDX, Instruction.ST, Instruction.STX -> true;
            default -> false;
        };
        boolean reachable = flow.reachable(placed.index());
        Explainer.Judgement judgement = new Explainer(result.target()).judge(result, direct,
                flow.bytesRead(placed.index()), reachable);
        boolean failed = placed.refused().isPresent();
        Explanation.Status status = failed && judgement.status() == Explanation.Status.RESOLVED
                ? Explanation.Status.MISMATCH
                : judgement.status();
        String says = failed && judgement.status() == Explanation.Status.RESOLVED
                ? path.text() + ": " + placed
                        .refused().get()
                : judgement.says();
        CoreRelocator.Decision.Patch patch = result.decision() instanceof CoreRelocator.Decision.Patch p ? p : null;
        return new Explanation(placed.record().offset() / Instruction.BYTES, function.section().name(), function.name(),
                source(function, placed.record().offset()), path.kind().word(), path.text(), status, shape(path,
                        patch == null ? held(path) : patch.expected()),
                result.found().map(f -> shape(f, patch == null ? 0 : patch.value())).or(
                        judgement::unfit),
                judgement.nearest(), says, reachable, failed || judgement
                        .prevents());
    }

    private long held(AccessPath path) {
        return path.kind() == RelocationKind.FIELD_BYTE_OFFSET ? path.bitOffset() / 8 : 0;
    }

    private static Explanation.Shape shape(AccessPath path, long value) {
        Btf btf = path.btf();
        int reached = path.kind().enumerator() ? path.root() : path.reached();
        return new Explanation.Shape(
                Declaration.of(btf, reached), path.bitfieldBits() > 0
                        ? "bitfield"
                        : TypeText.shape(
                                btf, reached),
                btf.signed(btf.resolve(reached)), path.bitOffset(), path.bitSize(), value);
    }

    private Optional<String> source(ObjectFile.Function function, int offset) {
        BtfExt.Line line = object.ext().line(function.section().name(), offset);
        return line == null
                ? Optional.empty()
                : Optional.of(line.file() + ":" + line.line() + ": " + line.text()
                        .strip());
    }
}
