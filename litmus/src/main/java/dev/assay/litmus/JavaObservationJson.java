package dev.assay.litmus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Observed Java tests as JSON: what {@link ObservedTestJson} writes, and for each test its mixes. */
public final class JavaObservationJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JavaObservationJson() {}

    /** The document for these tests, without a final line break. */
    public static String of(List<JavaObservation> tests) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "assay.litmus/1");
        document.put("tests", tests.stream().map(test -> {
            Map<String, Object> entry = ObservedTestJson.test(test.whole());
            entry.put("mixes", test.mixes().stream().map(JavaObservationJson::mix).toList());
            return entry;
        }).toList());
        return MAPPER.writeValueAsString(document);
    }

    private static Map<String, Object> mix(JavaObservation.Seen seen) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("actors", seen.mix().actors().stream().map(JavaLevel::word).toList());
        entry.put("order", seen.mix().order());
        entry.put("executed", seen.executed().stream().map(JavaLevel::word).toList());
        entry.put("instances", seen.instances());
        entry.put("seconds", seen.seconds());
        entry.put("plan", seen.plan());
        entry.put("outcomes", seen.counts().entrySet().stream()
                .map(e -> Map.of("state", e.getKey(), "count", e.getValue())).toList());
        seen.refusal().ifPresent(reason -> entry.put("refusal", reason));
        return entry;
    }
}
