package dev.assay.litmus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process in which a Java test runs in one mix. It says in one line of JSON what it is, then answers the line with the test by a
 * line with what was seen. {@link JavaObserver} starts it with the options that make the mix.
 */
public final class JavaTrial {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JavaTrial() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException {
        // Nothing else may write between the answers.
        PrintStream answers = System.out;
        System.setOut(System.err);
        answers.println(JSON.writeValueAsString(Map.of("architecture", System.getProperty("os.arch"), "version",
                Runtime.version().toString())));
        answers.flush();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
            answers.flush();
        }
    }

    private static Map<String, Object> answer(JsonNode request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            LitmusTest test = LitmusParser.parse(request.get("source").asString(), request.get("text").asString());
            Set<String> wanted = new HashSet<>();
            request.get("wanted").forEach(state -> wanted.add(state.asString()));
            JavaInstanceRunner.Seen seen = new JavaInstanceRunner(test, wanted, request.get("seed").asLong())
                    .run(request.get("nanos").asLong());
            answer.put("instances", seen.instances());
            answer.put("seconds", seen.seconds());
            answer.put("crowded", seen.crowded());
            answer.put("plan", seen.plan());
            answer.put("states", seen.states());
        } catch (LitmusException e) {
            answer.put("refusal", e.getMessage());
        }
        return answer;
    }
}
