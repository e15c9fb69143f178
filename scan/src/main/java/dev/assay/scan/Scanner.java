package dev.assay.scan;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Scans files and folders in parallel, one top-level file at a time on each thread. */
public final class Scanner {
    private final ScanRequest request;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    /** Coordinates of jars that a build file led to, by path. */
    private final Map<String, String> resolved = new HashMap<>();

    private Scanner(ScanRequest request) {
        this.request = request;
    }

    /**
     * Scans.
     *
     * @throws ScanException.Usage
     *             when a path is not there or the baseline cannot be read
     */
    public static ScanReport scan(ScanRequest request) {
        return new Scanner(request).run();
    }

    /** A file to scan; loose classes and texts of a folder are put together under the folder's name. */
    private record Source(Path file, Path root, boolean named) {}

    /** Finds what there is to scan, and reads none of it. */
    public static ScanPlan plan(ScanRequest request) {
        List<Finding> findings = new ArrayList<>();
        return new ScanPlan(new Scanner(request).pieces(findings), findings);
    }

    /** Scans one piece of a plan; the baseline is not asked. */
    public static ScanReport part(ScanRequest request, ScanPlan.Piece piece) {
        Scanner scanner = new Scanner(request);
        FileReport answer = scanner.one(piece, 1);
        List<Finding> findings = new ArrayList<>(answer.findings());
        scanner.refine(findings, answer.coordinates());
        return new ScanReport(request.target(), answer.artifacts(), scanner.wanted(findings), 0,
                piece.classes().isEmpty() ? 1 : 0, scanner.bytes.get());
    }

    private List<ScanPlan.Piece> pieces(List<Finding> findings) {
        List<Source> sources = new ArrayList<>();
        Map<Path, List<Path>> loose = new LinkedHashMap<>();
        for (Path path : request.paths()) {
            collect(path, sources, findings);
        }
        List<ScanPlan.Piece> pieces = new ArrayList<>();
        for (Source source : sources) {
            // Loose classes share nests and super classes, so they are read together.
            if (!source.named() && source.file().toString().endsWith(".class")) {
                loose.computeIfAbsent(source.root(), _ -> new ArrayList<>()).add(source.file());
            } else {
                pieces.add(new ScanPlan.Piece(source.file(), source.root(), source.named(), List.of()));
            }
        }
        loose.forEach((root, classes) -> pieces.add(new ScanPlan.Piece(root, root, false, classes)));
        return pieces;
    }

    private ScanReport run() {
        Baseline baseline = request.baseline().map(Baseline::read).orElse(Baseline.NONE);
        List<Finding> findings = new ArrayList<>();
        List<ScanPlan.Piece> pieces = pieces(findings);
        List<Artifact> artifacts = new ArrayList<>();
        Map<String, String> coordinates = new HashMap<>(resolved);
        try (ExecutorService pool = Executors.newFixedThreadPool(request.threads())) {
            Map<ScanPlan.Piece, Future<FileReport>> reports = new IdentityHashMap<>();
            for (ScanPlan.Piece piece : largestFirst(pieces)) {
                reports.put(piece, pool.submit(() -> one(piece, pieces.size())));
            }
            for (ScanPlan.Piece piece : pieces) {
                FileReport answer = reports.remove(piece).get();
                artifacts.addAll(answer.artifacts());
                coordinates.putAll(answer.coordinates());
                findings.addAll(answer.findings());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The scan was interrupted.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A rule failed: " + e.getCause(), e.getCause());
        }
        refine(findings, coordinates);
        long files = pieces.stream().filter(piece -> piece.classes().isEmpty()).count();
        return new ScanReport(request.target(), artifacts, wanted(findings), 0, files, bytes.get()).without(baseline);
    }

    /** So that no thread waits at the end for another that has just begun with the largest file. */
    private static List<ScanPlan.Piece> largestFirst(List<ScanPlan.Piece> pieces) {
        record Sized(ScanPlan.Piece piece, long bytes) {}
        return pieces.stream().map(piece -> new Sized(piece, piece.path().toFile().length()))
                .sorted(Comparator.comparingLong(Sized::bytes).reversed()).map(Sized::piece).toList();
    }

    /** What coordinates add to findings: the version to take, and what is outdated. */
    private void refine(List<Finding> findings, Map<String, String> coordinates) {
        findings.replaceAll(new Remedies(request, coordinates, resolved)::refined);
        if (request.checks().contains(ScanRequest.Check.debt)) {
            findings.addAll(Dependencies.debt(coordinates, request.repository().map(ReleaseStore::new)));
        }
    }

    private List<Finding> wanted(List<Finding> findings) {
        return findings.stream().filter(finding -> !request.ignored().contains(finding.rule())).sorted(Finding.ORDER)
                .toList();
    }

    /** What a build file asks for is scanned where it can be had, and named where it cannot. */
    private void dependencies(Path file, BuildFile kind, List<Source> sources, List<Finding> findings) {
        try {
            for (Dependency dependency : kind.dependencies(file, request.target(), request.builds())) {
                switch (dependency) {
                    case Dependency.Found found -> {
                        resolved.put(found.file().toString(), found.coordinates());
                        sources.add(new Source(found.file(), found.file(), true));
                    }
                    case Dependency.Missing missing -> findings.add(NativeRules.UNRESOLVED.finding(file.toString(),
                            missing.coordinates(), missing.coordinates() + ": " + missing.reason()));
                }
            }
        } catch (Malformed e) {
            findings.add(NativeRules.UNREADABLE.finding(file.toString(), file.toString(), e.getMessage()));
        }
    }

    private void collect(Path path, List<Source> sources, List<Finding> findings) {
        if (!Files.exists(path)) {
            throw new ScanException.Usage("A path to scan must exist; " + path + " does not. Check the spelling.");
        }
        Optional<BuildFile> build = Files.isDirectory(path) ? Optional.empty() : BuildFile.of(path);
        if (build.isPresent()) {
            dependencies(path, build.get(), sources, findings);
            return;
        }
        if (!Files.isDirectory(path)) {
            sources.add(new Source(path, path, true));
            return;
        }
        if (Files.isRegularFile(path.resolve("pom.xml"))) {
            findings.add(NativeRules.UNRESOLVED.finding(path.toString(), path.resolve("pom.xml").toString(),
                    "a folder is scanned for what lies in it; to scan what this build depends on, name its pom.xml"));
        }
        try {
            // The folder that was named is followed when it is a link; links within are not, so that loops cannot occur.
            Files.walkFileTree(path.toRealPath(), EnumSet.noneOf(FileVisitOption.class), Integer.MAX_VALUE,
                    new Tree(path, path.toRealPath(), sources, findings));
        } catch (IOException e) {
            findings.add(NativeRules.UNREADABLE.finding(path.toString(), path.toString(), "could not be walked: " + e));
        }
    }

    private static final class Tree extends SimpleFileVisitor<Path> {
        private final Path named;
        private final Path real;
        private final List<Source> sources;
        private final List<Finding> findings;

        Tree(Path named, Path real, List<Source> sources, List<Finding> findings) {
            this.named = named;
            this.real = real;
            this.sources = sources;
            this.findings = findings;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path name = folder.getFileName();
            return name != null && name.toString().equals(".git")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() > 0) {
                sources.add(new Source(named.resolve(real.relativize(file)), named, false));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            String path = named.resolve(real.relativize(file)).toString();
            findings.add(NativeRules.UNREADABLE.finding(path, path, "could not be read: " + e));
            return FileVisitResult.CONTINUE;
        }
    }

    private FileReport one(ScanPlan.Piece piece, int of) {
        FileReport report;
        try {
            report = piece.classes().isEmpty()
                    ? new FileScan(request).scan(piece.path(), piece.named(), piece.root(), bytes)
                    : new FileScan(request).classes(piece.path(), piece.classes(), bytes);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // One file must not take the others with it: what failed is named, and the rest is scanned.
            String path = piece.path().toString();
            report = new FileReport(List.of(),
                    List.of(NativeRules.UNREADABLE.finding(path, path, "could not be judged: " + e)),
                    Map.of());
        }
        int count = done.incrementAndGet();
        if (count % 200 == 0 || count == of) {
            request.progress().accept(count + " of " + of + " files");
        }
        return report;
    }
}
