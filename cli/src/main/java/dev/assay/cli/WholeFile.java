package dev.assay.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file whole or not at all. */
final class WholeFile {
    private WholeFile() {}

    /** Into a file when there is one, else to the terminal. */
    static void writeOrPrint(Path file, String text, PrintWriter terminal) {
        if (file == null) {
            terminal.print(text);
            terminal.flush();
        } else {
            write(file, text);
        }
    }

    static void write(Path file, String text) {
        Path target = file.toAbsolutePath();
        Path half = null;
        try {
            half = Files.createTempFile(target.getParent(), ".assay", ".part");
            Files.writeString(half, text);
            Files.move(half, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (half != null) {
                half.toFile().delete();
            }
            throw new UncheckedIOException("the file " + file + " cannot be written: " + e, e);
        }
    }
}
