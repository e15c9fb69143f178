package dev.assay.litmus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two platforms' answers to {@code assay litmus tearing}, side by side. Rates are not compared, since they say how busy a machine was;
 * what becomes of an access is.
 *
 * @param first the first platform
 * @param second the second platform
 * @param lines one per memory, width, mode, code and place
 */
public record TearingComparison(String first, String second, List<Line> lines) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> KEY = List.of("memory", "bits", "mode", "code", "place");
    private static final List<String> UNANSWERED = List.of(TearingRow.Verdict.UNCHANGED.words(),
            TearingRow.Verdict.NOT_COMPILED.words());

    /** How two platforms' answers relate. */
    public enum Relation {
        /** The same becomes of every such access. */
        SAME("same"),
        /** Something else becomes of at least one. */
        DIFFERENT("different"),
        /** One of the two did not see enough to tell. */
        CANNOT_TELL("cannot tell"),
        /** Only one of the two makes such accesses. */
        ONE_ONLY("one only");

        private final String words;

        Relation(String words) {
            this.words = words;
        }

        /** What people call it. */
        public String words() {
            return words;
        }
    }

    /**
     * All misalignments of one kind of access.
     *
     * @param access memory, bits, mode, code and place
     * @param first what became of it on the first platform; empty when it was not tried
     * @param second on the second
     */
    public record Line(Map<String, String> access, String first, String second, Relation relation) {
        public Line {
            access = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(access));
        }
    }

    public TearingComparison {
        lines = List.copyOf(lines);
    }

    /**
     * Compares two documents that {@link TearingJson} wrote.
     *
     * @param firstName what to call the first in messages
     * @throws LitmusException when one is no such document
     */
    public static TearingComparison of(String firstName, String firstJson, String secondName, String secondJson) {
        JsonNode first = document(firstName, firstJson);
        JsonNode second = document(secondName, secondJson);
        Map<Map<String, String>, Map<Integer, String>> ones = byAccess(firstName, first);
        Map<Map<String, String>, Map<Integer, String>> others = byAccess(secondName, second);
        Map<Map<String, String>, Boolean> all = new LinkedHashMap<>();
        ones.keySet().forEach(access -> all.put(access, true));
        others.keySet().forEach(access -> all.put(access, true));
        List<Line> lines = new ArrayList<>();
        for (Map<String, String> access : all.keySet()) {
            Map<Integer, String> one = ones.getOrDefault(access, Map.of());
            Map<Integer, String> other = others.getOrDefault(access, Map.of());
            lines.add(new Line(access, words(one), words(other), relation(one, other)));
        }
        return new TearingComparison(platform(first), platform(second), lines);
    }

    private static JsonNode document(String name, String json) {
        try {
            JsonNode document = MAPPER.readTree(json);
            if (document.path("schema").asString("").equals("assay.tearing/1") && document.path("rows").isArray()) {
                return document;
            }
        } catch (JacksonException e) {
            throw new LitmusException(name + " is no JSON: " + e.getOriginalMessage()
                    + "; write it with assay litmus tearing --format json");
        }
        throw new LitmusException(name + " holds no answer of assay litmus tearing (its schema is not"
                + " assay.tearing/1); write one with assay litmus tearing --format json");
    }

    private static String platform(JsonNode document) {
        return document.path("platform").asString(document.path("architecture").asString("unknown"));
    }

    /** Verdicts by offset, by access. */
    private static Map<Map<String, String>, Map<Integer, String>> byAccess(String name, JsonNode document) {
        Map<Map<String, String>, Map<Integer, String>> found = new LinkedHashMap<>();
        for (JsonNode row : document.get("rows")) {
            Map<String, String> access = new LinkedHashMap<>();
            for (String key : KEY) {
                access.put(key, row.path(key).asString(""));
            }
            String verdict = row.path("verdict").asString("");
            if (verdict.isEmpty() || access.containsValue("")) {
                throw new LitmusException(name + " holds a row without " + String.join(", ", KEY)
                        + " or verdict: " + row + "; write it anew with assay litmus tearing --format json");
            }
            String detail = row.path("detail").asString("");
            found.computeIfAbsent(access, _ -> new TreeMap<>()).put(row.path("offset").asInt(0),
                    detail.isEmpty() ? verdict : verdict + " " + detail);
        }
        return found;
    }

    private static Relation relation(Map<Integer, String> one, Map<Integer, String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Relation.ONE_ONLY;
        }
        boolean unknown = false;
        for (Map.Entry<Integer, String> entry : one.entrySet()) {
            String there = other.getOrDefault(entry.getKey(), UNANSWERED.getFirst());
            if (UNANSWERED.contains(there) || UNANSWERED.contains(entry.getValue())) {
                unknown = true;
            } else if (!there.equals(entry.getValue())) {
                return Relation.DIFFERENT;
            }
        }
        return unknown ? Relation.CANNOT_TELL : Relation.SAME;
    }

    private static String words(Map<Integer, String> verdicts) {
        Map<String, Long> counts = verdicts.values().stream()
                .collect(Collectors.groupingBy(v -> v, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(e -> counts.size() == 1 ? e.getKey() : e.getKey() + " [" + e.getValue() + "]")
                .collect(Collectors.joining("; "));
    }

    /** How many lines relate in this way. */
    public long count(Relation relation) {
        return lines.stream().filter(line -> line.relation() == relation).count();
    }

    /** As JSON: {@code {"schema":"assay.tearing-comparison/1","platforms":[…],"lines":[…]}}. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "assay.tearing-comparison/1");
        document.put("platforms", List.of(first, second));
        document.put("lines", lines.stream().map(line -> {
            Map<String, Object> entry = new LinkedHashMap<>(line.access());
            entry.put("first", line.first());
            entry.put("second", line.second());
            entry.put("relation", line.relation().words());
            return entry;
        }).toList());
        return MAPPER.writeValueAsString(document);
    }
}
