package dev.assay.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Debt in the artifacts themselves: those that are no longer maintained, and those that have newer releases. */
final class Dependencies {
    private Dependencies() {}

    /**
     * What is old among these.
     *
     * @param coordinates
     *            by path of the artifact
     * @param store
     *            where newer releases are looked up; empty asks no network
     */
    static List<Finding> debt(Map<String, String> coordinates, Optional<ReleaseStore> store) {
        List<Finding> findings = new ArrayList<>();
        Map<String, Optional<String>> newest = new TreeMap<>();
        new TreeMap<>(coordinates).forEach((path, text) -> Coordinates.of(text).ifPresent(of -> {
            EndOfLife.of(of).ifPresent(line -> findings.add(DebtRules.ENDED.finding(path, path,
                    of.name() + " " + line.versions() + "x is not maintained since " + line.since() + " ("
                            + line.source() + "); this is " + of.version())));
            store.flatMap(repository -> newest.computeIfAbsent(of.group() + ":" + of.artifact(),
                    _ -> newest(repository, of)))
                    .filter(version -> Versions.compare(version, of.version()) > 0)
                    .ifPresent(version -> findings.add(DebtRules.OUTDATED.finding(path, path,
                            of.name() + " " + of.version() + " has the newer release " + version)));
        }));
        return findings;
    }

    /** Empty where the repository does not have it: many artifacts were never published there. */
    private static Optional<String> newest(ReleaseStore repository, Coordinates of) {
        try {
            List<String> releases = repository.releases(of);
            return releases.isEmpty() ? Optional.empty() : Optional.of(releases.getLast());
        } catch (ReleaseStore.Unreachable _) {
            return Optional.empty();
        }
    }
}
