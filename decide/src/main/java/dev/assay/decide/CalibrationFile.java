package dev.assay.decide;

import dev.assay.lab.FileTrouble;
import dev.assay.lab.UserData;
import dev.assay.machine.Machine;
import dev.assay.statistics.Interval;
import dev.assay.statistics.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A calibration as JSON ({@code docs/schemas/calibration.json}), and the one that is kept in the user's data directory. */
public final class CalibrationFile {
    private static final String SCHEMA = "assay.calibration/1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CalibrationFile() {}

    /** {@code calibration.json} in the user's data. */
    public static Path ofUser(Map<String, String> environment) {
        return UserData.folder(environment).resolve("calibration.json");
    }

    public static String json(Calibration calibration) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("machine", calibration.machine());
        tree.put("taken", calibration.taken().toString());
        tree.put("eachSeconds", calibration.eachSeconds());
        tree.put("confidence", calibration.confidence());
        tree.put("threshold", calibration.threshold());
        calibration.falseAlarms().ifPresent(r -> tree.put("falseAlarms", rate(r)));
        calibration.coverage().ifPresent(r -> tree.put("coverage", rate(r)));
        calibration.smallestEffect().ifPresent(e -> {
            Map<String, Object> smallest = new LinkedHashMap<>();
            Interval interval = calibration.smallestEffectInterval();
            smallest.put("share", e);
            smallest.put("low", Double.isFinite(interval.low()) ? interval.low() : null);
            smallest.put("high", Double.isFinite(interval.high()) ? interval.high() : null);
            smallest.put("power", Calibration.POWER);
            tree.put("smallestEffect", smallest);
        });
        tree.put("power", calibration.powers().stream().map(p -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("injected", p.injected());
            row.put("trueRatio", p.trueRatio());
            row.put("seconds", p.seconds());
            row.putAll(rate(p.found()));
            return row;
        }).toList());
        tree.put("trials", calibration.trials().stream().map(t -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("injected", t.injected());
            row.put("trueRatio", t.trueRatio());
            row.put("secondsPerBlock", t.secondsPerBlock());
            row.put("logRatios", t.logRatios());
            return row;
        }).toList());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    private static Map<String, Object> rate(Rate rate) {
        Interval interval = rate.clopperPearson(0.95);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("hits", rate.hits());
        tree.put("trials", rate.trials());
        tree.put("share", rate.value());
        tree.put("low", interval.low());
        tree.put("high", interval.high());
        return tree;
    }

    /** @throws DecideException when it cannot be written; what was there before is untouched */
    public static void save(Calibration calibration, Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(part, json(calibration));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DecideException(file + " cannot be written: " + FileTrouble.of(e)
                    + "; free space or set XDG_DATA_HOME to a folder that can be written", e);
        }
    }

    /**
     * The calibration of this machine, if there is one; that of another machine says nothing here.
     *
     * @throws DecideException when there is a file that is no calibration
     */
    public static Optional<Calibration> load(Path file, Machine machine) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(parse(file)).filter(c -> c.machine().equals(MachineName.of(machine)));
    }

    static Calibration parse(Path file) {
        try {
            JsonNode tree = JSON.readTree(file);
            if (!tree.path("schema").asString("").equals(SCHEMA)) {
                throw new DecideException(file + " is no calibration of this version (" + SCHEMA
                        + "); delete it and run assay calibrate");
            }
            List<Calibration.Trial> trials = new ArrayList<>();
            for (JsonNode trial : tree.path("trials")) {
                List<Double> logs = new ArrayList<>();
                trial.path("logRatios").forEach(log -> logs.add(log.asDouble()));
                trials.add(new Calibration.Trial(trial.path("injected").asDouble(), trial.path("trueRatio").asDouble(),
                        logs, trial.path("secondsPerBlock").asDouble()));
            }
            return new Calibration(tree.path("machine").asString(""), Instant.parse(tree.path("taken").asString("")),
                    tree.path("eachSeconds").asDouble(), tree.path("confidence").asDouble(),
                    tree.path("threshold").asDouble(), trials);
        } catch (JacksonException | java.time.DateTimeException e) {
            throw new DecideException(file + " is not a whole calibration: " + e.getMessage()
                    + "; delete it and run assay calibrate", e);
        }
    }
}
