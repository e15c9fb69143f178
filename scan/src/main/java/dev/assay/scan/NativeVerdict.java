package dev.assay.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Concludes from the headers found in an artifact, nested ones included, what will become of it on the target.
 *
 * <p>
 * Libraries are put together by name without platform words ({@link LibraryName}). One that exists for the target's
 * system on another processor, and not for the target, breaks the artifact. Libraries for other systems alone do not:
 * a Windows helper in a jar that also runs on Linux without it stays a Windows helper.
 */
final class NativeVerdict {
    private static final int MOST_EVIDENCE = 24;

    private final Target target;

    NativeVerdict(Target target) {
        this.target = target;
    }

    Artifact conclude(ArtifactFacts facts) {
        if (facts.unreadable.isPresent()) {
            return new Artifact(facts.path, Status.BROKEN, List.of(new Evidence(facts.path, facts.unreadable.get())));
        }
        List<NativeFile> natives = facts.allNatives();
        Optional<Evidence> image = facts.all().filter(inner -> inner.imageArchitecture.isPresent())
                .filter(inner -> !sameArchitecture(inner.imageArchitecture.get())).findFirst()
                .map(inner -> new Evidence(inner.path, "image configuration for " + inner.imageArchitecture.get()));
        if (image.isPresent()) {
            return new Artifact(facts.path, Status.BROKEN, List.of(image.get()));
        }
        List<NativeFile> moving = natives.stream().filter(file -> file.kind().moves()).toList();
        List<NativeFile> ofSystem = moving.stream().filter(file -> file.system() == target.system()).toList();
        if (ofSystem.isEmpty()) {
            return withoutLibraries(facts, moving);
        }
        return byLibrary(facts, ofSystem);
    }

    /** Image configurations use Go's names. */
    private boolean sameArchitecture(String name) {
        String known = switch (name) {
            case "amd64" -> "x86-64";
            case "arm64" -> "aarch64";
            default -> name;
        };
        return known.equals(target.processor().label());
    }

    private Artifact withoutLibraries(ArtifactFacts facts, List<NativeFile> others) {
        List<ArtifactFacts> declaring = facts.all()
                .filter(inner -> !inner.nativeMethods.isEmpty() && !inner.compiledToScript).toList();
        boolean classless = facts.all().allMatch(inner -> inner.classes == 0);
        if (!others.isEmpty() && (classless || !declaring.isEmpty())) {
            List<Evidence> evidence = new ArrayList<>();
            evidence.add(new Evidence(facts.path, "holds native code only for " + platforms(others)));
            addAll(evidence, others);
            return new Artifact(facts.path, Status.BROKEN, evidence);
        }
        if (!declaring.isEmpty()) {
            return new Artifact(facts.path, Status.NEEDS_COMPANION, companions(declaring));
        }
        Optional<String> known = facts.artifactId.filter(_ -> facts.classes == 0)
                .flatMap(id -> Companions.forArtifact(id, target));
        if (known.isPresent() && others.isEmpty()) {
            return new Artifact(facts.path, Status.NEEDS_COMPANION, List.of(new Evidence(facts.path,
                    "is published without classes and libraries; the library lies in " + known.get())));
        }
        List<Evidence> evidence = new ArrayList<>();
        if (others.isEmpty()) {
            evidence.add(new Evidence(facts.path, facts.compiledToScript
                    ? "no native code; its native methods are JavaScript of the Google Web Toolkit"
                    : "no native code and no native methods"));
        } else {
            evidence.add(new Evidence(facts.path, "holds native code only for " + platforms(others)
                    + " and declares no native methods: on " + target.system().label() + " it never used any"));
            addAll(evidence, others);
        }
        return new Artifact(facts.path, Status.READY, evidence);
    }

    private List<Evidence> companions(List<ArtifactFacts> declaring) {
        List<Evidence> evidence = new ArrayList<>();
        for (ArtifactFacts inner : declaring) {
            for (ClassSkim.NativeMethod method : inner.nativeMethods.values()) {
                String companion = Companions.forClass(method.owner(), target)
                        .map(name -> "; the library lies in " + name)
                        .orElse("; the artifact of its library is not known here");
                evidence.add(new Evidence(inner.path + "!/" + method.owner() + ".class",
                        "native method " + method.name() + " and no library in the artifact" + companion));
                if (evidence.size() == MOST_EVIDENCE) {
                    return evidence;
                }
            }
        }
        return evidence;
    }

    private Artifact byLibrary(ArtifactFacts facts, List<NativeFile> ofSystem) {
        Map<String, List<NativeFile>> libraries = ofSystem.stream()
                .collect(Collectors.groupingBy(file -> LibraryName.of(file.path()), TreeMap::new, Collectors.toList()));
        List<NativeFile> fitting = ofSystem.stream().filter(target::fits).toList();
        Map<String, List<NativeFile>> missing = new TreeMap<>();
        int onlyHere = 0;
        for (Map.Entry<String, List<NativeFile>> library : libraries.entrySet()) {
            boolean fits = library.getValue().stream().anyMatch(target::fits);
            boolean elsewhere = library.getValue().stream().anyMatch(this::isWhereItComesFrom);
            if (!fits && (elsewhere || fitting.isEmpty())) {
                missing.put(library.getKey(), library.getValue());
            } else if (fits && !elsewhere) {
                onlyHere++;
            }
        }
        // The same libraries under other names: as many without an origin as are without a counterpart.
        if (missing.isEmpty() || !fitting.isEmpty() && onlyHere >= missing.size()) {
            List<Evidence> evidence = new ArrayList<>();
            addAll(evidence, fitting);
            return new Artifact(facts.path, Status.READY, evidence);
        }
        List<Evidence> evidence = new ArrayList<>();
        for (Map.Entry<String, List<NativeFile>> library : missing.entrySet()) {
            evidence.add(new Evidence(facts.path,
                    "no " + (library.getKey().isEmpty() ? "library" : library.getKey()) + " for "
                            + target.label() + "; there is " + platforms(library.getValue())
                            + wrongLibc(library.getValue())));
            addAll(evidence, library.getValue());
            if (evidence.size() >= MOST_EVIDENCE) {
                break;
            }
        }
        return new Artifact(facts.path, Status.BROKEN, evidence);
    }

    /** What runs today: x86-64, except where x86-64 is the target. */
    private boolean isWhereItComesFrom(NativeFile file) {
        Processor origin = target.processor() == Processor.X86_64 ? Processor.AARCH64 : Processor.X86_64;
        return file.processors().contains(origin);
    }

    private String wrongLibc(List<NativeFile> files) {
        return files.stream().filter(file -> file.processors().contains(target.processor())).findFirst()
                .map(file -> " (for the processor of the target, but against " + file.libc().label() + ")").orElse("");
    }

    private static String platforms(Collection<NativeFile> files) {
        return files.stream().map(NativeFile::platform).distinct().sorted().collect(Collectors.joining(", "));
    }

    private static void addAll(List<Evidence> evidence, List<NativeFile> files) {
        for (NativeFile file : files) {
            if (evidence.size() >= MOST_EVIDENCE) {
                return;
            }
            evidence.add(new Evidence(file.path(), file.says()));
        }
    }
}
