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
            .compile("(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:(\\d+(?:\\.\\d+)?)s?)?(?:(\\d+)ms)?");

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (text.isBlank() || !matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a time; write it like 60s, 4m, 1h30m or 500ms");
        }
        try {
            return Duration.ofHours(whole(matcher.group(1))).plusMinutes(whole(matcher.group(2)))
                    .plusNanos((long) (1e9 * (matcher.group(3) == null ? 0 : Double.parseDouble(matcher.group(3)))))
                    .plusMillis(whole(matcher.group(4)));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is too long a time");
        }
    }

    private static long whole(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** Short, for progress lines: {@code 3 m 20 s}. */
    static String words(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds >= 60 ? seconds / 60 + " m " + seconds % 60 + " s" : seconds + " s";
    }
}
