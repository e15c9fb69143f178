package dev.assay.cli;

import dev.assay.lab.Experiment;
import dev.assay.lab.LabException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The experiments that a user means by names, groups and globs. */
final class Selection {
    private Selection() {}

    /**
     * @param named ids, groups ({@code memory}) or globs ({@code atomics.*}); all experiments when empty
     * @throws LabException.Usage when one of them fits nothing; it suggests the nearest
     */
    static List<Experiment> of(List<String> named, List<Experiment> all) {
        if (named.isEmpty()) {
            return all;
        }
        Map<String, Experiment> chosen = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String name : named) {
            List<Experiment> fitting = all.stream().filter(e -> fits(name, e)).toList();
            fitting.forEach(e -> chosen.put(e.card().id(), e));
            if (fitting.isEmpty()) {
                unknown.add("there is no experiment '" + name + "'; did you mean " + nearest(name, all)
                        + "? `assay list` shows all");
            }
        }
        if (!unknown.isEmpty()) {
            throw new LabException.Usage(String.join(System.lineSeparator(), unknown));
        }
        return List.copyOf(chosen.values());
    }

    private static boolean fits(String name, Experiment experiment) {
        String id = experiment.card().id();
        if (name.equals(id) || name.equals(experiment.card().group())) {
            return true;
        }
        if (name.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
            return false;
        }
        try {
            PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + name);
            return glob.matches(Path.of(id));
        } catch (java.util.regex.PatternSyntaxException e) {
            throw new LabException.Usage("'" + name + "' is not a pattern: " + e.getDescription()
                    + "; use * and ?, as in 'atomics.*'");
        }
    }

    private static String nearest(String name, List<Experiment> all) {
        return all.stream().map(e -> e.card().id())
                .min(Comparator.comparingInt(id -> LevenshteinDistance.getDefaultInstance().apply(name, id)))
                .orElse("(the catalogue is empty)");
    }
}
