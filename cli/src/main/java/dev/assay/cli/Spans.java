package dev.assay.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as users write them: {@code 90s}, {@code 4m}, {@code 1h30m}, {@code 500ms}; a bare number is seconds. */
final class Spans implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern
            .compile("(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s)?(?:(\\d+)ms)?");
    private static final Duration LONGEST = Duration.ofDays(7);

    @Override
    public Duration convert(String text) {
        String written = text.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = FORM.matcher(written.matches("\\d+(\\.\\d+)?") ? written + "s" : written);
        if (written.isEmpty() || written.length() > 30 || !matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a time; write it like 60s, 4m, 1h30m or 500ms");
        }
        double seconds = 3600 * number(matcher.group(1)) + 60 * number(matcher.group(2)) + number(matcher.group(3))
                + number(matcher.group(4)) / 1000;
        if (seconds > LONGEST.toSeconds()) {
            throw new TypeConversionException("'" + text + "' is too long; at most " + LONGEST.toDays() + " days");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static double number(String digits) {
        return digits == null ? 0 : Double.parseDouble(digits);
    }

    /** Short, for progress lines: {@code 3 m 20 s}. */
    static String words(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds >= 60 ? seconds / 60 + " m " + seconds % 60 + " s" : seconds + " s";
    }
}
