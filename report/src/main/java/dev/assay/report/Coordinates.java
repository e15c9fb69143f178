package dev.assay.report;

import dev.assay.lab.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How places within a trial are written: {@code bytes=4096} is "4 KiB", {@code threads=2} is "2 threads". */
final class Coordinates {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Coordinates() {}

    static String text(Point point) {
        List<String> parts = new ArrayList<>();
        Map<String, Long> at = point.at();
        if (at.size() == 2 && at.containsKey("from") && at.containsKey("to")) {
            return at.get("from") + " → " + at.get("to");
        }
        at.forEach((name, value) -> parts.add(text(name, value)));
        return String.join(", ", parts);
    }

    static String text(String name, long value) {
        if (bytes(name)) {
            return bytes(value);
        }
        String noun = words(name);
        if (noun.endsWith("s") && !noun.contains(" ")) {
            return value + " " + (value == 1 ? noun.substring(0, noun.length() - 1) : noun);
        }
        return noun + " " + value;
    }

    /** A value on the axis that is named for the coordinate. */
    static String tick(String name, long value) {
        return bytes(name) ? bytes(value) : String.valueOf(value);
    }

    /** Whether the coordinate counts bytes: its name says so. */
    static boolean bytes(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith("bytes");
    }

    /** A name for an axis: {@code workingSetBytes} is "working set". */
    static String title(String name) {
        String words = words(name);
        if (bytes(name)) {
            String rest = words.substring(0, words.length() - "bytes".length()).strip();
            return rest.isEmpty() ? "size" : rest;
        }
        return words;
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 1024 && unit < BYTES.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = value == Math.rint(value) ? 0 : Math.abs(value) < 10 ? 2 : 1;
        String number = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return (decimals > 0 ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number) + " " + BYTES[unit];
    }
}
