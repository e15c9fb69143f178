package dev.assay.litmus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads from the log of the compilers what executed each actor in the end. */
final class JavaCompilations {
    /** Time, number, attributes, level, method: {@code 163  452 b  4  dev.assay.litmus.JavaActorApart0::run (82 bytes)}. */
    private static final Pattern LINE = Pattern
            .compile(
                    "\\s*\\d+\\s+\\d+\\s+(\\D*?)\\s+([0-4])\\s+dev\\.assay\\.litmus\\.JavaActor([A-Z][a-z]+)(\\d+)::run.*?\\)(.*)");
    private static final String DISCARDED = "made not entrant";

    private JavaCompilations() {}

    /**
     * The level of each actor: the lowest of all layouts, since the test ran in all of them.
     *
     * @param log written with {@code -Xlog:jit+compilation=debug}
     */
    static List<JavaLevel> levels(Path log, int threads) throws IOException {
        JavaLevel[][] levels = new JavaLevel[threads][JavaLayout.values().length];
        for (JavaLevel[] level : levels) {
            java.util.Arrays.fill(level, JavaLevel.INTERPRETER);
        }
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            lines.map(LINE::matcher).filter(Matcher::matches).filter(m -> !m.group(1).contains("%")).forEach(m -> {
                int thread = Integer.parseInt(m.group(4));
                JavaLayout layout = JavaLayout.valueOf(m.group(3).toUpperCase(java.util.Locale.ROOT));
                JavaLevel level = m.group(2).equals("4")
                        ? JavaLevel.C2
                        : m.group(2).equals("0") ? JavaLevel.INTERPRETER : JavaLevel.C1;
                if (thread < threads) {
                    JavaLevel now = levels[thread][layout.ordinal()];
                    levels[thread][layout.ordinal()] = !m.group(5).contains(DISCARDED)
                            ? level
                            : now == level ? JavaLevel.INTERPRETER : now;
                }
            });
        }
        List<JavaLevel> lowest = new ArrayList<>();
        for (JavaLevel[] ofThread : levels) {
            lowest.add(java.util.Collections.min(List.of(ofThread)));
        }
        return lowest;
    }
}
