package dev.assay.lab;

import dev.assay.machine.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How the JVM of a trial is started. */
final class TrialJvm {
    private TrialJvm() {}

    /**
     * The words that start a trial on a platform, the order written to the desk.
     *
     * <p>
     * The serial collector is the default, since it has no concurrent threads and starts first; a variant that names a
     * collector gets that one.
     */
    static List<String> command(Platform platform, List<String> ofExperiment, List<String> ofVariant, Order order,
            Path desk) {
        Path file = desk.resolve("order.txt");
        try {
            order.write(file);
        } catch (IOException e) {
            throw new LabException.Archive("the order " + file + " could not be written; free space in "
                    + System.getProperty("java.io.tmpdir"), e);
        }
        List<String> words = new ArrayList<>();
        List<String> options = new ArrayList<>(ofExperiment);
        options.addAll(ofVariant);
        if (options.stream().noneMatch(option -> option.matches("-XX:\\+Use\\w+GC"))) {
            words.add("-XX:+UseSerialGC");
        }
        words.add("-XX:-UsePerfData");
        words.add("-XX:ErrorFile=" + TrialProcess.crashReport(desk));
        words.add("--enable-native-access=ALL-UNNAMED");
        words.addAll(TrialArchive.options(options));
        words.addAll(options);
        return platform.command(words, List.of("-cp", classPath(), TrialMain.class.getName(),
                file.toString(), TrialProcess.answer(desk).toString()));
    }

    /** Absolute, since a trial runs at its own desk. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
