package dev.assay.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
                Optional<AnswerCache> cache = request.cache().map(AnswerCache::new);
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
        NativeVerdict verdict = new NativeVerdict(request.target());
        new ArtifactReader(request.target(), NO_CLASSES, NO_TEXTS).read(facts, file.getFileName().toString(), content);
        List<Artifact> artifacts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        if (request.checks().contains(ScanRequest.Check.natives)) {
            NativeFindings.conclude(facts, verdict, request.target(), artifacts, findings);
        }
        return new FileReport(artifacts, findings);
    }

    private static final ArtifactReader.ClassVisitor NO_CLASSES = new ArtifactReader.ClassVisitor() {
        @Override
        public void visit(ArtifactFacts owner, String entry, byte[] bytes) {}

        @Override
        public boolean wanted() {
            return false;
        }
    };
    private static final ArtifactReader.TextVisitor NO_TEXTS = new ArtifactReader.TextVisitor() {
        @Override
        public boolean wants(String name) {
            return false;
        }

        @Override
        public void visit(ArtifactFacts owner, String entry, String text) {}
    };
}
