package dev.assay.scan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What shall be done with a whole artifact store, as it is told to the process of module fleet that does it with Spark.
 *
 * @param paths
 *            what to scan; empty for a query
 * @param folder
 *            where the tables of findings lie, or shall be written
 * @param master
 *            Spark's word for where to compute: {@code local[N]} or {@code spark://HOST:PORT}; empty for a cluster of our own
 * @param workers
 *            how many worker processes a cluster of our own has
 * @param where
 *            an SQL condition on findings; empty for all of them
 */
public record StoreOrder(Verb verb, List<String> paths, String target, Set<ScanRequest.Check> checks,
        Set<String> ignored, String folder, String master, int workers, String where) {
    /** What to do. */
    public enum Verb {
        SCAN, QUERY
    }

    private static final int MOST_WORKERS = 64;
    private static final JsonMapper MAPPER = new JsonMapper();

    public StoreOrder {
        paths = List.copyOf(paths);
        checks = Set.copyOf(checks);
        ignored = Set.copyOf(ignored);
        if (workers < 1 || workers > MOST_WORKERS) {
            throw new ScanException.Usage(
                    "--workers must be from 1 to " + MOST_WORKERS + "; it is " + workers + ". Choose fewer.");
        }
        if (!master.isEmpty() && !master.matches("local(\\[(\\d+|\\*)\\])?|spark://[^\\s/]+")) {
            throw new ScanException.Usage("--spark must be local[N], spark://HOST:PORT or cluster; it is " + master
                    + ". Choose one of these.");
        }
    }

    /** A scan of all that lies under the paths. */
    public static StoreOrder scan(ScanRequest request, Path folder, String master, int workers) {
        return new StoreOrder(Verb.SCAN,
                request.paths().stream().map(Path::toAbsolutePath).map(Path::toString).toList(),
                request.target().label(), request.checks(), request.ignored(), folder.toAbsolutePath().toString(),
                master, workers, "");
    }

    /** A question about findings that were written earlier. */
    public static StoreOrder query(Path folder, String where) {
        return new StoreOrder(Verb.QUERY, List.of(), "", Set.of(), Set.of(), folder.toAbsolutePath().toString(),
                "local[1]", 1, where);
    }

    /** The same for a scan in this process, on one thread and without a cache. */
    public ScanRequest request() {
        return new ScanRequest(paths.stream().map(Path::of).collect(Collectors.toList()), Target.of(target), checks,
                ignored, Optional.empty(), Optional.empty(), Optional.empty(), 1, _ -> {});
    }

    /** As one line of JSON. */
    public String json() {
        return MAPPER.writeValueAsString(this);
    }

    /** What {@link #json()} wrote. */
    public static StoreOrder of(String json) {
        try {
            return MAPPER.readValue(json, StoreOrder.class);
        } catch (JacksonException e) {
            throw new ScanException.Usage("An order must be what StoreOrder writes; this is not (" + e.getMessage()
                    + ").");
        }
    }
}
