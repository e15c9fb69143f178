package dev.assay.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where within a trial a value was taken: {@code bytes=4096}, {@code threads=2}, {@code from=0,to=1}; nowhere in
 * particular when empty. Coordinates keep the order in which they were given.
 */
public record Point(Map<String, Long> at) {
    public static final Point NONE = new Point(Map.of());

    public Point {
        at.keySet().forEach(Point::checkName);
        at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
    }

    public static Point of(String name, long value) {
        return new Point(Map.of(name, value));
    }

    public static Point of(String first, long firstValue, String second, long secondValue) {
        Map<String, Long> at = new LinkedHashMap<>();
        at.put(first, firstValue);
        at.put(second, secondValue);
        return new Point(at);
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Za-z][A-Za-z0-9]*")) {
            throw new IllegalArgumentException("a coordinate is named by letters and digits, not '" + name + "'");
        }
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException when it is not of the form {@code name=integer,…}
     */
    public static Point parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        Map<String, Long> at = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a point is written name=integer,…, not '" + text + "'");
            }
            at.put(part.substring(0, equals), Long.valueOf(part.substring(equals + 1)));
        }
        return new Point(at);
    }

    @Override
    public String toString() {
        return at.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(","));
    }
}
