package dev.assay.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: 500ms, 10s, 15m, 1h. */
final class ShortDuration implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(ms|s|m|min|h)");

    @Override
    public Duration convert(String value) {
        Matcher matcher = FORM.matcher(value);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is not a duration such as 500ms, 10s, 15m or 1h");
        }
        double nanos = Double.parseDouble(matcher.group(1)) * switch (matcher.group(2)) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "h" -> 3.6e12;
            default -> 6e10;
        };
        return Duration.ofNanos((long) nanos);
    }
}
