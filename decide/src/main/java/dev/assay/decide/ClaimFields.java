package dev.assay.decide;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of one claim in a file, and what is wrong with them, each with the line on which it stands. */
final class ClaimFields {
    private final String file;
    private final List<String> lines;
    private final int from;
    private final int to;
    private final List<String> wrong;

    /**
     * @param from the claim's first line, counted from 1
     * @param to the line after its last
     * @param wrong what is found wrong is added here
     */
    ClaimFields(String file, List<String> lines, int from, int to, List<String> wrong) {
        this.file = file;
        this.lines = lines;
        this.from = from;
        this.to = to;
        this.wrong = wrong;
    }

    int line() {
        return from;
    }

    String place() {
        return file + ":" + from;
    }

    void wrong(String field, String says) {
        Pattern named = Pattern.compile("(.*[\\s{,])?\"?" + Pattern.quote(field) + "\"?\\s*:.*");
        int line = from;
        for (int i = from; i < to && i <= lines.size(); i++) {
            if (named.matcher(lines.get(i - 1)).matches()) {
                line = i;
                break;
            }
        }
        wrong.add(file + ":" + line + ": " + says);
    }

    void known(Map<String, Object> fields, Set<String> names, String what) {
        fields.keySet().stream().filter(key -> !names.contains(key)).forEach(key -> wrong(key,
                what + " has no field '" + key + "'; it has " + new TreeSet<>(names)));
    }

    Map<String, Object> map(Object value, String field) {
        if (!(value instanceof Map<?, ?> map)) {
            wrong(field, field + ": is not of the form name: value");
            return Map.of();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, inside) -> fields.put(String.valueOf(key), inside));
        return fields;
    }

    /** The map in a field; empty when the field is not there. */
    Map<String, Object> inside(Map<String, Object> fields, String field) {
        return fields.containsKey(field) ? map(fields.get(field), field) : Map.of();
    }

    Optional<String> text(Map<String, Object> fields, String field) {
        return Optional.ofNullable(fields.get(field)).map(String::valueOf).map(String::strip);
    }

    boolean flag(Map<String, Object> fields, String field) {
        Object value = fields.getOrDefault(field, false);
        if (value instanceof Boolean flag) {
            return flag;
        }
        wrong(field, field + ": is true or false, not '" + value + "'");
        return false;
    }

    Optional<Double> number(Map<String, Object> fields, String field) {
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

    int whole(Map<String, Object> fields, String field, int usual) {
        double value = number(fields, field).orElse((double) usual);
        if (value != Math.rint(value) || value < 0 || value > 255) {
            wrong(field, field + ": is a whole number from 0 to 255, not " + value);
            return usual;
        }
        return (int) value;
    }
}
