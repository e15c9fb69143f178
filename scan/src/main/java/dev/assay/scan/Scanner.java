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
        return new ScanReport(request.target(), answer.artifacts(), scanner.wanted(answer.findings()), 0,
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
        Map<String, String> coordinates = new HashMap<>();
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
        request.repository()
                .ifPresent(
                        repository -> firstReady(new FirstReady(repository, request.target()), coordinates, findings));
        long files = pieces.stream().filter(piece -> piece.classes().isEmpty()).count();
        return new ScanReport(request.target(), artifacts, wanted(findings), 0, files, bytes.get()).without(baseline);
    }

    /** So that no thread waits at the end for another that has just begun with the largest file. */
    private static List<ScanPlan.Piece> largestFirst(List<ScanPlan.Piece> pieces) {
        record Sized(ScanPlan.Piece piece, long bytes) {}
        return pieces.stream().map(piece -> new Sized(piece, piece.path().toFile().length()))
                .sorted(Comparator.comparingLong(Sized::bytes).reversed()).map(Sized::piece).toList();
    }

    private List<Finding> wanted(List<Finding> findings) {
        return findings.stream().filter(finding -> !request.ignored().contains(finding.rule())).sorted(Finding.ORDER)
                .toList();
    }

    private static void firstReady(FirstReady search, Map<String, String> coordinates, List<Finding> findings) {
        findings.replaceAll(finding -> {
            Optional<FirstReady.Coordinates> known = finding.rule().equals(NativeRules.BROKEN.id())
                    ? Optional.ofNullable(coordinates.get(finding.artifact())).flatMap(FirstReady.Coordinates::of)
                    : Optional.empty();
            return known.map(of -> finding.remedied(search.answer(of) + " " + finding.remedy())).orElse(finding);
        });
    }

    /** The jars that a lock file pins are scanned where the caches hold them. */
    private void locked(Path file, List<Source> sources, List<Finding> findings) {
        try {
            for (FirstReady.Coordinates pinned : LockedDependencies.read(Files.readAllLines(file))) {
                Optional<Path> jar = LockedDependencies.find(pinned, Path.of(System.getProperty("user.home")));
                jar.ifPresentOrElse(found -> sources.add(new Source(found, found, true)),
                        () -> findings.add(NativeRules.UNRESOLVED.finding(file.toString(), pinned.artifact(),
                                pinned.group() + ":" + pinned.artifact() + ":" + pinned.version()
                                        + " is not in the caches")));
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            findings.add(NativeRules.UNREADABLE.finding(file.toString(), file.toString(), "could not be read: " + e));
        }
    }

    private void collect(Path path, List<Source> sources, List<Finding> findings) {
        if (!Files.exists(path)) {
            throw new ScanException.Usage("A path to scan must exist; " + path + " does not. Check the spelling.");
        }
        if (!Files.isDirectory(path) && LockedDependencies.isLockFile(path)) {
            locked(path, sources, findings);
            return;
        }
        if (!Files.isDirectory(path)) {
            sources.add(new Source(path, path, true));
            return;
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
