package dev.assay.litmus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Designs as JSON: {@code {"schema":"assay.composite/1","java":[…],"designs":[…]}}. */
public final class CompositeJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CompositeJson() {}

    /** The document for designs in Java and in machine code, without a final line break. */
    public static String of(List<JavaComposite.Candidate> java, List<Composite.Candidate> machine) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "assay.composite/1");
        document.put("java", java.stream().map(CompositeJson::java).toList());
        document.put("designs", machine.stream().map(CompositeJson::machine).toList());
        return MAPPER.writeValueAsString(document);
    }

    private static Map<String, Object> java(JavaComposite.Candidate c) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", c.name());
        entry.put("says", c.says());
        entry.put("torn", c.torn());
        entry.put("tries", c.tries());
        entry.put("again", c.again());
        entry.put("changes", c.changes());
        entry.put("holds", c.holds());
        c.drawing().ifPresent(drawing -> entry.put("drawing", drawing));
        return entry;
    }

    private static Map<String, Object> machine(Composite.Candidate c) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", c.name());
        entry.put("says", c.says());
        entry.put("model", c.tornAllowed() ? "allowed" : "forbidden");
        entry.put("torn", c.torn());
        entry.put("instances", c.observed().instances());
        entry.put("holds", c.holds());
        entry.put("doubts", c.observed().doubts());
        c.drawing().ifPresent(drawing -> entry.put("drawing", drawing));
        return entry;
    }
}
