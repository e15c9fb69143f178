package dev.assay.scan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which -XX options real JDKs have, by version and architecture; read from tables that those JDKs printed. */
final class JvmFlags {
    private static final Map<String, Set<String>> TABLE = read("jvm-flags.tsv");
    /** Options that only some operating systems have. */
    private static final Map<String, Set<String>> SYSTEMS = read("system-flags.tsv");

    private JvmFlags() {}

    private static Map<String, Set<String>> read(String name) {
        Map<String, Set<String>> table = new HashMap<>();
        try (InputStream stream = JvmFlags.class.getResourceAsStream(name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\t"))
                    .forEach(cells -> table.put(cells[0], Set.of(cells[1].split(" "))));
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException("The table of JVM options cannot be read from the program itself.", e);
        }
    }

    /** The operating systems that have it, where not all do. */
    static Optional<Set<String>> systems(String flag) {
        return Optional.ofNullable(SYSTEMS.get(flag));
    }

    static Set<String> bySystem() {
        return Set.copyOf(SYSTEMS.keySet());
    }

    /** Whether any JDK in the table has it for this processor. */
    static boolean has(String flag, Processor processor) {
        return TABLE.getOrDefault(flag, Set.of()).stream().anyMatch(where -> where.endsWith("/" + processor.label()));
    }

    /** Whether the newest JDK in the table has it for this processor. */
    static boolean newestHas(String flag, Processor processor) {
        return TABLE.getOrDefault(flag, Set.of()).contains("25/" + processor.label());
    }

    static boolean known(String flag) {
        return TABLE.containsKey(flag);
    }

    static Set<String> all() {
        return Set.copyOf(TABLE.keySet());
    }
}
