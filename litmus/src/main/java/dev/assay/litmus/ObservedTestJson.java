package dev.assay.litmus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Observed tests as JSON: {@code {"schema":"assay.litmus/1","tests":[…]}}. */
public final class ObservedTestJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ObservedTestJson() {}

    /** The document for these tests, without a final line break. */
    public static String of(List<ObservedTest> tests) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "assay.litmus/1");
        document.put("tests", tests.stream().map(ObservedTestJson::test).toList());
        return MAPPER.writeValueAsString(document);
    }

    static Map<String, Object> test(ObservedTest test) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", test.name());
        entry.put("architecture", test.architecture());
        entry.put("model", test.model());
        entry.put("condition", test.condition());
        entry.put("instances", test.instances());
        entry.put("seconds", test.seconds());
        entry.put("outcomes", test.outcomes().stream().map(ObservedTestJson::outcome).toList());
        entry.put("doubts", test.doubts());
        entry.put("plan", test.plan());
        test.refusal().ifPresent(reason -> entry.put("refusal", reason));
        return entry;
    }

    private static Map<String, Object> outcome(ObservedTest.Outcome outcome) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("state", outcome.state());
        entry.put("count", outcome.count());
        entry.put("model", outcome.allowed() ? "allowed" : "forbidden");
        entry.put("interesting", outcome.interesting());
        return entry;
    }
}
