package dev.assay.litmus;

import dev.assay.machine.ExecutableMemory;
import dev.assay.machine.MachineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process in which generated code runs. It says in one line of JSON what it is, then answers each line with a test by a line with
 * what was seen, until its input ends. {@link LitmusRunner} starts it; a fault in a test ends this process only.
 */
public final class LitmusTrial {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LitmusTrial() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException {
        // Nothing else may write between the answers.
        PrintStream answers = System.out;
        System.setOut(System.err);
        answers.println(JSON.writeValueAsString(hello()));
        answers.flush();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
            answers.flush();
        }
    }

    private static Map<String, Object> hello() {
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("architecture", System.getProperty("os.arch"));
        hello.put("emulated", emulated());
        try (ExecutableMemory memory = ExecutableMemory.of(new byte[8])) {
            hello.put("executable", memory.entry().byteSize() > 0);
        } catch (MachineException e) {
            hello.put("refusal", e.getMessage());
        }
        return hello;
    }

    /** QEMU's user emulation before version 8.1 shows the host's /proc/cpuinfo: x86 words in the eyes of an Arm program. */
    static boolean emulated() {
        if (System.getProperty("os.arch").equals("amd64")) {
            return false;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.anyMatch(line -> line.startsWith("vendor_id") || line.startsWith("cpu family"));
        } catch (IOException _) {
            // Without /proc nothing can be said here; the one who started this process may know.
            return false;
        }
    }

    private static Map<String, Object> answer(JsonNode request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            LitmusTest test = LitmusParser.parse(request.get("source").asString(), request.get("text").asString());
            Set<String> wanted = new HashSet<>();
            request.get("wanted").forEach(state -> wanted.add(state.asString()));
            InstanceRunner.Seen seen = new InstanceRunner(test, wanted, request.get("seed").asLong())
                    .run(request.get("nanos").asLong(), request.get("instances").asLong());
            answer.put("instances", seen.instances());
            answer.put("seconds", seen.seconds());
            answer.put("crowded", seen.crowded());
            answer.put("plan", seen.plan());
            answer.put("states", seen.states());
        } catch (LitmusException | MachineException e) {
            answer.put("refusal", e.getMessage());
        }
        return answer;
    }
}
