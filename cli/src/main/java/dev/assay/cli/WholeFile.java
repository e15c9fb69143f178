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

    /** Says at once what would be found out after long work: that the file cannot be written, or is what is read. */
    static void check(Path file, Path... read) {
        Path target = file.toAbsolutePath();
        String wrong = null;
        if (Files.isDirectory(target)) {
            wrong = "it is a folder; name a file";
        } else if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            wrong = "there is no folder " + target.getParent() + "; create it";
        } else if (!Files.isWritable(target.getParent())) {
            wrong = "nothing may be written into the folder " + target.getParent();
        }
        for (Path input : read) {
            try {
                if (Files.exists(target) && Files.exists(input) && Files.isSameFile(target, input)) {
                    wrong = "it is the file that is read; name another";
                }
            } catch (IOException e) {
                wrong = "it cannot be looked at: " + e.getMessage();
            }
        }
        if (wrong != null) {
            throw new UncheckedIOException(new IOException("the file " + file + " cannot be written: " + wrong));
        }
    }

    static void write(Path file, String text) {
        check(file);
        Path target = file.toAbsolutePath();
        Path half = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            Files.writeString(half, text);
            Files.move(half, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            half.toFile().delete();
            throw new UncheckedIOException("the file " + file + " cannot be written: " + e, e);
        }
    }
}
