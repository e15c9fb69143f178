package dev.assay.lab;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

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
        return changed(draft -> draft.question = sentence);
    }

    public Card because(String reason) {
        return changed(draft -> draft.why = reason);
    }

    public Card varies(String what) {
        return changed(draft -> draft.varied = what);
    }

    public Card holds(String what) {
        return changed(draft -> draft.held = what);
    }

    public Card measures(Metric what) {
        return changed(draft -> draft.metric = what);
    }

    public Card needs(Requirement... what) {
        return changed(draft -> draft.requirements = List.of(what));
    }

    public Card headline(Point at) {
        return changed(draft -> draft.headline = at);
    }

    public Card comparedAt(Point... at) {
        return changed(draft -> draft.compared = List.of(at));
    }

    public Card drawn(Chart as) {
        return changed(draft -> draft.chart = as);
    }

    public Card lasting(Duration perTrial) {
        return changed(draft -> draft.trial = perTrial);
    }

    public Card with(String... options) {
        return changed(draft -> draft.jvmOptions = List.of(options));
    }

    private Card changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Card(id, draft.question, draft.why, draft.varied, draft.held, draft.metric, draft.requirements,
                draft.headline, draft.compared, draft.chart, draft.trial, draft.jvmOptions);
    }

    /** A card while something in it changes. */
    private static final class Draft {
        private String question;
        private String why;
        private String varied;
        private String held;
        private Metric metric;
        private List<Requirement> requirements;
        private Point headline;
        private List<Point> compared;
        private Chart chart;
        private Duration trial;
        private List<String> jvmOptions;

        Draft(Card card) {
            question = card.question;
            why = card.why;
            varied = card.varied;
            held = card.held;
            metric = card.metric;
            requirements = card.requirements;
            headline = card.headline;
            compared = card.compared;
            chart = card.chart;
            trial = card.trial;
            jvmOptions = card.jvmOptions;
        }
    }
}
