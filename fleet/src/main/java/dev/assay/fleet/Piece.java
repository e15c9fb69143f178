package dev.assay.fleet;

import dev.assay.scan.ScanPlan;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One piece of a plan in a form that travels; Java's paths do not. */
record Piece(long position, String path, String root, boolean named, List<String> classes, long bytes)
        implements
            Serializable {
    Piece {
        // Spark's serialiser reads lists of the JDK by their own form, which must not be that of a view.
        classes = List.copyOf(classes);
    }

    static Piece of(long position, ScanPlan.Piece piece) {
        return new Piece(position, piece.path().toString(), piece.root().toString(), piece.named(),
                piece.classes().stream().map(Path::toString).toList(), size(piece.path()));
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException _) {
            // Its size only decides where it is dealt to; that it cannot be read is said by the scan.
            return 0;
        }
    }

    ScanPlan.Piece piece() {
        return new ScanPlan.Piece(Path.of(path), Path.of(root), named, classes.stream().map(Path::of).toList());
    }
}
