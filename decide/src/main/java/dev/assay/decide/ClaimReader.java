package dev.assay.decide;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one claim of a file. */
final class ClaimReader {
    private static final Set<String> FIELDS = Set.of("id", "says", "source", "experiment", "ab", "compare", "expect",
            "where", "untestable");
    private static final Set<String> COMPARE = Set.of("variant", "against", "metric", "at");
    private static final Set<String> EXPECT = Set.of("ratio", "difference", "value", "quantile", "ordering");
    private static final Set<String> BOUNDS = Set.of("at-least", "at-most", "unit", "p");

    private final ClaimFields in;

    ClaimReader(ClaimFields in) {
        this.in = in;
    }

    Claim claim(Object tree) {
        Map<String, Object> fields = in.map(tree, "id");
        in.known(fields, FIELDS, "a claim");
        String id = in.text(fields, "id").orElse("");
        if (!id.matches("[a-z0-9]+([.-][a-z0-9]+)*")) {
            in.wrong("id", "a claim has an id of lower-case words joined by dots and hyphens, not '" + id + "'");
        }
        String sentence = in.text(fields, "says").orElse("");
        if (sentence.isEmpty()) {
            in.wrong("says", "the claim '" + id + "' says nothing; give says: a sentence");
        }
        Optional<String> untestable = in.text(fields, "untestable");
        Optional<Claim.Subject> subject = subject(fields, id);
        Optional<Claim.Expectation> expect = fields.containsKey("expect")
                ? expectation(in.map(fields.get("expect"), "expect"))
                : Optional.empty();
        if (untestable.isEmpty() && (subject.isEmpty() || expect.isEmpty())) {
            in.wrong("id", "the claim '" + id + "' needs " + (subject.isEmpty() ? "an experiment or ab" : "expect")
                    + ", or untestable: with the reason");
        }
        Map<String, Object> where = in.inside(fields, "where");
        Conditions.unknown(where.keySet()).ifPresent(key -> in.wrong(key,
                "there is no condition '" + key + "'; conditions are " + Conditions.NAMES));
        where.forEach((key, value) -> Conditions.flaw(key, value).ifPresent(says -> in.wrong(key, says)));
        return new Claim(id, sentence, in.text(fields, "source").orElse(""), in.place(), subject, expect, where,
                untestable);
    }

    private Optional<Claim.Subject> subject(Map<String, Object> fields, String id) {
        if (fields.containsKey("ab")) {
            return new AbReader(in).subject(in.map(fields.get("ab"), "ab"), id);
        }
        Optional<String> experiment = in.text(fields, "experiment");
        if (experiment.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> compare = fields.containsKey("compare")
                ? in.map(fields.get("compare"), "compare")
                : Map.of();
        in.known(compare, COMPARE, "compare");
        return Optional.of(new Claim.Subject.OfExperiment(experiment.get(), in.text(compare, "variant"),
                in.text(compare, "against"), in.text(compare, "metric"),
                compare.containsKey("at") ? in.map(compare.get("at"), "at") : Map.of()));
    }

    private Optional<Claim.Expectation> expectation(Map<String, Object> expect) {
        in.known(expect, EXPECT, "expect");
        if (expect.size() != 1) {
            in.wrong("expect", "expect: holds one of " + new TreeSet<>(EXPECT) + ", this holds " + expect.keySet());
            return Optional.empty();
        }
        String kind = expect.keySet().iterator().next();
        if (kind.equals("ordering")) {
            if (!(expect.get(kind) instanceof List<?> list) || list.size() < 2) {
                in.wrong(kind, "ordering: is a list of at least two variants, the best first");
                return Optional.empty();
            }
            return Optional.of(new Claim.Expectation.Ordering(list.stream().map(String::valueOf).toList()));
        }
        Map<String, Object> inside = in.map(expect.get(kind), kind);
        in.known(inside, BOUNDS, kind);
        Claim.Bounds bounds = new Claim.Bounds(in.number(inside, "at-least"), in.number(inside, "at-most"));
        if (bounds.atLeast().isEmpty() && bounds.atMost().isEmpty()) {
            in.wrong(kind, kind + ": needs at-least or at-most");
        }
        String unit = in.text(inside, "unit").orElse("");
        if (!kind.equals("ratio") && unit.isEmpty()) {
            in.wrong(kind, kind + ": needs the unit: of its limits, such as ns");
        }
        return Optional.of(switch (kind) {
            case "ratio" -> new Claim.Expectation.Ratio(bounds);
            case "difference" -> new Claim.Expectation.Difference(bounds, unit);
            case "value" -> new Claim.Expectation.Value(bounds, unit);
            default -> new Claim.Expectation.Quantile(quantile(inside), bounds, unit);
        });
    }

    private double quantile(Map<String, Object> inside) {
        double p = in.number(inside, "p").orElse(-1.0);
        if (!(p > 0 && p < 1)) {
            in.wrong("p", "a quantile's p lies between 0 and 1, such as 0.99");
            return 0.5;
        }
        return p;
    }
}
