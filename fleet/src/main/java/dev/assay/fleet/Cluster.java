package dev.assay.fleet;

import dev.assay.scan.ScanException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spark's master and workers: those that are there, or processes of our own on loopback that live as long as this object.
 *
 * <p>
 * Our own know a secret that only this user's processes are told (by environment, not by arguments, which others can read),
 * so that nobody else on the machine can hand them work. They watch the pipe to this process and end with it.
 */
final class Cluster implements AutoCloseable {
    static final String LOOPBACK = "127.0.0.1";
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern WORKER = Pattern.compile("Successfully registered with master");
    private static final int MOST_SECONDS = 60;
    /** Where Spark's security manager looks for the secret of a process that it did not configure itself. */
    private static final String SECRET = "_SPARK_AUTH_SECRET";

    private final String master;
    private final Optional<String> secret;
    private final List<Process> nodes;
    private final int workers;

    private Cluster(String master, Optional<String> secret, List<Process> nodes, int workers) {
        this.master = master;
        this.secret = secret;
        this.nodes = nodes;
        this.workers = workers;
    }

    /** A cluster that others started, or threads of this process. */
    static Cluster elsewhere(String master) {
        return new Cluster(master, Optional.empty(), List.of(), 0);
    }

    /** A master and its workers, each a process; returns when all workers are registered. */
    static Cluster start(int workers, Path folder) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        // Workers look here for Spark's jars; ours come by class path, so that it stays empty.
        Files.createDirectories(folder.resolve("home/jars"));
        List<Process> nodes = new ArrayList<>();
        try {
            Process first = node(folder, secret, nodes, "master", "--host", LOOPBACK, "--port", "0", "--webui-port",
                    "0");
            String master = awaited(first, folder.resolve("master.log"), MASTER).group(1);
            List<Path> logs = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                String name = "worker" + (i + 1);
                node(folder, secret, nodes, name, "--host", LOOPBACK, "--port", "0", "--webui-port", "0", "--cores",
                        "1", "--memory", "1g", "--work-dir", folder.resolve(name).toString(), master);
                logs.add(folder.resolve(name + ".log"));
            }
            for (int i = 0; i < workers; i++) {
                awaited(nodes.get(i + 1), logs.get(i), WORKER);
            }
            return new Cluster(master, Optional.of(secret), List.copyOf(nodes), workers);
        } catch (IOException | RuntimeException e) {
            end(nodes);
            throw e;
        }
    }

    private static Process node(Path folder, String secret, List<Process> nodes, String name, String... arguments)
            throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(SparkOptions.ofThisProcess());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dspark.authenticate=true",
                "-Dspark.master.rest.enabled=false",
                "-Dspark.worker.cleanup.enabled=true", SparkNode.class.getName(), name.replaceAll("\\d", "")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put(SECRET, secret);
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        nodes.add(process);
        return process;
    }

    /** The first line of the log that matches. */
    private static Matcher awaited(Process process, Path log, Pattern pattern) throws IOException {
        CompletableFuture<Void> ended = process.onExit().thenApply(_ -> null);
        for (int tenths = 0; tenths < 10 * MOST_SECONDS; tenths++) {
            Optional<Matcher> found = find(log, pattern);
            if (found.isPresent()) {
                return found.get();
            }
            try {
                ended.get(100, TimeUnit.MILLISECONDS);
                throw new IOException("A process of the cluster ended at once: " + Files.readString(log));
            } catch (TimeoutException _) {
                // It lives: look again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The start of the cluster was interrupted.", e);
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        throw new ScanException.Unavailable("A process of the cluster did not start within " + MOST_SECONDS
                + " s; the machine may be too busy. Try again, or use --spark local[1].");
    }

    private static Optional<Matcher> find(Path log, Pattern pattern) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(log)) {
            return lines.lines().map(pattern::matcher).filter(Matcher::find).findFirst();
        }
    }

    String master() {
        return master;
    }

    /** What the processes of our own cluster know each other by. */
    Optional<String> secret() {
        return secret;
    }

    int workers() {
        return workers;
    }

    List<Process> nodes() {
        return nodes;
    }

    @Override
    public void close() {
        end(nodes);
    }

    /** Workers first, so that none looks for a master that is gone. */
    private static void end(List<Process> nodes) {
        for (Process node : nodes.reversed()) {
            node.destroy();
        }
        for (Process node : nodes) {
            try {
                if (!node.waitFor(10, TimeUnit.SECONDS)) {
                    node.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
                }
            } catch (InterruptedException _) {
                node.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
