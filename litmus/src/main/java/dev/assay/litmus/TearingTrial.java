package dev.assay.litmus;

import dev.assay.litmus.TearingCase.Kind;
import dev.assay.litmus.TearingCase.Mode;
import dev.assay.litmus.TearingCase.Place;
import dev.assay.litmus.TearingRow.Code;
import dev.assay.litmus.TearingRow.Verdict;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The process in which memory is accessed in ways that may end it. {@link Tearing} starts it. */
public final class TearingTrial {
    private static final int BATCH = 1000;
    /** How often an access is tried again when the collector moved its memory, or the compiler gave up its code. */
    private static final int ATTEMPTS = 4;

    private final Map<String, TearingAccess> known = new HashMap<>();
    private final Map<Mode, MachineLoop> loops = new EnumMap<>(Mode.class);

    private TearingTrial() {}

    /** Serves until the input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ServedTrial.serve(Map.of("architecture", System.getProperty("os.arch"), "emulated", LitmusTrial.emulated(),
                "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"), "system",
                System.getProperty("os.name"), "processors", Runtime.getRuntime().availableProcessors()),
                new TearingTrial()::answer);
    }

    private Map<String, Object> answer(JsonNode request) {
        Map<String, Object> answer = new LinkedHashMap<>();
        Race race = new Race(request.get("nanos").asLong(), request.get("patienceNanos").asLong());
        if (request.has("mixed")) {
            answer.put("mixed", MixedSizes.observe(race));
            return answer;
        }
        if (request.has("alignment")) {
            answer.put("allocations", AlignmentDemands.allocations());
            answer.put("directInput", AlignmentDemands.directInput());
            return answer;
        }
        TearingCase at = new TearingCase(Kind.valueOf(request.get("memory").asString()), request.get("bits").asInt(),
                Mode.valueOf(request.get("mode").asString()), Place.valueOf(request.get("place").asString()),
                request.get("offset").asInt());
        Code code = Code.valueOf(request.get("code").asString());
        try {
            Optional<Tally> seen = code == Code.MACHINE_CODE
                    ? Optional.of(loops.computeIfAbsent(at.mode(), MachineLoop::new).observe(at.offset(), race))
                    : observe(at, code, race);
            Tally tally = seen.orElse(Tally.NONE);
            answer.put("verdict", seen.map(Tally::verdict).orElse(Verdict.NOT_COMPILED));
            answer.put("loads", tally.loads());
            answer.put("zeros", tally.zeros());
            answer.put("ones", tally.ones());
            answer.put("changes", tally.changes());
        } catch (MachineLoop.TrapException e) {
            answer.put("verdict", Verdict.TRAPS);
            answer.put("detail", e.getMessage());
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            answer.put("verdict", Verdict.THROWS);
            answer.put("detail", e.getClass().getSimpleName());
        }
        return answer;
    }

    /** Empty when the loops would not stay compiled. */
    private Optional<Tally> observe(TearingCase at, Code code, Race race) {
        TearingAccess access = known.computeIfAbsent(at.memory() + "/" + at.bits() + "/" + at.mode(),
                _ -> TearingAccess.of(at.memory(), at.bits(), at.mode()));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long address = access.address();
            long coordinate = access.coordinate(address, at.offset());
            run(() -> access.tryOnce(coordinate));
            if (code != Code.INTERPRETED) {
                run(() -> access.warmUp(coordinate));
            }
            Optional<Set<String>> before = access.compilations();
            access.clear();
            Tally seen = Tally.of(race.run(rest -> access.write(coordinate, BATCH, rest),
                    counts -> access.read(coordinate, BATCH, counts)));
            Optional<Set<String>> after = access.compilations();
            boolean compiled = after.isEmpty() || before.equals(after) && TearingAccess.whole(after.get());
            if (access.address() == address && (compiled || code == Code.INTERPRETED)) {
                return Optional.of(seen);
            }
        }
        return Optional.empty();
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Work {
        void run() throws Throwable;
    }
}
