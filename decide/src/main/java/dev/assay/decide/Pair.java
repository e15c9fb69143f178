package dev.assay.decide;

import dev.assay.lab.Card;
import dev.assay.lab.Experiment;
import dev.assay.lab.Metric;
import dev.assay.lab.Subject;
import dev.assay.lab.Variant;
import dev.assay.lab.Workload;
import dev.assay.machine.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Two subjects and the question whether the second is slower than the first.
 *
 * @param id of the experiment that a run knows it as, such as {@code ab.commands}
 * @param name for people: the benchmark, or the commands
 * @param metric that is compared
 * @param trial how long a trial measures, as far as the pair can choose
 */
public record Pair(String id, String name, Metric metric, Subject a, Subject b, Duration trial) implements Experiment {
    /** Names of the two variants; the first is the baseline. */
    public static final String A = "A";
    public static final String B = "B";

    @Override
    public Card card() {
        return Card.of(id).asks("Is B slower than A: " + name.replace("?", "") + "?")
                .because("A change is worth keeping, or stopping, only if it shows beyond what the same program shows"
                        + " against itself.")
                .varies("what is started: A: " + String.join(" ", a.words()) + "; B: " + String.join(" ", b.words()))
                .holds("machine, folder, environment and time; the order of A and B is drawn for every block")
                .measures(metric).lasting(trial);
    }

    @Override
    public List<Variant> variants(Machine machine) {
        return List.of(variant(A, a), variant(B, b));
    }

    private static Variant variant(String name, Subject subject) {
        return new Variant(name, Map.of(), new Variant.Program.Own(subject), Optional.empty());
    }

    /** Both subjects the same: a comparison that must find nothing. */
    public Pair control() {
        return new Pair(id, name, metric, a, a, trial);
    }

    @Override
    public Workload workload() {
        throw new IllegalStateException("a pair of subjects runs no code of ours");
    }

    /** An id for the laboratory from any name, unique with the number. */
    static String id(String name, int number) {
        String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^[^a-z]+|-$", "");
        return "ab." + (slug.isEmpty() ? "pair" : slug) + "-" + number;
    }
}
