package dev.assay.litmus;

import dev.assay.litmus.cat.CatException;
import dev.assay.litmus.cat.CatModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The models that come with Assay, and those of users. */
final class Models {
    private static final CatModel PRELUDE = ours("prelude");

    private Models() {}

    /** The definitions that all models may use. */
    static CatModel prelude() {
        return PRELUDE;
    }

    /** The model of an architecture. */
    static CatModel of(Architecture architecture) {
        return ours(switch (architecture) {
            case X86_64, X86 -> "x86-tso";
            case AARCH64 -> "armv8";
            case RISCV -> "rvwmo";
            case JAVA -> "java";
        });
    }

    /**
     * A model by file name, or by the name of one of ours: sc, x86-tso, armv8, rvwmo, java. Includes are looked for beside the file, then
     * among ours.
     *
     * @throws LitmusException when there is no such model or it is not understood
     */
    static CatModel named(String name) {
        Path file = Path.of(name);
        try {
            if (!Files.isRegularFile(file)) {
                String base = name.endsWith(".cat") ? name.substring(0, name.length() - 4) : name;
                if (base.matches("[a-z0-9-]+") && resource(base + ".cat").isPresent()) {
                    return ours(base);
                }
                throw new LitmusException("there is no model " + name
                        + ": name a .cat file, or one of sc, x86-tso, armv8, rvwmo, java");
            }
            return CatModel.parse(name, Files.readString(file),
                    include -> beside(file, include).or(() -> resource(include)));
        } catch (CatException e) {
            throw new LitmusException(e.getMessage());
        } catch (IOException e) {
            throw new LitmusException(file + " cannot be read: " + e.getMessage());
        }
    }

    private static CatModel ours(String name) {
        String text = resource(name + ".cat").orElseThrow(() -> new IllegalStateException("no model " + name));
        return CatModel.parse(name + ".cat", text, Models::resource);
    }

    private static Optional<String> beside(Path file, String include) {
        Path path = file.resolveSibling(include);
        try {
            return Files.isRegularFile(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            throw new LitmusException(path + " cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> resource(String name) {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            return Optional.empty();
        }
        try (InputStream in = Models.class.getResourceAsStream("models/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
