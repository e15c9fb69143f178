package dev.assay.cli;

import dev.assay.bpf.BpfMap;
import dev.assay.bpf.Btf;
import dev.assay.bpf.BtfDiff;
import dev.assay.bpf.CompatibilityCheck;
import dev.assay.bpf.Explanation;
import dev.assay.bpf.LoadedObject;
import dev.assay.bpf.Observation;
import dev.assay.bpf.Probe;
import dev.assay.bpf.TypeLayout;
import dev.assay.bpf.TypeQuery;
import dev.assay.bpf.TypeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the bpf commands answer in JSON. Its contract is {@code docs/schemas/bpf*.schema.json}. */
final class BpfJson {
    private BpfJson() {}

    /** Names and values in turn; a value that is an empty Optional is left out with its name. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            Object there = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (there != null) {
                fields.put((String) namesAndValues[i], there);
            }
        }
        return fields;
    }

    static Map<String, Object> types(Btf btf, String query, List<TypeQuery.Answer> answers) {
        return fields("schema", "assay.bpf.types/1", "kernel", btf.origin(), "query", query, "types", answers.stream()
                .map(a -> type(btf, a)).toList());
    }

    private static Map<String, Object> type(Btf btf, TypeQuery.Answer answer) {
        Optional<Map<String, Object>> field = answer.field().map(f -> fields("path", answer.path(), "type", TypeText.of(
                btf, f.type()), "kind", TypeText.shape(btf, f.type()), "offsetBits", f.bitOffset(), "sizeBits",
                f
                        .bitSize(),
                "bitfield", f.bitfield()));
        return fields("id", answer.root(), "kind", btf.kind(answer.root()).words(), "name", btf.name(answer.root()),
                "sizeBytes", btf.sizeOf(answer.root()), "field", field, "members", TypeLayout.rows(btf, answer.root())
                        .stream().map(BpfJson::member).toList());
    }

    private static Map<String, Object> member(TypeLayout.Row row) {
        return row.enumerator() != null
                ? fields("name", row.name(), "value", row.enumerator())
                : fields("name", row.name(), "type", row.declaration(), "offsetBits", row.bitOffset(), "sizeBits", row
                        .bitSize(), "depth", row.depth(), "hole", row.hole());
    }

    static Map<String, Object> diff(Btf before, Btf after, List<BtfDiff.Difference> differences) {
        return fields("schema", "assay.bpf.diff/1", "kernels", List.of(before.origin(), after.origin()), "differences",
                differences.stream().map(d -> fields("type", d.type(), "field", d.field(), "change", word(d), "before",
                        d.before(), "after", d.after())).toList());
    }

    static String word(BtfDiff.Difference difference) {
        return difference.change().name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> check(List<CompatibilityCheck.Report> reports) {
        return fields("schema", "assay.bpf/1", "objects", reports.stream().map(r -> fields("path", r.path(), "kernel", r
                .kernel(), "loads", r.loads(), "problems", r.problems(), "relocations",
                r.relocations().stream().map(
                        BpfJson::relocation).toList()))
                .toList());
    }

    private static Map<String, Object> relocation(Explanation record) {
        return fields("instruction", record.instruction(), "section", record.section(), "function", record.function(),
                "source", record.source(), "kind", record.kind(), "path", record.path(), "status", record.status()
                        .word(),
                "reachable", record.reachable(), "expected", shape(record.expected()), "found", record.found().map(
                        BpfJson::shape),
                "nearest", record.nearest(), "says", record.says());
    }

    private static Map<String, Object> shape(Explanation.Shape shape) {
        return fields("type", shape.type(), "kind", shape.kind(), "signed", shape.signed(), "offsetBits", shape
                .offsetBits(), "sizeBits", shape.sizeBits(), "value", shape.value());
    }

    /** {@code counted} where programs ran, so that it says something how many entries a map has. */
    static Map<String, Object> load(String path, LoadedObject loaded, List<String> attached, boolean counted) {
        return fields("schema", "assay.bpf.load/1", "path", path, "loads", true, "programs", loaded.programs().stream()
                .map(p -> fields("name", p.name(), "instructions", p.instructions())).toList(), "maps",
                loaded.maps()
                        .stream().map(m -> map(m, counted)).toList(),
                "attached", attached, "pinned", loaded.pins()
                        .stream().map(Object::toString).toList());
    }

    static Map<String, Object> refused(String path, String says) {
        return fields("schema", "assay.bpf.load/1", "path", path, "loads", false, "says", says);
    }

    private static Map<String, Object> map(BpfMap map, boolean counted) {
        BpfMap.Definition d = map.definition();
        int[] count = {0};
        if (counted && d.keyBytes() > 0) {
            map.forEach((_, _) -> count[0]++);
        }
        return fields("name", d.name(), "type", d.type(), "keyBytes", d.keyBytes(), "valueBytes", d.valueBytes(),
                "maxEntries", d.entries(), "entries", counted && d.keyBytes() > 0
                        ? Optional.of(count[0])
                        : Optional.empty());
    }

    static Map<String, Object> probe(List<Probe.Answer> answers) {
        return fields("schema", "assay.bpf.probe/1", "ways", answers.stream().map(a -> fields("way", a.way(), "answer",
                word(a), "says", a.says())).toList());
    }

    static String word(Probe.Answer answer) {
        return switch (answer) {
            case Probe.Answer.Supported _ -> "supported";
            case Probe.Answer.Unsupported _ -> "unsupported";
            case Probe.Answer.CouldNotAsk _ -> "could not ask";
        };
    }

    static Map<String, Object> observation(Observation seen) {
        return fields("schema", "assay.bpf.observation/1", "observer", seen.kind().word(), "question", seen.kind()
                .question(), "source", seen.source(), "seconds", seen.seconds(), "lost", seen.lost(), "missing",
                seen
                        .missing(),
                "threads", seen.rows().stream().map(r -> row(!seen.kind().detail().isEmpty(), r)).toList());
    }

    private static Map<String, Object> row(boolean detailed, Observation.Row row) {
        Map<String, Object> one = fields("process", row.process(), "thread", row.thread(), "name", row.name(), "role",
                given(!row.role().isEmpty(), row.role()), "detail", given(detailed, row.detail()), "count", row.count(),
                "sumNanos", row.sumNanos());
        if (!row.buckets().isEmpty()) {
            one.putAll(fields("p50Nanos", row.quantileNanos(0.5), "p99Nanos", row.quantileNanos(0.99), "maxNanos", row
                    .quantileNanos(1), "histogram",
                    row.buckets().stream().map(b -> fields("fromNanos", b.fromNanos(),
                            "toNanos", b.toNanos(), "count", b.count())).toList()));
        }
        return one;
    }

    private static Optional<String> given(boolean there, String text) {
        return there ? Optional.of(text) : Optional.empty();
    }

    static Map<String, Object> oom(double seconds, Optional<String> missing, List<BpfOomWatch.Told> kills) {
        return fields("schema", "assay.bpf.oom/1", "seconds", seconds, "source", missing.isEmpty() ? "bpf" : "proc",
                "missing", missing.stream().toList(), "kills", kills.stream().map(k -> fields("process", k.process(),
                        "delayNanos", k.delayNanos(), "commandNanos", k.commandNanos(), "commandFailed", k
                                .commandFailed()))
                        .toList(),
                "longestDelayNanos", kills.stream().map(k -> k.commandNanos().orElse(k.delayNanos())).max(
                        Long::compare));
    }

    static Map<String, Object> show(String path, String text) {
        return fields("schema", "assay.bpf.show/1", "path", path, "text", text);
    }
}
