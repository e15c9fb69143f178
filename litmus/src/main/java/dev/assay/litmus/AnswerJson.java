package dev.assay.litmus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Answers as JSON: {@code {"schema":"assay.litmus-model/1","tests":[…]}}. */
public final class AnswerJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private AnswerJson() {}

    /** The document for these answers, without a final line break. */
    public static String of(List<Answer> answers) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "assay.litmus-model/1");
        List<Object> tests = new ArrayList<>();
        for (Answer answer : answers) {
            Map<String, Object> test = new LinkedHashMap<>();
            test.put("name", answer.test());
            test.put("architecture", answer.architecture());
            test.put("model", answer.model());
            test.put("condition", answer.condition());
            test.put("holds", answer.holds());
            test.put("observation", answer.observation());
            List<Object> states = new ArrayList<>();
            answer.states().forEach((state, fulfils) -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("state", state);
                entry.put("fulfils", fulfils);
                states.add(entry);
            });
            test.put("states", states);
            test.put("positive", answer.positive());
            test.put("negative", answer.negative());
            test.put("candidates", answer.candidates());
            test.put("doubts", answer.doubts());
            answer.graphText().ifPresent(text -> test.put("explanation", text));
            tests.add(test);
        }
        document.put("tests", tests);
        return MAPPER.writeValueAsString(document);
    }
}
