package dev.assay.scan;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the first version of an artifact that is ready, by reading the jars of a Maven repository.
 *
 * <p>
 * The newest release is read first; when that is ready, the versions between are halved until the border is found. That
 * assumes that support, once there, stays; it costs about seven downloads for a hundred versions, held in memory one at a
 * time and read like any other input. Where the main jar leaves its libraries to classifiers, the classifier of the target
 * is asked for.
 */
final class FirstReady {
    private static final int MOST_MOVED = 4;

    private final ReleaseStore store;
    private final Set<Target> targets;
    private final Map<Coordinates, Release> read = new HashMap<>();
    private final Map<String, List<String>> releases = new HashMap<>();

    /** A version that is ready: which file shows it, and its SHA-256. */
    record Ready(Coordinates jar, String sha256) {}

    /** What one version has: whether a jar at all, and for which targets. */
    private record Release(boolean jar, Map<Target, Ready> ready) {}

    FirstReady(URI repository, Target... targets) {
        store = new ReleaseStore(repository);
        this.targets = Set.of(targets);
    }

    /** A sentence for the finding: the version, or why there is none. */
    String answer(Coordinates of, Target target) {
        try {
            return later(of, target).map(FirstReady::says).orElse("No later release in the repository is ready.");
        } catch (ReleaseStore.Unreachable e) {
            return "The first version that is ready is not known: " + e.getMessage() + ".";
        }
    }

    private static String says(Ready ready) {
        return "The first version that is ready is " + ready.jar().version()
                + (ready.jar().classifier().isEmpty() ? "" : " (classifier " + ready.jar().classifier() + ")") + ".";
    }

    /** The first of all releases; for tables. */
    Optional<Ready> first(Coordinates of, Target target) {
        return border(of, releases(of), target);
    }

    String newest(Coordinates of) {
        return releases(of).getLast();
    }

    private Optional<Ready> later(Coordinates of, Target target) {
        return border(of, releases(of).stream().filter(version -> Versions.compare(version, of.version()) > 0)
                .toList(), target);
    }

    private List<String> releases(Coordinates of) {
        return releases.computeIfAbsent(of.group() + ":" + of.artifact(), _ -> store.releases(of));
    }

    private Optional<Ready> border(Coordinates of, List<String> listed, Target target) {
        List<String> versions = published(of, listed);
        if (versions.isEmpty() || ready(of.at(versions.getLast()), target).isEmpty()) {
            return Optional.empty();
        }
        int low = 0;
        int high = versions.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ready(of.at(versions.get(middle)), target).isPresent()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return ready(of.at(versions.get(high)), target);
    }

    /** Without the last versions that have a POM and no jar, by which projects say that they moved to another name. */
    private List<String> published(Coordinates of, List<String> versions) {
        int count = versions.size();
        while (count > 0 && count > versions.size() - MOST_MOVED && !release(of.at(versions.get(count - 1))).jar()) {
            count--;
        }
        return versions.subList(0, count);
    }

    private Optional<Ready> ready(Coordinates of, Target target) {
        return Optional.ofNullable(release(of).ready().get(target));
    }

    private Release release(Coordinates of) {
        // A classifier of another platform says nothing about the target's.
        Coordinates main = of.classifier().contains("-") ? of.classified("") : of;
        return read.computeIfAbsent(main, this::readAll);
    }

    /** One download answers for all targets. */
    private Release readAll(Coordinates main) {
        Map<Target, Ready> ready = new EnumMap<>(Target.class);
        byte[] jar = store.jar(main).orElse(new byte[0]);
        for (Target target : targets) {
            Status status = jar.length == 0 ? Status.NEEDS_COMPANION : status(main, jar, target);
            if (status == Status.READY) {
                ready.put(target, new Ready(main, sha256(jar)));
            } else if (status == Status.NEEDS_COMPANION) {
                Coordinates classified = main.classified(Companions.osDetectorName(target));
                store.jar(classified).filter(bytes -> status(classified, bytes, target) == Status.READY)
                        .ifPresent(bytes -> ready.put(target, new Ready(classified, sha256(bytes))));
            }
        }
        return new Release(jar.length > 0 || !ready.isEmpty(), ready);
    }

    private static Status status(Coordinates of, byte[] jar, Target target) {
        ArtifactFacts facts = new ArtifactFacts(of.fileName());
        new ArtifactReader(target, Unwanted.CLASSES, Unwanted.TEXTS).read(facts, of.fileName(),
                new RandomBytes.Held(jar));
        Status status = new NativeVerdict(target).conclude(facts).status();
        boolean holds = facts.allNatives().stream().anyMatch(target::fits);
        // A jar without native code runs anywhere; of an artifact that others need for its library, it is not the answer.
        return status == Status.READY && !holds && facts.classes == 0 ? Status.NEEDS_COMPANION : status;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
