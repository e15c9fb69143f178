package dev.assay.lab;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a reader wants to know of an experiment before running it; the source of its row in the list, its page in the
 * docs and its place in the report.
 *
 * @param id the name that users type: two words joined by a dot
 * @param question one sentence that ends in a question mark
 * @param why why the answer matters
 * @param varied what the variants differ in
 * @param held what is kept equal
 * @param metric of the values
 * @param requirements all of which must hold
 * @param headline the point whose values stand for the variant
 * @param compared further points at which variants are compared
 * @param chart how the values are best drawn
 * @param trial the time that one trial of one variant measures (warm-up included)
 * @param jvmOptions that every variant gets
 */
public record Card(String id, String question, String why, String varied, String held, Metric metric,
        List<Requirement> requirements, Point headline, List<Point> compared, Chart chart, Duration trial,
        List<String> jvmOptions) {
    /** How the values of an experiment are best drawn. */
    public enum Chart {
        /** One bar per variant with its interval. */
        BARS,
        /** A line per variant over one coordinate on a logarithmic axis. */
        CURVE,
        /** A cell per pair of coordinates {@code from} and {@code to}. */
        MATRIX
    }

    public Card {
        if (!id.matches("[a-z]+\\.[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("an experiment is named like memory.latency, not '" + id + "'");
        }
        if (!question.endsWith("?")) {
            throw new IllegalArgumentException("the question of " + id + " must end in a question mark: " + question);
        }
        Objects.requireNonNull(metric);
        requirements = List.copyOf(requirements);
        compared = List.copyOf(compared);
        jvmOptions = List.copyOf(jvmOptions);
        if (trial.isNegative() || trial.isZero()) {
            throw new IllegalArgumentException("a trial of " + id + " takes time, not " + trial);
        }
    }

    public static Card of(String id) {
        return new Card(id, "What does " + id + " show?", "", "", "", Metric.timePerOperation(), List.of(), Point.NONE,
                List.of(), Chart.BARS, Duration.ofSeconds(1), List.of());
    }

    /** The first word of the id, such as "memory". */
    public String group() {
        return id.substring(0, id.indexOf('.'));
    }

    public Card asks(String sentence) {
        return new Card(id, sentence, why, varied, held, metric, requirements, headline, compared, chart, trial,
                jvmOptions);
    }

    public Card because(String reason) {
        return new Card(id, question, reason, varied, held, metric, requirements, headline, compared, chart, trial,
                jvmOptions);
    }

    public Card varies(String what) {
        return new Card(id, question, why, what, held, metric, requirements, headline, compared, chart, trial,
                jvmOptions);
    }

    public Card holds(String what) {
        return new Card(id, question, why, varied, what, metric, requirements, headline, compared, chart, trial,
                jvmOptions);
    }

    public Card measures(Metric what) {
        return new Card(id, question, why, varied, held, what, requirements, headline, compared, chart, trial,
                jvmOptions);
    }

    public Card needs(Requirement... what) {
        return new Card(id, question, why, varied, held, metric, List.of(what), headline, compared, chart, trial,
                jvmOptions);
    }

    public Card headline(Point at) {
        return new Card(id, question, why, varied, held, metric, requirements, at, compared, chart, trial, jvmOptions);
    }

    public Card comparedAt(Point... at) {
        return new Card(id, question, why, varied, held, metric, requirements, headline, List.of(at), chart, trial,
                jvmOptions);
    }

    public Card drawn(Chart as) {
        return new Card(id, question, why, varied, held, metric, requirements, headline, compared, as, trial,
                jvmOptions);
    }

    public Card lasting(Duration perTrial) {
        return new Card(id, question, why, varied, held, metric, requirements, headline, compared, chart, perTrial,
                jvmOptions);
    }

    public Card with(String... options) {
        return new Card(id, question, why, varied, held, metric, requirements, headline, compared, chart, trial,
                List.of(options));
    }
}
