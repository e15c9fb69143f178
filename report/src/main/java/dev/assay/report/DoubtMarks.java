package dev.assay.report;

import dev.assay.lab.Doubt;
import dev.assay.lab.Finding;
import dev.assay.lab.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Short marks for the doubts of a run, so that every figure can carry them: a, b, … z, aa, … per kind of doubt. */
final class DoubtMarks {
    /** One kind of doubt with all the places where it was raised; the place of a doubt about the run is empty. */
    record Entry(String mark, Doubt.Kind kind, List<Said> said) {}

    /** What was said about an experiment. */
    record Said(String experiment, Doubt doubt) {}

    private final Map<Doubt.Kind, Entry> entries = new LinkedHashMap<>();

    DoubtMarks(Run run) {
        run.doubts().forEach(d -> add("", d));
        for (Finding finding : run.findings()) {
            finding.doubts().forEach(d -> add(finding.id(), d));
        }
    }

    private void add(String experiment, Doubt doubt) {
        entries.computeIfAbsent(doubt.kind(), kind -> new Entry(mark(entries.size()), kind, new ArrayList<>())).said()
                .add(new Said(experiment, doubt));
    }

    private static String mark(int index) {
        return index < 26
                ? String.valueOf((char) ('a' + index))
                : mark(index / 26 - 1) + (char) ('a' + index % 26);
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    String mark(Doubt doubt) {
        return entries.get(doubt.kind()).mark();
    }

    /** The marks of an experiment's doubts, each once. */
    List<String> of(Finding finding) {
        return finding.doubts().stream().map(this::mark).distinct().toList();
    }

    /** A kind in words: "noisy neighbour". */
    static String words(Doubt.Kind kind) {
        return kind.id().replace('-', ' ');
    }
}
