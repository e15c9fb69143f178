package dev.assay.litmus;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The process in which a Java test runs in one mix. It says in one line of JSON what it is, then answers the line with the test by a
 * line with what was seen. {@link JavaObserver} starts it with the options that make the mix.
 */
public final class JavaTrial {

    private JavaTrial() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServedTrial.serve(
                Map.of("architecture", System.getProperty("os.arch"), "version", Runtime.version().toString()),
                JavaTrial::answer);
    }

    private static Map<String, Object> answer(JsonNode request) {
        try {
            LitmusTest test = LitmusParser.parse(request.get("source").asString(), request.get("text").asString());
            Set<String> wanted = new HashSet<>();
            request.get("wanted").forEach(state -> wanted.add(state.asString()));
            return new JavaInstanceRunner(test, wanted, request.get("seed").asLong())
                    .run(request.get("nanos").asLong()).answer();
        } catch (LitmusException e) {
            return Map.of("refusal", e.getMessage());
        }
    }
}
