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
import java.util.function.Predicate;

/**
 * Finds the first version of an artifact that is ready, by reading the jars of a Maven repository.
 *
 * <p>
 * The newest releases are read first; from one that is ready, the versions before it are halved until the border is found.
 * That assumes that support, once there, stays; it costs about seven downloads for a hundred versions, held in memory one at
 * a time and read like any other input. Where the main jar leaves its libraries to classifiers, the classifier of the target
 * is asked for.
 */
final class FirstReady {
    /** A release may lack a jar (the project moved to another name) or a classifier (it came late). */
    private static final int NEWEST = 4;

    private final ReleaseStore store;
    private final Set<Target> targets;
    private final Map<Coordinates, Map<Target, Ready>> read = new HashMap<>();
    private final Map<String, List<String>> releases = new HashMap<>();

    /** A version that is ready: which file shows it, its SHA-256, and whether it holds native code for the target. */
    record Ready(Coordinates jar, String sha256, boolean holds) {}

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

    /** The first of all releases that holds native code for the target; for tables. */
    Optional<Ready> first(Coordinates of, Target target) {
        return border(of, releases(of), target, Ready::holds);
    }

    String newest(Coordinates of) {
        return releases(of).getLast();
    }

    private Optional<Ready> later(Coordinates of, Target target) {
        return border(of, releases(of).stream().filter(version -> Versions.compare(version, of.version()) > 0)
                .toList(), target, _ -> true);
    }

    private List<String> releases(Coordinates of) {
        return releases.computeIfAbsent(of.group() + ":" + of.artifact(), _ -> store.releases(of));
    }

    private Optional<Ready> border(Coordinates of, List<String> versions, Target target, Predicate<Ready> enough) {
        int high = versions.size() - 1;
        int oldest = Math.max(0, versions.size() - NEWEST);
        while (high >= oldest && ready(of.at(versions.get(high)), target, enough).isEmpty()) {
            high--;
        }
        if (high < oldest) {
            return Optional.empty();
        }
        int low = 0;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ready(of.at(versions.get(middle)), target, enough).isPresent()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return ready(of.at(versions.get(high)), target, enough);
    }

    private Optional<Ready> ready(Coordinates of, Target target, Predicate<Ready> enough) {
        // A classifier of another platform says nothing about the target's.
        Coordinates main = of.classifier().contains("-") ? of.classified("") : of;
        return Optional.ofNullable(read.computeIfAbsent(main, this::readAll).get(target)).filter(enough);
    }

    /** One download answers for all targets. */
    private Map<Target, Ready> readAll(Coordinates main) {
        Map<Target, Ready> ready = new EnumMap<>(Target.class);
        byte[] jar = store.jar(main).orElse(new byte[0]);
        for (Target target : targets) {
            Optional<Ready> own = jar.length == 0 ? Optional.empty() : read(main, jar, target);
            own.or(() -> classified(main, target)).ifPresent(one -> ready.put(target, one));
        }
        return ready;
    }

    private Optional<Ready> classified(Coordinates main, Target target) {
        Coordinates other = main.classified(Companions.osDetectorName(target));
        return main.classifier().isEmpty()
                ? store.jar(other).flatMap(bytes -> read(other, bytes, target))
                : Optional.empty();
    }

    /** Empty where it is not ready, or holds neither classes nor native code for the target. */
    private static Optional<Ready> read(Coordinates of, byte[] jar, Target target) {
        ArtifactFacts facts = new ArtifactFacts(of.fileName());
        new ArtifactReader(target, Unwanted.CLASSES, Unwanted.TEXTS).read(facts, of.fileName(),
                new RandomBytes.Held(jar));
        boolean holds = facts.allNatives().stream().anyMatch(target::fits);
        boolean ready = new NativeVerdict(target).conclude(facts).status() == Status.READY;
        return ready && (holds || facts.classes > 0)
                ? Optional.of(new Ready(of, sha256(jar), holds))
                : Optional.empty();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
