package dev.assay.fleet;

import dev.assay.scan.ScanException;
import dev.assay.scan.StoreSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a scanned store: tables, and a summary that is written last and says that they are whole. */
record StoreFolder(Path path) {
    private static final String SUMMARY = "summary.json";

    String table(String name) {
        return path.resolve(name).toString();
    }

    /** Only a folder that holds nothing, or an earlier scan of a store, is written over. */
    void claim() throws IOException {
        Files.createDirectories(path);
        try (Stream<Path> files = Files.list(path)) {
            List<Path> there = files.toList();
            if (!there.isEmpty() && there.stream().noneMatch(file -> file.endsWith(SUMMARY))) {
                throw new ScanException.Usage("The folder for the findings must be empty or hold those of an earlier "
                        + "scan; " + path + " holds " + there.getFirst().getFileName() + ". Name another.");
            }
        }
    }

    /** What the scan that filled it came to. */
    StoreSummary summary() throws IOException {
        Path written = path.resolve(SUMMARY);
        if (!Files.exists(written)) {
            throw new ScanException.Usage("--query needs the folder of a finished scan of a store; " + path
                    + " holds no " + SUMMARY + ". Scan with --spark first.");
        }
        return StoreSummary.of(Files.readString(written));
    }

    /** From here until {@link #finish} there is nothing to query. */
    void begin() throws IOException {
        Files.deleteIfExists(path.resolve(SUMMARY));
    }

    void finish(StoreSummary summary) throws IOException {
        Files.writeString(path.resolve(SUMMARY), summary.json());
    }
}
