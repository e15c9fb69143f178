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
                case ZIP, JMOD, TAR, GZIP, BZIP2, XZ, ZSTD, ELF, MACH_O, PE, ARCHIVE -> true;
                case CLASS, TEXT, OTHER -> false;
            };
            if (container) {
                // A single header is read faster than its file is summed.
                Optional<AnswerCache> cache = request.cache()
                        .filter(_ -> !single(kind) && content.size() <= AnswerCache.MOST_BYTES).map(AnswerCache::new);
                String key = cache.map(_ -> AnswerCache.key(content, request)).orElse("");
                Optional<FileReport> known = cache.flatMap(store -> store.find(key, path));
                if (known.isPresent()) {
                    return known.get();
                }
                FileReport report = scanned(path, file, content, true);
                boolean compressedOnly = Decompression.reads(kind)
                        && report.artifacts().size() == 1
                        && report.artifacts().getFirst().status() == Status.READY && report.findings().isEmpty();
                if (compressedOnly && !named) {
                    // A compressed manual page or log is no artifact.
                    return new FileReport(List.of(), List.of(), Map.of());
                }
                cache.ifPresent(store -> store.put(key, path, report));
                return report;
            }
            FileReport loose = scanned(path, file, content, named);
            return named ? loose : new FileReport(List.of(), loose.findings(), Map.of());
        } catch (IOException e) {
            return new FileReport(
                    named
                            ? List.of(new Artifact(path, Status.BROKEN,
                                    List.of(new Evidence(path, "could not be read: " + e))))
                            : List.of(),
                    List.of(NativeRules.UNREADABLE.finding(path, path, "could not be read: " + e)), Map.of());
        }
    }

    private static boolean single(FileKind kind) {
        return switch (kind) {
            case ELF, MACH_O, PE, ARCHIVE, CLASS, TEXT, OTHER -> true;
            case ZIP, JMOD, TAR, GZIP, BZIP2, XZ, ZSTD -> false;
        };
    }

    private FileReport scanned(String path, Path file, RandomBytes content, boolean named) {
        ArtifactFacts facts = new ArtifactFacts(path);
        Map<ArtifactFacts, Hazards> hazards = new LinkedHashMap<>();
        new ArtifactReader(request.target(), new Classes(hazards), texts()).read(facts, file.getFileName().toString(),
                content);
        return concluded(facts, hazards);
    }

    private FileReport concluded(ArtifactFacts facts, Map<ArtifactFacts, Hazards> hazards) {
        hazards.forEach((owner, rest) -> owner.findings.addAll(rest.finish()));
        List<Artifact> artifacts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        if (request.checks().contains(ScanRequest.Check.natives)) {
            NativeFindings.conclude(facts, new NativeVerdict(request.target()), request.target(), artifacts, findings);
        } else {
            facts.all().forEach(inner -> findings.addAll(inner.findings));
        }
        Map<String, String> coordinates = new LinkedHashMap<>();
        facts.all().forEach(inner -> inner.coordinates.ifPresent(text -> coordinates.put(inner.path, text)));
        return new FileReport(artifacts, findings, coordinates);
    }

    private List<HazardRule> rules() {
        List<HazardRule> rules = new ArrayList<>();
        if (request.checks().contains(ScanRequest.Check.hazards)) {
            rules.addAll(HazardRules.ALL);
        }
        if (request.checks().contains(ScanRequest.Check.debt)) {
            rules.add(new UnsafeDeserialisation());
        }
        return rules;
    }

    /** Hands classes to the hazards of their artifact. */
    private final class Classes implements ArtifactReader.ClassVisitor {
        private final Map<ArtifactFacts, Hazards> hazards;

        Classes(Map<ArtifactFacts, Hazards> hazards) {
            this.hazards = hazards;
        }

        @Override
        public void visit(ArtifactFacts owner, String entry, byte[] bytes) {
            hazards.computeIfAbsent(owner, facts -> new Hazards(facts.path, request.target(), rules())).add(entry,
                    bytes);
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
            return !rules().isEmpty();
        }
    }

    private ArtifactReader.TextVisitor texts() {
        Settings settings = new Settings(request.target());
        Debt debt = new Debt();
        boolean wantsSettings = request.checks().contains(ScanRequest.Check.settings);
        boolean wantsDebt = request.checks().contains(ScanRequest.Check.debt);
        return new ArtifactReader.TextVisitor() {
            @Override
            public boolean wants(String name) {
                return wantsSettings && settings.wants(name) || wantsDebt && debt.wants(name);
            }

            @Override
            public void visit(ArtifactFacts owner, String entry, String text) {
                if (wantsSettings && settings.wants(entry)) {
                    settings.visit(owner, entry, text);
                }
                if (wantsDebt && debt.wants(entry)) {
                    debt.visit(owner, entry, text);
                }
            }
        };
    }

    /** Class files that lie loose in a folder are one artifact, named by the folder. */
    FileReport classes(Path root, List<Path> files, AtomicLong bytes) {
        ArtifactFacts facts = new ArtifactFacts(root.toString());
        Map<ArtifactFacts, Hazards> hazards = new LinkedHashMap<>();
        for (Path file : files) {
            try (RandomBytes content = RandomBytes.open(file)) {
                bytes.addAndGet(content.size());
                new ArtifactReader(request.target(), new Classes(hazards), texts()).read(facts,
                        root.relativize(file).toString(),
                        content);
            } catch (IOException e) {
                facts.finding(NativeRules.UNREADABLE, file.toString(), "could not be read: " + e);
            }
        }
        return concluded(facts, hazards);
    }
}
