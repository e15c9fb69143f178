package dev.assay.decide;

import dev.assay.lab.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads claims from YAML of the form that {@code docs/schemas/claims.json} describes. All that is wrong in a file is
 * collected, each with its line, before it is refused.
 */
public final class ClaimFile {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final Set<String> FIELDS = Set.of("id", "says", "source", "experiment", "ab", "compare", "expect",
            "where", "untestable");
    private static final Set<String> COMPARE = Set.of("variant", "against", "metric", "at");
    private static final Set<String> EXPECT = Set.of("ratio", "difference", "value", "quantile", "ordering");
    private static final Set<String> BOUNDS = Set.of("at-least", "at-most", "unit", "p");
    private static final Set<String> AB = Set.of("a", "b", "metric", "metric-pattern", "unit", "better", "setup",
            "timeout-seconds");

    private final String name;
    private final List<String> lines;
    private final List<String> wrong = new ArrayList<>();

    private ClaimFile(String name, String text) {
        this.name = name;
        this.lines = text.lines().toList();
    }

    /** The claims that come with Assay. */
    public static List<Claim> book() {
        try (InputStream in = ClaimFile.class.getResourceAsStream("claims/catalogue.yaml")) {
            return parse("claims/catalogue.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the claim book is part of Assay and cannot be read; build again", e);
        }
    }

    /** @throws DecideException when it cannot be read or something in it is wrong */
    public static List<Claim> read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new DecideException(
                    "the claims " + file + " cannot be read: " + e.getMessage() + "; name a YAML file", e);
        }
    }

    static List<Claim> parse(String name, String text) {
        return new ClaimFile(name, text).claims(text);
    }

    private List<Claim> claims(String text) {
        Object tree;
        try {
            tree = YAML.readValue(text, Object.class);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new DecideException(name + ":" + line + ": this is not YAML: "
                    + e.getOriginalMessage().lines().findFirst().orElse("") + "; mind the indentation");
        }
        if (!(tree instanceof List<?> list)) {
            throw new DecideException(name + ":1: a claim file is a list; begin every claim with '- id: …'");
        }
        List<Integer> starts = starts();
        List<Claim> claims = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < list.size(); i++) {
            int from = i < starts.size() ? starts.get(i) : 1;
            int to = i + 1 < starts.size() ? starts.get(i + 1) : lines.size() + 1;
            int before = wrong.size();
            Claim claim = new Reader(from, to).claim(list.get(i));
            if (wrong.size() == before && !ids.add(claim.id())) {
                wrong.add(name + ":" + from + ": the id '" + claim.id() + "' is there twice; ids are unique");
            }
            claims.add(claim);
        }
        if (!wrong.isEmpty()) {
            throw new DecideException(String.join(System.lineSeparator(), wrong));
        }
        return claims;
    }

    /** Lines on which the items of the outer list begin. */
    private List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("- ") || lines.get(i).equals("-")) {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    /** One claim, in lines {@code from} to before {@code to}. */
    private final class Reader {
        private final int from;
        private final int to;

        Reader(int from, int to) {
            this.from = from;
            this.to = to;
        }

        private void wrong(String field, String says) {
            int line = from;
            for (int i = from; i < to && i <= lines.size(); i++) {
                if (lines.get(i - 1).matches("(.*[\\s{,])?\"?" + java.util.regex.Pattern.quote(field) + "\"?\\s*:.*")) {
                    line = i;
                    break;
                }
            }
            wrong.add(name + ":" + line + ": " + says);
        }

        Claim claim(Object tree) {
            Map<String, Object> fields = map(tree, "id");
            known(fields, FIELDS, "a claim");
            String id = text(fields, "id").orElse("");
            if (!id.matches("[a-z0-9]+([.-][a-z0-9]+)*")) {
                wrong("id", "a claim has an id of lower-case words joined by dots and hyphens, not '" + id + "'");
            }
            String says = text(fields, "says").orElse("");
            if (says.isEmpty()) {
                wrong("says", "the claim '" + id + "' says nothing; give says: a sentence");
            }
            Optional<String> untestable = text(fields, "untestable");
            Optional<Claim.Subject> subject = subject(fields, id);
            Optional<Claim.Expectation> expect = fields.containsKey("expect")
                    ? expectation(map(fields.get("expect"), "expect"))
                    : Optional.empty();
            if (untestable.isEmpty() && (subject.isEmpty() || expect.isEmpty())) {
                wrong("id", "the claim '" + id + "' needs " + (subject.isEmpty() ? "an experiment or ab" : "expect")
                        + ", or untestable: with the reason");
            }
            Map<String, Object> where = fields.containsKey("where") ? map(fields.get("where"), "where") : Map.of();
            Conditions.unknown(where.keySet()).ifPresent(key -> wrong(key,
                    "there is no condition '" + key + "'; conditions are " + Conditions.NAMES));
            return new Claim(id, says, text(fields, "source").orElse(""), name + ":" + from, subject, expect, where,
                    untestable);
        }

        private Optional<Claim.Subject> subject(Map<String, Object> fields, String id) {
            if (fields.containsKey("ab")) {
                return commands(map(fields.get("ab"), "ab"), id);
            }
            Optional<String> experiment = text(fields, "experiment");
            if (experiment.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> compare = fields.containsKey("compare")
                    ? map(fields.get("compare"), "compare")
                    : Map.of();
            known(compare, COMPARE, "compare");
            return Optional.of(new Claim.Subject.OfExperiment(experiment.get(), text(compare, "variant"),
                    text(compare, "against"), text(compare, "metric"),
                    compare.containsKey("at") ? map(compare.get("at"), "at") : Map.of()));
        }

        private Optional<Claim.Subject> commands(Map<String, Object> ab, String id) {
            known(ab, AB, "ab");
            if (text(ab, "a").isEmpty() || text(ab, "b").isEmpty()) {
                wrong("ab", "ab: needs both commands, a: and b:");
                return Optional.empty();
            }
            try {
                Measure measure = ab.containsKey("metric-pattern")
                        ? Measure.printed(text(ab, "metric-pattern").orElse(""), text(ab, "unit").orElse(""),
                                text(ab, "better").orElse("lower").equals("higher")
                                        ? Metric.Better.HIGHER
                                        : Metric.Better.LOWER)
                        : Measure.named(text(ab, "metric").orElse("wall"));
                double limit = number(ab, "timeout-seconds").orElse(60.0);
                CommandSettings settings = new CommandSettings(measure, Path.of("").toAbsolutePath(), Optional.empty(),
                        Map.of(), text(ab, "setup"), Optional.empty(), 1, 0, false,
                        Duration.ofMillis(Math.round(limit * 1000)));
                Pair pair = CommandPairs.of(text(ab, "a").get(), text(ab, "b").get(), settings);
                return Optional.of(new Claim.Subject.OfCommands(new Pair(Pair.id(id, from), id, pair.metric(), pair.a(),
                        pair.b(), pair.trial())));
            } catch (DecideException e) {
                wrong("ab", e.getMessage());
                return Optional.empty();
            }
        }

        private Optional<Claim.Expectation> expectation(Map<String, Object> expect) {
            known(expect, EXPECT, "expect");
            if (expect.size() != 1) {
                wrong("expect", "expect: holds one of " + new TreeSet<>(EXPECT) + ", this holds " + expect.keySet());
                return Optional.empty();
            }
            String kind = expect.keySet().iterator().next();
            if (kind.equals("ordering")) {
                if (!(expect.get(kind) instanceof List<?> list) || list.size() < 2) {
                    wrong(kind, "ordering: is a list of at least two variants, the best first");
                    return Optional.empty();
                }
                return Optional.of(new Claim.Expectation.Ordering(list.stream().map(String::valueOf).toList()));
            }
            Map<String, Object> inside = map(expect.get(kind), kind);
            known(inside, BOUNDS, kind);
            Claim.Bounds bounds = new Claim.Bounds(number(inside, "at-least"), number(inside, "at-most"));
            if (bounds.atLeast().isEmpty() && bounds.atMost().isEmpty()) {
                wrong(kind, kind + ": needs at-least or at-most");
            }
            String unit = text(inside, "unit").orElse("");
            if (!kind.equals("ratio") && unit.isEmpty()) {
                wrong(kind, kind + ": needs the unit: of its limits, such as ns");
            }
            return Optional.of(switch (kind) {
                case "ratio" -> new Claim.Expectation.Ratio(bounds);
                case "difference" -> new Claim.Expectation.Difference(bounds, unit);
                case "value" -> new Claim.Expectation.Value(bounds, unit);
                default -> new Claim.Expectation.Quantile(quantile(inside), bounds, unit);
            });
        }

        private double quantile(Map<String, Object> inside) {
            double p = number(inside, "p").orElse(-1.0);
            if (!(p > 0 && p < 1)) {
                wrong("p", "a quantile's p lies between 0 and 1, such as 0.99");
                return 0.5;
            }
            return p;
        }

        private void known(Map<String, Object> fields, Set<String> names, String what) {
            fields.keySet().stream().filter(key -> !names.contains(key)).forEach(key -> wrong(key,
                    what + " has no field '" + key + "'; it has " + new TreeSet<>(names)));
        }

        private Map<String, Object> map(Object value, String field) {
            if (!(value instanceof Map<?, ?> map)) {
                wrong(field, field + ": is not of the form name: value");
                return Map.of();
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((key, inside) -> fields.put(String.valueOf(key), inside));
            return fields;
        }

        private Optional<String> text(Map<String, Object> fields, String field) {
            return Optional.ofNullable(fields.get(field)).map(String::valueOf).map(String::strip);
        }

        private Optional<Double> number(Map<String, Object> fields, String field) {
            Object value = fields.get(field);
            if (value == null) {
                return Optional.empty();
            }
            if (value instanceof Number n && Double.isFinite(n.doubleValue())) {
                return Optional.of(n.doubleValue());
            }
            wrong(field, field + ": is a finite number, not '" + value + "'");
            return Optional.empty();
        }
    }
}
