package dev.assay.quantum;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads OpenQASM 2.0 and the part of OpenQASM 3 that compilers emit, and writes both. */
public final class Qasm {
    private Qasm() {}

    /**
     * Reads a circuit from a file; its includes lie beside it or below.
     *
     * @throws QasmException when the text is wrong, with the place
     * @throws MappingException when the file cannot be read
     */
    public static Circuit read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new MappingException("there is no circuit file " + file);
        } catch (CharacterCodingException e) {
            throw new MappingException("a circuit is UTF-8 text; " + file + " is not");
        } catch (IOException | OutOfMemoryError e) {
            throw new MappingException("the circuit " + file + " cannot be read: " + e.getMessage());
        }
        return parse(file.toString(), text, file);
    }

    /**
     * Reads a circuit from text.
     *
     * @param name what errors call the text
     * @throws QasmException when the text is wrong, with the place
     */
    public static Circuit parse(String name, String text) {
        return parse(name, text, null);
    }

    private static Circuit parse(String name, String text, Path file) {
        Lexer lexer = new Lexer(name, text);
        if (!lexer.accept("OPENQASM")) {
            throw lexer.error("the first statement names the version: OPENQASM 2.0; or OPENQASM 3;");
        }
        int at = lexer.at;
        String version = lexer.value;
        lexer.next();
        lexer.expect(";");
        QasmReader reader = switch (version) {
            case "2.0", "2" -> new Qasm2Reader(lexer, file);
            case "3", "3.0", "3.1" -> new Qasm3Reader(lexer, file);
            default -> throw lexer.errorAt(at, "OPENQASM " + version + " is not read here; 2.0 and 3 are");
        };
        return reader.read();
    }

    /**
     * The circuit as OpenQASM 2.0.
     *
     * @throws MappingException when it holds what version 2 cannot say: branches, delays, conditions on single bits
     */
    public static String write2(Circuit circuit) {
        return new Qasm2Writer(circuit).text();
    }

    /** The circuit as OpenQASM 3. */
    public static String write3(Circuit circuit) {
        return new Qasm3Writer(circuit).text();
    }
}
