package dev.assay.quantum;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The files that a circuit includes. They lie beside the including text or below it, so that a circuit cannot read the
 * machine's files.
 */
final class Includes {
    private static final int DEEPEST = 64;
    private final Deque<Path> open = new ArrayDeque<>();
    private final Path root;

    /** @param file the text's own place, or null when it has none and so cannot include files */
    Includes(Path file) {
        this.root = file == null ? null : file.toAbsolutePath().normalize().getParent();
        if (file != null) {
            open.push(file.toAbsolutePath().normalize());
        }
    }

    /** The text of the file; its own includes are taken from its folder until it is closed. */
    String open(String name, Lexer lexer, int at) {
        Path file = resolve(name, lexer, at);
        if (open.contains(file)) {
            throw lexer.errorAt(at, "the file " + name + " includes itself, by way of " + open.size()
                    + " file(s); remove one of the includes");
        }
        if (open.size() >= DEEPEST) {
            throw lexer.errorAt(at, "includes may be nested at most " + DEEPEST + " deep");
        }
        try {
            String text = Files.readString(file);
            open.push(file);
            return text;
        } catch (CharacterCodingException e) {
            throw lexer.errorAt(at, "the included file " + name + " is not UTF-8 text");
        } catch (IOException e) {
            throw lexer.errorAt(at, "the included file " + name + " cannot be read (" + e.getMessage()
                    + "); built in are qelib1.inc and stdgates.inc");
        }
    }

    void close() {
        open.pop();
    }

    private Path resolve(String name, Lexer lexer, int at) {
        if (root == null) {
            throw lexer.errorAt(at, "a text without a file of its own can include only qelib1.inc and stdgates.inc");
        }
        try {
            Path file = open.peek().getParent().resolve(name).normalize();
            Path real = Files.exists(file) ? file.toRealPath() : file;
            if (Path.of(name).isAbsolute() || !file.startsWith(root)
                    || Files.exists(file) && !real.startsWith(root.toRealPath())) {
                throw lexer.errorAt(at, "an included file must lie in the circuit's own folder or below, not at '"
                        + name + "'");
            }
            return file;
        } catch (InvalidPathException | IOException e) {
            throw lexer.errorAt(at, "the included file '" + name + "' cannot be found: " + e.getMessage());
        }
    }
}
