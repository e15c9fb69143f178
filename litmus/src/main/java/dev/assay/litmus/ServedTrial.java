package dev.assay.litmus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trial's side of the talk with a {@link TrialProcess}: one line of JSON about itself, then a line for each line. */
final class ServedTrial {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ServedTrial() {}

    /** What answers a request. */
    interface Service {
        Map<String, Object> answer(JsonNode request) throws InterruptedException;
    }

    /** Serves until the input ends. */
    static void serve(Map<String, Object> hello, Service service) throws IOException, InterruptedException {
        // Nothing else may write between the answers.
        PrintStream answers = System.out;
        System.setOut(System.err);
        answers.println(JSON.writeValueAsString(hello));
        answers.flush();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(JSON.writeValueAsString(service.answer(JSON.readTree(line))));
            answers.flush();
        }
    }
}
