package dev.assay.cli;

import dev.assay.litmus.LitmusException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as users write them. */
final class Durations {
    private static final Pattern TIME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ms|s|m|h)?");

    private Durations() {}

    /** The seconds that {@code 500ms}, {@code 5s}, {@code 5}, {@code 2m} or {@code 1h} means. */
    static double seconds(String text) {
        Matcher matcher = TIME.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new LitmusException(
                    "a time is a number with ms, s, m or h, for example 5s, but '" + text + "' was given");
        }
        double number = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> number / 1000;
            case "m" -> number * 60;
            case "h" -> number * 3600;
            case null, default -> number;
        };
    }
}
