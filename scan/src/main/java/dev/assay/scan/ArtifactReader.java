package dev.assay.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Walks one top-level file to any depth and collects what it holds; what is wrong with an entry becomes a finding. */
final class ArtifactReader {
    private static final Pattern ARCHITECTURE = Pattern.compile("\"architecture\"\\s*:\\s*\"([a-z0-9_]{2,16})\"");

    private final Target target;
    private final ClassVisitor classes;
    private final TextVisitor texts;
    private final Budget budget;

    /** Is shown every class file; the bytes may be kept. */
    interface ClassVisitor {
        void visit(ArtifactFacts owner, String entry, byte[] bytes);

        /** No more classes of this artifact will come. */
        void finished(ArtifactFacts owner);

        /** Whether classes shall be shown whole, beyond what the status of their artifact needs. */
        boolean wanted();
    }

    /** Is shown every text whose name it wants. */
    interface TextVisitor {
        boolean wants(String name);

        void visit(ArtifactFacts owner, String entry, String text);
    }

    ArtifactReader(Target target, ClassVisitor classes, TextVisitor texts) {
        this(target, classes, texts, new Budget());
    }

    ArtifactReader(Target target, ClassVisitor classes, TextVisitor texts, Budget budget) {
        this.budget = budget;
        this.target = target;
        this.classes = classes;
        this.texts = texts;
    }

    /** Reads one file as an artifact; the file's kind is decided by its bytes. */
    void read(ArtifactFacts facts, String name, RandomBytes bytes) {
        try {
            content(facts, name, new Content.Plain(bytes), 0, true);
        } catch (Budget.Exhausted e) {
            facts.finding(NativeRules.BOMB, name, e.getMessage() + "; the rest of the file was not read");
        } catch (IOException | Malformed e) {
            unreadable(facts, name, e);
            facts.unreadable = Optional.of("could not be read: " + message(e));
        }
    }

    /** One entry of an artifact, or the artifact itself where it is the outermost. */
    private void content(ArtifactFacts owner, String name, Content content, int depth, boolean outermost)
            throws IOException {
        FileKind kind = FileKind.of(content.head(FileKind.HEAD));
        String path = outermost ? owner.path : owner.path + "!/" + name;
        switch (kind) {
            case ELF, MACH_O, PE, ARCHIVE -> nativeFile(owner, path, kind, content);
            case CLASS -> classFile(owner, name, content.head(Budget.CLASS_BYTES));
            case ZIP, JMOD -> archive(outermost ? owner : deeper(owner, name, depth), content, depth + 1);
            case TAR -> tar(outermost ? owner : deeper(owner, name, depth), content.stream(), depth);
            case GZIP, BZIP2, XZ, ZSTD -> compressed(owner, name, kind, content, depth, outermost);
            case TEXT -> text(owner, name, content);
            case OTHER -> {
            }
        }
    }

    private ArtifactFacts deeper(ArtifactFacts owner, String name, int depth) {
        if (depth >= Budget.DEPTH) {
            owner.finding(NativeRules.DEPTH, name, Budget.DEPTH + " archives in each other; this one was not read");
            throw new TooDeep();
        }
        return owner.nested(name);
    }

    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooDeep() {
            super(null, null, false, false);
        }
    }

    /** An entry that cannot be read is said so, and the next is read. */
    private void entry(ArtifactFacts owner, String name, Content content, int depth) {
        budget.entry();
        try {
            content(owner, name, content, depth, false);
        } catch (IOException | Malformed e) {
            unreadable(owner, name, e);
        } catch (TooDeep _) {
            // said already
        }
    }

    private static void unreadable(ArtifactFacts owner, String name, Exception e) {
        owner.finding(NativeRules.UNREADABLE, name, "could not be read: " + message(e));
    }

    private static String message(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private void nativeFile(ArtifactFacts owner, String path, FileKind kind, Content content) throws IOException {
        try {
            Optional<NativeFile> first = NativeReader.read(kind, path, content.head(4096), content.size() <= 4096);
            boolean more = first.isPresent() && content.size() > 4096
                    && (kind == FileKind.ARCHIVE || kind == FileKind.MACH_O
                            || first.get().system() == target.system()
                                    && first.get().processors().contains(target.processor()));
            if (more) {
                byte[] all = content.head(kind == FileKind.MACH_O ? 64 << 10 : Budget.NATIVE_BYTES);
                first = NativeReader.read(kind, path, all, all.length == content.size());
            }
            first.ifPresent(owner.natives::add);
        } catch (Malformed e) {
            owner.finding(NativeRules.MALFORMED, path, e.getMessage());
        }
    }

    private void classFile(ArtifactFacts owner, String name, byte[] bytes) {
        skimmed(owner, name, Window.big(bytes), true);
        if (classes.wanted()) {
            classes.visit(owner, name, bytes);
        }
    }

    private static void skimmed(ArtifactFacts owner, String name, Window bytes, boolean whole) {
        if (!name.endsWith("module-info.class")) {
            owner.classes++;
        }
        // A package may be a multi-release or a web application copy; the bytes name the class either way.
        if (whole) {
            ClassSkim.firstNative(bytes).ifPresent(owner::nativeMethod);
        }
    }

    private void text(ArtifactFacts owner, String name, Content content) throws IOException {
        boolean coordinates = name.endsWith("/pom.properties") && name.contains("META-INF/maven/");
        boolean configuration = content.size() > 2 && content.size() < Budget.TEXT_BYTES && opensObject(content)
                && (!name.contains(".") || name.endsWith(".json")) && owner.classes == 0;
        if (name.endsWith(".gwt.xml")) {
            owner.compiledToScript = true;
        }
        if (!coordinates && !configuration && !texts.wants(name)) {
            return;
        }
        String text = new String(content.head(Budget.TEXT_BYTES), StandardCharsets.UTF_8);
        if (coordinates) {
            coordinates(owner, text);
        } else if (configuration && text.contains("\"rootfs\"")) {
            Matcher matcher = ARCHITECTURE.matcher(text);
            if (matcher.find()) {
                owner.imageArchitecture = Optional.of(matcher.group(1));
            }
        }
        if (texts.wants(name)) {
            texts.visit(owner, name, text);
        }
    }

    /** By the bytes that are there: the size an archive states may be wrong, and the entry empty. */
    private static boolean opensObject(Content content) throws IOException {
        byte[] head = content.head(1);
        return head.length > 0 && head[0] == '{';
    }

    private static void coordinates(ArtifactFacts owner, String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new java.io.StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new Malformed("a pom.properties with a damaged escape: " + e.getMessage());
        }
        // A shaded jar holds several; only one alone tells what the jar is.
        boolean only = owner.artifactId.isEmpty();
        owner.artifactId = only ? Optional.ofNullable(properties.getProperty("artifactId")) : Optional.of("several");
        owner.coordinates = only
                ? Optional.of(properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":"
                        + properties.getProperty("version"))
                : Optional.empty();
    }

    private void archive(ArtifactFacts facts, Content content, int depth) throws IOException {
        Optional<RandomBytes> random = content.random();
        if (random.isPresent()) {
            zip(facts, random.get(), depth);
            return;
        }
        if (content instanceof Content.Deflated deflated && deflated.size() > Budget.BOMB_BYTES
                && deflated.size() / Math.max(1, deflated.compressed()) > Budget.BOMB_RATIO) {
            facts.finding(NativeRules.BOMB, facts.path,
                    "a nested archive of " + deflated.size() + " bytes compressed to "
                            + deflated.compressed() + "; it was not read");
            return;
        }
        long size = content.size();
        if (size >= 0 && budget.hold(size)) {
            try {
                byte[] bytes = content.stream().readNBytes((int) size);
                zip(facts, new RandomBytes.Held(bytes), depth);
            } finally {
                budget.release(size);
            }
        } else {
            passing(facts, content.stream(), depth);
        }
    }

    private void zip(ArtifactFacts facts, RandomBytes bytes, int depth) throws IOException {
        ZipDirectory directory;
        try {
            directory = ZipDirectory.read(bytes);
        } catch (Malformed e) {
            unreadable(facts, facts.path, e);
            facts.unreadable = Optional.of("could not be read as an archive: " + e.getMessage());
            passing(facts, new RandomStream(bytes), depth);
            return;
        }
        overlaps(facts, directory);
        try (Inflation inflation = new Inflation()) {
            // Classes last: whether they must be read whole depends on what else there is.
            zipEntries(facts, bytes, directory, inflation, depth, false);
            zipEntries(facts, bytes, directory, inflation, depth, true);
        }
        classes.finished(facts);
    }

    private void zipEntries(ArtifactFacts facts, RandomBytes bytes, ZipDirectory directory, Inflation inflation,
            int depth,
            boolean namedClass) {
        for (ZipDirectory.Entry entry : directory.entries()) {
            if (entry.folder() || entry.name().endsWith(".class") != namedClass) {
                continue;
            }
            if (climbs(entry.name())) {
                facts.finding(NativeRules.TRAVERSAL, entry.name(), "the entry name leads out of the archive");
            }
            if (entry.size() > 256L << 20 && entry.size() / Math.max(1, entry.compressed()) > 5L * Budget.BOMB_RATIO) {
                facts.finding(NativeRules.BOMB, entry.name(), "an entry of " + entry.size() + " bytes compressed to "
                        + entry.compressed() + "; only its first bytes were read");
            }
            try {
                Content content = content(facts, bytes, directory, entry, inflation);
                if (namedClass) {
                    classEntry(facts, entry, content, depth);
                } else {
                    entry(facts, entry.name(), content, depth);
                }
            } catch (IOException | Malformed e) {
                unreadable(facts, entry.name(), e);
            }
        }
    }

    /** One inflation instead of two: an entry that is named a class is read whole, and still judged by its bytes. */
    private void classEntry(ArtifactFacts facts, ZipDirectory.Entry entry, Content content, int depth)
            throws IOException {
        budget.entry();
        if (classes.wanted()) {
            byte[] bytes = content.head(Budget.CLASS_BYTES);
            if (FileKind.of(bytes) == FileKind.CLASS) {
                classFile(facts, entry.name(), bytes);
                return;
            }
        } else {
            boolean whole = facts.natives.isEmpty() && entry.size() <= Budget.CLASS_BYTES;
            Window bytes = content.glance(whole ? Budget.CLASS_BYTES : 16);
            if (FileKind.isClass(bytes)) {
                skimmed(facts, entry.name(), bytes, whole);
                return;
            }
        }
        entry(facts, entry.name(), content, depth);
    }

    private Content content(ArtifactFacts facts, RandomBytes bytes, ZipDirectory directory, ZipDirectory.Entry entry,
            Inflation inflation) throws IOException {
        if (entry.encrypted()) {
            throw new Malformed("it is encrypted");
        }
        long start = directory.dataStart(bytes, entry);
        return switch (entry.method()) {
            case 0 -> new Content.Plain(new RandomBytes.Slice(bytes, start, entry.compressed()));
            case 8 -> new Content.Deflated(bytes, start, entry.compressed(), entry.size(), budget, inflation);
            default -> throw new Malformed("it is compressed by method " + entry.method() + ", which is not read");
        };
    }

    private static boolean climbs(String name) {
        return name.startsWith("/") || name.startsWith("../") || name.contains("/../") || name.contains("..\\")
                || name.length() > 2 && name.charAt(1) == ':' && name.charAt(2) == '\\';
    }

    private static void overlaps(ArtifactFacts facts, ZipDirectory directory) {
        List<ZipDirectory.Entry> sorted = directory.entries().stream()
                .sorted(Comparator.comparingLong(ZipDirectory.Entry::offset)).toList();
        int found = 0;
        for (int i = 1; i < sorted.size(); i++) {
            ZipDirectory.Entry before = sorted.get(i - 1);
            ZipDirectory.Entry entry = sorted.get(i);
            // 30 bytes of local header and the name stand before the data.
            if (before.offset() + 30 + before.compressed() > entry.offset() && found++ == 0) {
                facts.finding(NativeRules.OVERLAP, entry.name(),
                        "shares bytes with " + before.name() + " at offset " + entry.offset());
            }
        }
    }

    /** Without the directory, entry after entry as the local headers say. */
    private void passing(ArtifactFacts facts, InputStream stream, int depth) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    long size = entry.getSize() < 0 ? Budget.NATIVE_BYTES : entry.getSize();
                    entry(facts, entry.getName(), Content.Passing.of(new Counted(zip, budget), size), depth + 1);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("a damaged entry name: " + e.getMessage());
        }
    }

    private void tar(ArtifactFacts facts, InputStream stream, int depth) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(stream, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (climbs(entry.getName())) {
                    facts.finding(NativeRules.TRAVERSAL, entry.getName(), "the entry name leads out of the archive");
                }
                if (entry.isFile()) {
                    entry(facts, entry.getName(), Content.Passing.of(new Counted(tar, budget), entry.getSize()),
                            depth + 1);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("a damaged tar header: " + e.getMessage());
        }
    }

    /** A compressed tar is walked; a single compressed file is one entry. */
    private void compressed(ArtifactFacts owner, String name, FileKind kind, Content content, int depth,
            boolean outermost)
            throws IOException {
        ArtifactFacts facts = outermost ? owner : deeper(owner, name, depth);
        try {
            InputStream stream = Decompression.stream(kind, content.stream());
            Content inner = Content.Passing.of(new Counted(stream, budget), Budget.NATIVE_BYTES);
            switch (FileKind.of(inner.head(FileKind.HEAD))) {
                case TAR -> tar(facts, inner.stream(), depth);
                case TEXT, OTHER -> {
                }
                default -> {
                    String plain = name.replaceFirst("\\.(gz|bz2|xz|zst)$", "");
                    byte[] bytes = inner.stream().readNBytes(Budget.NATIVE_BYTES);
                    entry(facts, plain.substring(plain.lastIndexOf('/') + 1),
                            new Content.Plain(new RandomBytes.Held(bytes)), depth + 1);
                }
            }
        } catch (IOException e) {
            // Two bytes are a weak magic number: a resource that only begins like one is not an archive.
            if (outermost || name.matches(".*\\.(t?gz|t?bz2|t?xz|zst)")) {
                throw e;
            }
        } finally {
            if (!outermost && facts.natives.isEmpty() && facts.nested.isEmpty() && facts.classes == 0
                    && facts.findings.isEmpty()) {
                owner.nested.remove(facts);
            }
        }
    }
}
