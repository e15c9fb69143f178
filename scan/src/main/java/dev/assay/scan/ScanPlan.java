package dev.assay.scan;

import java.nio.file.Path;
import java.util.List;

/**
 * What there is to scan, found but not read: pieces that can be scanned apart, on other machines too.
 *
 * @param findings
 *            what could not be looked at while the pieces were found
 */
public record ScanPlan(List<Piece> pieces, List<Finding> findings) {
    public ScanPlan {
        pieces = List.copyOf(pieces);
        findings = List.copyOf(findings);
    }

    /**
     * One file, or the loose classes of one folder, which are judged together.
     *
     * @param named
     *            whether the user named this path, not a folder above it
     * @param classes
     *            class files below the path; empty when the path is a file
     */
    public record Piece(Path path, Path root, boolean named, List<Path> classes) {
        public Piece {
            classes = List.copyOf(classes);
        }
    }
}
