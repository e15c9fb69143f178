package dev.assay.decide;

import dev.assay.lab.Archive;
import dev.assay.lab.FileTrouble;
import dev.assay.lab.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A workload profile and its candidates in YAML:
 *
 * <pre>
 * machines:
 *   - { name: small, run: 20260101-120000-ab12, price: 0.08 }
 *   - { name: large, run: results/large, price: 0.31 }
 * requirements: { architecture: aarch64, processors: 4 }
 * criteria:
 *   - { experiment: memory.latency, weight: 3 }
 *   - { experiment: memory.bandwidth, variant: bulk copy, weight: 1 }
 * price: { weight: 2 }
 * </pre>
 */
public record ProfileFile(Choice.Profile profile, List<Choice.Candidate> candidates) {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    /** @throws DecideException when it cannot be read or is of another form */
    public static ProfileFile read(Path file, RunStore store) {
        JsonNode tree;
        try {
            tree = YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new DecideException("the profile " + file + " cannot be read: " + FileTrouble.of(e), e);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new DecideException(file + ":" + line + ": this is not YAML; mind the indentation", e);
        }
        List<Choice.Candidate> candidates = new ArrayList<>();
        for (JsonNode machine : tree.path("machines")) {
            String name = text(file, machine, "name");
            Optional<Double> price = machine.has("price")
                    ? Optional.of(positive(file, "the price of " + name, machine.path("price").asDouble(0)))
                    : Optional.empty();
            candidates.add(new Choice.Candidate(name, Archive.load(store.find(text(file, machine, "run"))), price));
        }
        if (candidates.isEmpty()) {
            throw new DecideException(file + ": machines: lists what there is to choose from; it is empty");
        }
        List<Choice.Criterion> criteria = new ArrayList<>();
        for (JsonNode criterion : tree.path("criteria")) {
            criteria.add(new Choice.Criterion(text(file, criterion, "experiment"),
                    criterion.has("variant") ? Optional.of(text(file, criterion, "variant")) : Optional.empty(),
                    positive(file, "a weight", criterion.path("weight").asDouble(1))));
        }
        Map<String, Object> requirements = new LinkedHashMap<>();
        tree.path("requirements").properties().forEach(e -> requirements.put(e.getKey(), e.getValue().asString("")));
        Conditions.unknown(requirements.keySet()).ifPresent(key -> {
            throw new DecideException(
                    file + ": there is no requirement '" + key + "'; requirements are " + Conditions.NAMES);
        });
        requirements.forEach((name, value) -> Conditions.flaw(name, value).ifPresent(says -> {
            throw new DecideException(file + ": requirements: " + says);
        }));
        return new ProfileFile(
                new Choice.Profile(requirements, criteria, tree.path("price").path("weight").asDouble(0)),
                candidates);
    }

    private static String text(Path file, JsonNode node, String field) {
        String text = node.path(field).asString("");
        if (text.isBlank()) {
            throw new DecideException(file + ": " + field + ": is missing in " + node + "; see assay choose --help");
        }
        return text;
    }

    private static double positive(Path file, String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new DecideException(file + ": " + what + " is a number above 0, not " + value);
        }
        return value;
    }
}
