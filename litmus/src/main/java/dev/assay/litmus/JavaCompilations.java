package dev.assay.litmus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads from the log of the compilers what executed each actor in the end. */
final class JavaCompilations {
    /** Number, attributes, level, method, size: {@code 1416    b  4       dev.assay.litmus.JavaActorApart0::run (70 bytes)}. */
    private static final Pattern LINE = Pattern.compile("\\s*(\\d+)\\s+(\\D*?)\\s*([0-4])\\s+"
            + "dev\\.assay\\.litmus\\.JavaActor([A-Z][a-z]+)(\\d+)::run.*?\\)(.*)");
    private static final String DISCARDED = "made not entrant";

    private JavaCompilations() {}

    /**
     * The level of each actor: the lowest of all layouts, since the test ran in all of them.
     *
     * @param log written with {@code -Xlog:jit+compilation=debug}
     */
    static List<JavaLevel> levels(Path log, int threads) throws IOException {
        Map<String, Compiled> current = new HashMap<>();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            lines.map(LINE::matcher).filter(Matcher::matches).filter(m -> !m.group(2).contains("%")).forEach(m -> {
                String actor = m.group(4).toUpperCase(Locale.ROOT) + m.group(5);
                Compiled made = new Compiled(m.group(1), m.group(3).equals("4") ? JavaLevel.C2 : JavaLevel.C1);
                if (!m.group(6).contains(DISCARDED)) {
                    current.put(actor, made);
                } else if (made.equals(current.get(actor))) {
                    current.remove(actor);
                }
            });
        }
        return IntStream.range(0, threads)
                .mapToObj(i -> Arrays.stream(JavaLayout.values())
                        .map(layout -> Optional.ofNullable(current.get(layout.name() + i)).map(Compiled::level)
                                .orElse(JavaLevel.INTERPRETER))
                        .min(Comparator.naturalOrder()).orElseThrow())
                .toList();
    }

    /** Code of an actor; the number tells it from later code of the same. */
    private record Compiled(String number, JavaLevel level) {}
}
