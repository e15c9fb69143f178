package dev.assay.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The archived runs of a user: a folder each, {@code runs/<run-id>/run.json}, below the XDG data directory. The folders
 * are the truth; whatever else lies beside them can be rebuilt.
 */
public final class RunStore {
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private static final Pattern DATED = Pattern.compile("\\d{8}-\\d{6}-.*");

    private final Path runs;

    /** @param runs the folder that holds a folder per run; made when the first run is saved */
    public RunStore(Path runs) {
        this.runs = runs;
    }

    /** {@code runs} in the user's data. */
    public static RunStore ofUser(Map<String, String> environment) {
        return new RunStore(UserData.folder(environment).resolve("runs"));
    }

    static String newId(Instant started) {
        return ID.format(started) + String.format("-%04x", ThreadLocalRandom.current().nextInt(1 << 16));
    }

    /** The folder of a run, whether it exists or not. */
    public Path folder(String id) {
        return runs.resolve(id);
    }

    /**
     * Makes the folder of a run.
     *
     * @throws LabException.Archive when that is not possible
     */
    public Path create(String id) {
        Path folder = folder(id);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new LabException.Archive("the run cannot be archived in " + folder + ": " + FileTrouble.of(e)
                    + "; set XDG_DATA_HOME to a folder that can be written", e);
        }
    }

    /**
     * What is to be said of a run when one that is kept has a later date: the wall clock was set back between them, and whatever goes by dates has
     * them the wrong way round.
     */
    public Optional<Doubt> outOfOrder(Run run) {
        Optional<String> newest = ids().stream().filter(id -> !id.equals(run.id()) && DATED.matcher(id).matches())
                .findFirst();
        // Ids have whole seconds, so that two runs within one may stand either way round.
        String ofRun = ID.format(run.started());
        return newest.filter(id -> id.substring(0, ofRun.length()).compareTo(ofRun) > 0).map(id -> new Doubt(
                Doubt.Kind.CLOCK_JUMP,
                "run " + id + " is dated later than this one, which began at " + run.started()
                        + ": the wall clock was set back; 'latest' and histories by date have them the wrong way round",
                "set the clock, and name runs by their id"));
    }

    /** Ids of all runs, the newest first. */
    public List<String> ids() {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.filter(f -> Files.exists(f.resolve(Archive.FILE))).map(f -> f.getFileName().toString())
                    .sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new LabException.Archive("the runs in " + runs + " cannot be listed: " + FileTrouble.of(e), e);
        }
    }

    /**
     * The folder of the run that a user means: an id, the beginning of one, {@code latest}, a folder or a run.json.
     *
     * @throws LabException.Usage when there is none, or more than one
     */
    public Path find(String named) {
        Path path = Path.of(named);
        if (Files.isRegularFile(path)) {
            return path.toAbsolutePath().getParent();
        }
        if (Files.isRegularFile(path.resolve(Archive.FILE))) {
            return path;
        }
        List<String> ids = ids();
        if (named.equals("latest") && !ids.isEmpty()) {
            return folder(ids.getFirst());
        }
        List<String> fitting = ids.stream().filter(id -> id.startsWith(named)).toList();
        if (fitting.size() == 1) {
            return folder(fitting.getFirst());
        }
        if (fitting.isEmpty()) {
            throw new LabException.Usage("there is no run '" + named + "' in " + runs + "; "
                    + (ids.isEmpty() ? "it holds none yet" : "the latest is " + ids.getFirst()));
        }
        throw new LabException.Usage("'" + named + "' begins " + fitting.size() + " runs: " + String.join(", ", fitting)
                + "; name one");
    }
}
