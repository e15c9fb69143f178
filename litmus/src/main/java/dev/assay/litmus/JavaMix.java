package dev.assay.litmus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What executes each actor of a Java test.
 *
 * @param actors the level of each actor
 * @param order 0, or the number of a random order by which C2 places instructions where it has a choice
 */
public record JavaMix(List<JavaLevel> actors, int order) {
    private static final int ALL_OF = 2;
    private static final int ORDERS = 4;

    public JavaMix {
        actors = List.copyOf(actors);
    }

    /** In words: {@code C2 | interpreter}. */
    public String words() {
        return actors.stream().map(JavaLevel::word).collect(Collectors.joining(" | "))
                + (order > 0 ? ", order " + order : "");
    }

    /**
     * The mixes that matter: every combination for two actors; for more, all alike, and each alone interpreted, C1 or C2 while the
     * others are at the opposite end. Last comes C2 with several random orders of instructions.
     */
    static List<JavaMix> of(int threads) {
        Set<List<JavaLevel>> levels = new LinkedHashSet<>();
        for (JavaLevel level : JavaLevel.values()) {
            levels.add(Collections.nCopies(threads, level));
        }
        if (threads <= ALL_OF) {
            levels.addAll(combinations(threads));
        } else {
            for (int i = 0; i < threads; i++) {
                levels.add(alone(threads, i, JavaLevel.INTERPRETER, JavaLevel.C2));
                levels.add(alone(threads, i, JavaLevel.C1, JavaLevel.C2));
            }
        }
        List<JavaMix> mixes = new ArrayList<>(levels.stream().map(actors -> new JavaMix(actors, 0)).toList());
        for (int order = 1; order <= ORDERS; order++) {
            mixes.add(new JavaMix(Collections.nCopies(threads, JavaLevel.C2), order));
        }
        return mixes;
    }

    /** The mixes in which all actors are alike, and one random order. */
    static List<JavaMix> few(int threads) {
        return of(threads).stream().filter(mix -> mix.order <= 1 && mix.actors.stream().distinct().count() == 1)
                .toList();
    }

    private static List<List<JavaLevel>> combinations(int threads) {
        List<List<JavaLevel>> all = List.of(List.of());
        for (int i = 0; i < threads; i++) {
            all = all.stream().flatMap(start -> Arrays.stream(JavaLevel.values()).map(level -> {
                List<JavaLevel> longer = new ArrayList<>(start);
                longer.add(level);
                return List.copyOf(longer);
            })).toList();
        }
        return all;
    }

    private static List<JavaLevel> alone(int threads, int one, JavaLevel level, JavaLevel others) {
        return IntStream.range(0, threads).mapToObj(i -> i == one ? level : others).toList();
    }

    /** The compiler directives that make it so. */
    String directives() {
        return IntStream.range(0, actors.size()).mapToObj(i -> {
            String matches = Arrays.stream(JavaLayout.values())
                    .map(layout -> '"' + layout.actorName(i).replace('.', '/') + ".run\"")
                    .collect(Collectors.joining(", "));
            JavaLevel level = actors.get(i);
            return "{ match: [" + matches + "], c1: { Exclude: " + (level != JavaLevel.C1) + " }, c2: { Exclude: "
                    + (level != JavaLevel.C2) + " } }";
        }).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    /**
     * The options of the virtual machine.
     *
     * @param directives the file that holds {@link #directives}
     * @param log where the compilers' work is written down
     */
    List<String> options(Path directives, Path log, long seed) {
        List<String> options = new ArrayList<>(
                List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DisplayVMOutputToStderr", "-Xbatch",
                        "-XX:CompilerDirectivesFile=" + directives, "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=dontinline,dev.assay.litmus.JavaActor*::run",
                        "-XX:CompileCommand=CompileThresholdScaling,dev.assay.litmus.JavaActor*::run,0.1",
                        "-Xlog:jit+compilation=debug:file=" + log + ":none:filecount=0"));
        if (order > 0) {
            options.addAll(List.of("-XX:+StressLCM", "-XX:+StressGCM", "-XX:+StressIGVN",
                    "-XX:StressSeed=" + Math.floorMod(seed + order, Integer.MAX_VALUE)));
        }
        return options;
    }
}
