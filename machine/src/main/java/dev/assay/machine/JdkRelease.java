package dev.assay.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code release} file of a JDK: lines {@code KEY="value"} (JEP 223 and the JDK's make/ReleaseFile.gmk). */
public record JdkRelease(Map<String, String> entries) {
    public JdkRelease {
        entries = Map.copyOf(entries);
    }

    /** The release file in a JDK's home. */
    public static Reading<JdkRelease> read(Path home) {
        Path file = home.resolve("release");
        try {
            if (Files.size(file) > 1 << 16) {
                return Reading.unreadable(file + " has " + Files.size(file) + " bytes; a release file has a few lines");
            }
            return Reading.known(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString())
                    .map(JdkRelease::parse);
        } catch (NoSuchFileException _) {
            return Reading.unsupported("there is no " + file);
        } catch (IOException e) {
            return Reading.unreadable(file + " cannot be read: " + e.getMessage());
        }
    }

    static JdkRelease parse(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        Parse.pairs(text, '=').forEach((key, value) -> {
            boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
            entries.put(key, quoted ? value.substring(1, value.length() - 1) : value);
        });
        if (!entries.containsKey("JAVA_VERSION")) {
            throw new IllegalArgumentException("no JAVA_VERSION in it");
        }
        return new JdkRelease(entries);
    }

    private Reading<String> entry(String key) {
        String value = entries.get(key);
        return value == null ? Reading.unsupported("release has no " + key) : Reading.known(value, "release, " + key);
    }

    public Reading<String> version() {
        return entry("JAVA_VERSION");
    }

    public Reading<String> vendor() {
        return entry("IMPLEMENTOR");
    }

    public Reading<InstructionSet> architecture() {
        return entry("OS_ARCH").map(InstructionSet::named);
    }

    /** 25 of {@code 25.0.3}; 8 of {@code 1.8.0_402}. */
    public Reading<Integer> feature() {
        return version().map(version -> {
            String[] numbers = version.split("[^0-9]+");
            int at = numbers.length > 1 && numbers[0].equals("1") ? 1 : 0;
            return Math.toIntExact(Parse.number(numbers.length > at ? numbers[at] : version));
        });
    }
}
