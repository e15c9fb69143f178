package dev.assay.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Scans one top-level file: reads it, concludes, and lets the rules look at it. */
final class FileScan {
    private final ScanRequest request;

    FileScan(ScanRequest request) {
        this.request = request;
    }

    FileReport scan(Path file, boolean named, Path root, AtomicLong bytes) {
        String path = file.toString();
        try (RandomBytes content = RandomBytes.open(file)) {
            bytes.addAndGet(content.size());
            FileKind kind = FileKind.of(content.read(0, (int) Math.min(content.size(), FileKind.HEAD)));
            boolean container = switch (kind) {
                case ZIP, JMOD, TAR, GZIP, BZIP2, ELF, MACH_O, PE, ARCHIVE -> true;
                case CLASS, XZ, ZSTD, TEXT, OTHER -> false;
            };
            if (container) {
                // Headers alone are read faster than content is hashed.
                Optional<AnswerCache> cache = request.cache()
                        .filter(_ -> request.checks().contains(ScanRequest.Check.hazards))
                        .map(AnswerCache::new);
                String key = cache.map(_ -> AnswerCache.key(content, request)).orElse("");
                Optional<FileReport> known = cache.flatMap(store -> store.find(key, path));
                if (known.isPresent()) {
                    return known.get();
                }
                FileReport report = scanned(path, file, content, true);
                cache.ifPresent(store -> store.put(key, path, report));
                return report;
            }
            FileReport loose = scanned(path, file, content, named);
            return named ? loose : new FileReport(List.of(), loose.findings());
        } catch (IOException e) {
            return new FileReport(
                    named
                            ? List.of(new Artifact(path, Status.BROKEN,
                                    List.of(new Evidence(path, "could not be read: " + e))))
                            : List.of(),
                    List.of(NativeRules.UNREADABLE.finding(path, path, "could not be read: " + e)));
        }
    }

    private FileReport scanned(String path, Path file, RandomBytes content, boolean named) {
        ArtifactFacts facts = new ArtifactFacts(path);
        Map<ArtifactFacts, Hazards> hazards = new LinkedHashMap<>();
        new ArtifactReader(request.target(), new Classes(hazards), NO_TEXTS).read(facts, file.getFileName().toString(),
                content);
        hazards.forEach((owner, rest) -> owner.findings.addAll(rest.finish()));
        List<Artifact> artifacts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        if (request.checks().contains(ScanRequest.Check.natives)) {
            NativeFindings.conclude(facts, new NativeVerdict(request.target()), request.target(), artifacts, findings);
        } else {
            facts.all().forEach(inner -> findings.addAll(inner.findings));
        }
        return new FileReport(artifacts, findings);
    }

    /** Hands classes to the hazards of their artifact. */
    private final class Classes implements ArtifactReader.ClassVisitor {
        private final Map<ArtifactFacts, Hazards> hazards;

        Classes(Map<ArtifactFacts, Hazards> hazards) {
            this.hazards = hazards;
        }

        @Override
        public void visit(ArtifactFacts owner, String entry, byte[] bytes) {
            hazards.computeIfAbsent(owner, facts -> new Hazards(facts.path, request.target())).add(entry, bytes);
        }

        @Override
        public void finished(ArtifactFacts owner) {
            Hazards done = hazards.remove(owner);
            if (done != null) {
                owner.findings.addAll(done.finish());
            }
        }

        @Override
        public boolean wanted() {
            return request.checks().contains(ScanRequest.Check.hazards);
        }
    }

    private static final ArtifactReader.TextVisitor NO_TEXTS = new ArtifactReader.TextVisitor() {
        @Override
        public boolean wants(String name) {
            return false;
        }

        @Override
        public void visit(ArtifactFacts owner, String entry, String text) {}
    };
}
