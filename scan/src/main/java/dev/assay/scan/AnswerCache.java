package dev.assay.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Answers of earlier scans by sums of the content; a damaged or foreign file in it only means to scan again. */
final class AnswerCache {
    /** Part of every key; raised whenever a rule or the verdict changes. */
    private static final String EDITION = "3";
    /** Stands for the path of the artifact, which may be another next time. */
    private static final String SELF = "\u0001";
    /** Summing more than this takes seconds, which a sparse file is not worth. */
    static final long MOST_BYTES = 4L << 30;
    private static final int BLOCK = 256 << 10;
    private static final int LAST = 16 << 10;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path folder;

    AnswerCache(Path folder) {
        this.folder = folder;
    }

    /**
     * Size, CRC-32 and CRC-32C of all bytes, and SHA-256 of the last of them, where an archive keeps its directory with
     * another CRC-32 of every entry. The processor computes these sums at the speed of memory, where SHA-256 of all bytes
     * would take longer than a scan of headers. Whoever forges content to look like other content scans without cache.
     */
    static String key(RandomBytes content, ScanRequest request) {
        try {
            CRC32 sum = new CRC32();
            CRC32C other = new CRC32C();
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            for (long at = 0; at < content.size();) {
                int length = (int) Math.min(block.length, content.size() - at);
                content.read(at, block, 0, length);
                sum.update(block, 0, length);
                other.update(block, 0, length);
                at += length;
                if (at == content.size()) {
                    digest.update(block, Math.max(0, length - LAST), Math.min(length, LAST));
                }
            }
            digest.update((EDITION + request.target() + request.checks().stream().sorted().toList() + content.size()
                    + " " + sum.getValue() + " " + other.getValue()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        } catch (IOException e) {
            return "";
        }
    }

    Optional<FileReport> find(String key, String path) {
        Path file = file(key);
        try {
            if (key.isEmpty() || !Files.exists(file)) {
                return Optional.empty();
            }
            FileReport stored = MAPPER.readValue(Files.readAllBytes(file), FileReport.class);
            return Optional.of(renamed(stored, SELF, path));
        } catch (IOException | JacksonException _) {
            return Optional.empty();
        }
    }

    void put(String key, String path, FileReport report) {
        if (key.isEmpty()) {
            return;
        }
        try {
            Path file = file(key);
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "answer", ".part");
            Files.write(fresh, MAPPER.writeValueAsBytes(renamed(report, path, SELF)));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | JacksonException _) {
            // Remembering is a convenience: a full or read-only disk must not fail the scan.
        }
    }

    private Path file(String key) {
        return folder.resolve(key.isEmpty() ? "none" : key.substring(0, 2)).resolve(key + ".json");
    }

    private static FileReport renamed(FileReport report, String from, String to) {
        return new FileReport(
                report.artifacts().stream()
                        .map(artifact -> new Artifact(swap(artifact.path(), from, to), artifact.status(),
                                artifact.evidence()
                                        .stream().map(fact -> new Evidence(swap(fact.path(), from, to), fact.says()))
                                        .toList()))
                        .toList(),
                report.findings().stream()
                        .map(finding -> new Finding(finding.rule(), finding.severity(), finding.confidence(),
                                swap(finding.artifact(), from, to), swap(finding.location(), from, to), finding.says(),
                                finding.remedy()))
                        .toList(),
                report.coordinates().entrySet().stream()
                        .collect(Collectors.toMap(entry -> swap(entry.getKey(), from, to), Map.Entry::getValue)));
    }

    private static String swap(String path, String from, String to) {
        return path.startsWith(from) ? to + path.substring(from.length()) : path;
    }
}
