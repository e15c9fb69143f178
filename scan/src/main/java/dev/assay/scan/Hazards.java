package dev.assay.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the classes of one artifact and lets every hazard rule look at each nest. */
final class Hazards {
    /** More than this is judged in parts, so that memory stays bounded; super classes in another part are then not seen. */
    private static final long PART_BYTES = 24L << 20;

    private final String artifact;
    private final Target target;
    private final List<HazardRule> rules;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private final Map<String, byte[]> held = new LinkedHashMap<>();
    private long heldBytes;
    private long classes;

    Hazards(String artifact, Target target) {
        this(artifact, target, HazardRules.ALL);
    }

    Hazards(String artifact, Target target, List<HazardRule> rules) {
        this.rules = List.copyOf(rules);
        this.artifact = artifact;
        this.target = target;
    }

    void add(String entry, byte[] bytes) {
        // Newer copies of a multi-release jar come under META-INF/versions; the first copy of a class counts.
        if (entry.startsWith("META-INF/versions/") || entry.endsWith("module-info.class")) {
            return;
        }
        held.put(entry, bytes);
        heldBytes += bytes.length;
        classes++;
        if (heldBytes > PART_BYTES) {
            judge();
        }
    }

    List<Finding> finish() {
        judge();
        return findings;
    }

    long classes() {
        return classes;
    }

    private void judge() {
        Map<String, ClassView> all = new HashMap<>();
        Map<String, List<ClassView>> nests = new LinkedHashMap<>();
        held.forEach((entry, bytes) -> {
            try {
                ClassView view = ClassView.of(bytes);
                if (all.putIfAbsent(view.name, view) == null) {
                    int inner = view.name.indexOf('$', view.name.lastIndexOf('/') + 2);
                    nests.computeIfAbsent(inner < 0 ? view.name : view.name.substring(0, inner), _ -> new ArrayList<>())
                            .add(view);
                }
            } catch (Malformed e) {
                findings.add(NativeRules.UNREADABLE.finding(artifact, entry, e.getMessage()));
            }
        });
        held.clear();
        heldBytes = 0;
        for (List<ClassView> classesOfNest : nests.values()) {
            List<ClassView> readable = classesOfNest.stream().filter(this::open).toList();
            Nest nest = new Nest(readable, all);
            for (HazardRule rule : rules) {
                rule.inspect(nest, new Report(rule.rule()));
            }
            readable.forEach(ClassView::close);
        }
    }

    private boolean open(ClassView view) {
        try {
            view.open();
            return true;
        } catch (Malformed e) {
            findings.add(NativeRules.UNREADABLE.finding(artifact, view.name + ".class", e.getMessage()));
            return false;
        }
    }

    /** Where a rule puts what it found; the same place is said once per rule. */
    final class Report {
        private final Rule rule;

        Report(Rule rule) {
            this.rule = rule;
        }

        Target target() {
            return target;
        }

        void add(Confidence confidence, String location, String says) {
            add(rule.severity(), confidence, location, says);
        }

        void add(Severity severity, Confidence confidence, String location, String says) {
            if (said.add(rule.id() + location)) {
                findings.add(new Finding(rule.id(), severity, confidence, artifact, location, says, rule.remedy()));
            }
        }
    }
}
