package dev.assay.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as {@code run.json}, and back. Written whole to a second file and moved into place, so that a reader, a full
 * disk or a kill never meets half a run.
 */
public final class Archive {
    public static final String FILE = "run.json";
    static final String SCHEMA = "assay.run/1";
    private static final String SCHEMA_NAME = "assay.run/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Archive() {}

    /** The run as JSON text. */
    public static String json(Run run) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(RunTree.of(run));
    }

    /**
     * Writes {@code run.json} into a folder that exists.
     *
     * @throws LabException.Archive when it cannot be written; what was there before is untouched
     */
    public static Path save(Run run, Path folder) {
        Path file = folder.resolve(FILE);
        Path part = folder.resolve(FILE + ".part");
        try {
            Files.writeString(part, JSON.writeValueAsString(RunTree.of(run)));
            return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new LabException.Archive(file + " cannot be written: " + FileTrouble.of(e)
                    + "; free space or name another folder", e);
        }
    }

    /**
     * Reads the run in a folder.
     *
     * @throws LabException.Usage when there is none, it is cut off, or it was written by a newer version
     */
    public static Run load(Path folder) {
        Path file = folder.resolve(FILE);
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new LabException.Usage(file + " cannot be read: " + FileTrouble.of(e));
        }
        return parse(text, file.toString());
    }

    /** @param source named in errors */
    static Run parse(String text, String source) {
        Object tree;
        try {
            tree = JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new LabException.Usage(source + " is not whole JSON: it breaks off or is wrong at line "
                    + (at == null ? "?" : at.getLineNr() + ", column " + at.getColumnNr())
                    + "; was the disk full? The run cannot be read");
        }
        Tree root = new Tree("", tree);
        try {
            checkSchema(root, source);
        } catch (Tree.Wrong e) {
            throw new LabException.Usage(source + " is not a run: " + e.getMessage());
        }
        try {
            return RunTree.read(root);
        } catch (Tree.Wrong | IllegalArgumentException | LabException.Usage e) {
            throw new LabException.Usage(source + " is not a run of this version: " + e.getMessage());
        }
    }

    private static void checkSchema(Tree root, String source) {
        if (!(root.value() instanceof Map<?, ?>) || !root.has("schema")) {
            throw new LabException.Usage(source + " is not a run: it names no schema; expected " + SCHEMA);
        }
        String schema = root.text("schema");
        if (schema.equals(SCHEMA)) {
            return;
        }
        if (schema.startsWith(SCHEMA_NAME)) {
            throw new LabException.Usage(source + " was written by another version of Assay (schema " + schema
                    + ", this one reads " + SCHEMA + "); update Assay");
        }
        throw new LabException.Usage(source + " is not a run but " + schema + "; expected " + SCHEMA);
    }
}
