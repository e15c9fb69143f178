package dev.assay.scan;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A whole artifact store: scanned by Spark, its findings written as Parquet and queried again.
 *
 * <p>
 * Spark is 280 MB that no other command needs, so that it runs in a process of its own, from module fleet. The order and
 * the answer are files; the process's output is its progress.
 */
public final class ArtifactStore {
    private static final String MAIN = "dev.assay.fleet.StoreProcess";
    private static final int MOST_LOG_LINES = 12;

    private final String classPath;
    private final Path options;

    /**
     * @param classPath
     *            that of module fleet with Spark
     * @param options
     *            the JVM options that Spark needs, as an argument file
     */
    public ArtifactStore(String classPath, Path options) {
        this.classPath = classPath;
        this.options = options;
    }

    /**
     * The store of a built checkout.
     *
     * @throws ScanException.Unavailable
     *             when module fleet was not built
     */
    public static ArtifactStore in(Path home) {
        Path built = home.resolve("fleet/target/class-path");
        Path classes = home.resolve("fleet/target/classes");
        try {
            return new ArtifactStore(classes + File.pathSeparator + Files.readString(built).strip(),
                    classes.resolve("dev/assay/fleet/jvm.options"));
        } catch (IOException _) {
            throw new ScanException.Unavailable("Scans of whole stores need module fleet with Spark, and " + built
                    + " is not there. Build it: mvn -q -pl fleet -am -DskipTests package");
        }
    }

    /** Scans; the progress is told one line at a time. */
    public StoreSummary scan(StoreOrder order, Consumer<String> progress) {
        return StoreSummary.of(run(order, progress));
    }

    /** Reads findings that were written earlier. */
    public ScanReport query(StoreOrder order) {
        return WrittenFindings.of(run(order, _ -> {}));
    }

    private String run(StoreOrder order, Consumer<String> progress) {
        Path scratch = null;
        Process process = null;
        try {
            scratch = Files.createTempDirectory("assay-fleet");
            Path answer = scratch.resolve("answer");
            Path log = scratch.resolve("log");
            process = start(Files.writeString(scratch.resolve("order"), order.json()), answer, log);
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().forEach(progress);
            }
            return answer(process.waitFor(), answer, log);
        } catch (IOException e) {
            throw new UncheckedIOException("The process of module fleet could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The scan was interrupted.", e);
        } finally {
            end(process);
            Scratch.delete(scratch);
        }
    }

    private Process start(Path order, Path answer, Path log) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(
                List.of(java.toString(), "@" + options, "-Xmx1g", "-XX:TieredStopAtLevel=1", MAIN,
                        order.toString(), answer.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put("CLASSPATH", classPath);
        builder.environment().remove("SPARK_HOME");
        builder.environment().remove("SPARK_CONF_DIR");
        return builder.start();
    }

    /** Exit codes as everywhere: 2 says what was wrong with the order, others are failures that the log explains. */
    private static String answer(int exit, Path answer, Path log) throws IOException {
        String said = Files.exists(answer) ? Files.readString(answer, StandardCharsets.UTF_8) : "";
        if (exit == 0) {
            return said;
        }
        if (exit == 2) {
            throw new ScanException.Usage(said);
        }
        List<String> lines = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
        throw new IllegalStateException("Spark ended with exit code " + exit + ". " + said + "\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LOG_LINES), lines.size())));
    }

    private static void end(Process process) {
        if (process == null || !process.isAlive()) {
            return;
        }
        // Its nodes watch the pipe to it and end with it.
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
