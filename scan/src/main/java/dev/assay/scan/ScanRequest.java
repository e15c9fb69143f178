package dev.assay.scan;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What to scan and how.
 *
 * @param checks
 *            which families of rules
 * @param ignored
 *            ids of rules that shall not report
 * @param baseline
 *            a file of accepted findings
 * @param cache
 *            the folder of remembered answers; empty to remember nothing
 * @param repository
 *            a Maven repository in which to look for the first ready version of what is broken; empty asks no network
 * @param threads
 *            how many files at once
 * @param progress
 *            told how far it is, now and then, from any thread
 * @param builds
 *            how the dependencies of build files among the paths are found
 */
public record ScanRequest(List<Path> paths, Target target, Set<Check> checks, Set<String> ignored,
        Optional<Path> baseline,
        Optional<Path> cache, Optional<URI> repository, int threads, Consumer<String> progress,
        BuildResolution builds) {
    /** A family of rules. */
    public enum Check {
        natives, hazards, settings, debt
    }

    /** With build files resolved as Maven does. */
    public ScanRequest(List<Path> paths, Target target, Set<Check> checks, Set<String> ignored,
            Optional<Path> baseline, Optional<Path> cache, Optional<URI> repository, int threads,
            Consumer<String> progress) {
        this(paths, target, checks, ignored, baseline, cache, repository, threads, progress,
                BuildResolution.asMaven());
    }

    public ScanRequest {
        paths = List.copyOf(paths);
        checks = Set.copyOf(checks);
        ignored = Set.copyOf(ignored);
        Set<String> known = Rules.ids();
        ignored.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw new ScanException.Usage(
                    "--ignore takes ids of rules; there is no rule " + id + ". See assay scan --rules.");
        });
    }
}
