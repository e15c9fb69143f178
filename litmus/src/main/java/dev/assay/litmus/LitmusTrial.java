package dev.assay.litmus;

import dev.assay.machine.ExecutableMemory;
import dev.assay.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The process in which generated code runs. It says in one line of JSON what it is, then answers each line with a test by a line with
 * what was seen, until its input ends. {@link LitmusRunner} starts it; a fault in a test ends this process only.
 */
public final class LitmusTrial {

    private LitmusTrial() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServedTrial.serve(hello(), LitmusTrial::answer);
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
        try {
            LitmusTest test = LitmusParser.parse(request.get("source").asString(), request.get("text").asString());
            Set<String> wanted = new HashSet<>();
            request.get("wanted").forEach(state -> wanted.add(state.asString()));
            return new InstanceRunner(test, wanted, request.get("seed").asLong())
                    .run(request.get("nanos").asLong(), request.get("instances").asLong()).answer();
        } catch (LitmusException | MachineException e) {
            return Map.of("refusal", e.getMessage());
        }
    }
}
