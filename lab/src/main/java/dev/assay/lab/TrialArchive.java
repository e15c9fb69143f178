package dev.assay.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A class-data archive for trials: their classes parsed and verified beforehand, nothing more. It halves the start of a
 * trial that uses JMH. It holds no profiles and no code, so that what is measured is compiled as it would be without;
 * that is why it is not an AOT cache.
 */
public final class TrialArchive {
    /** The system property that names the file. */
    public static final String PROPERTY = "assay.trial.archive";
    private static final long MOST_SECONDS = 60;

    private TrialArchive() {}

    /** Options that use the archive, when there is one that fits. */
    static List<String> options(List<String> ofTrial) {
        String file = System.getProperty(PROPERTY, "");
        // An archive is of one header layout, and is of no use to the other.
        boolean otherLayout = ofTrial.stream().anyMatch(option -> option.contains("CompactObjectHeaders"));
        return file.isEmpty() || otherLayout || !Files.isReadable(Path.of(file))
                ? List.of()
                : List.of("-XX:SharedArchiveFile=" + file);
    }

    /**
     * Makes the archive from the classes that one short trial loads.
     *
     * @throws LabException.Archive when it cannot be made; trials then start without
     */
    public static void make(Experiment experiment, Variant variant, Path archive) {
        try {
            Path desk = Files.createTempDirectory("assay-archive-");
            Order order = new Order(experiment.getClass().getName(), variant.parameters(), 1, Duration.ofMillis(50),
                    List.of(), false);
            List<String> command = TrialJvm.command(dev.assay.machine.Platform.current(),
                    experiment.card().jvmOptions(),
                    List.of("-XX:ArchiveClassesAtExit=" + archive), order, desk);
            Process process = new ProcessBuilder(command).directory(desk.toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            BlockRunner.clear(desk);
        } catch (IOException e) {
            throw new LabException.Archive("the class-data archive " + archive + " cannot be made: "
                    + FileTrouble.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
