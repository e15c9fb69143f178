package dev.assay.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * The libraries that a Gradle version catalogue declares (docs.gradle.org, "Version Catalogs").
 *
 * <p>
 * A catalogue lists what a build may use: what a library needs itself is not in it, nor which of the libraries are used.
 */
final class VersionCatalogue {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.+-]*[A-Za-z0-9]");

    private VersionCatalogue() {}

    /**
     * As declared, not found yet; what has no exact version is missing with the reason.
     *
     * @throws Malformed
     *             when it is not TOML
     */
    static List<Dependency> read(String toml) {
        JsonNode root;
        try {
            root = new TomlMapper().readTree(toml);
        } catch (JacksonException e) {
            throw new Malformed("not a version catalogue in TOML: " + e.getOriginalMessage());
        }
        List<Dependency> declared = new ArrayList<>();
        for (Map.Entry<String, JsonNode> library : root.path("libraries").properties()) {
            declared.add(declared(library.getKey(), library.getValue(), root.path("versions")));
        }
        return declared;
    }

    private static Dependency declared(String alias, JsonNode library, JsonNode versions) {
        if (library.isString()) {
            return exact(library.asString());
        }
        String module = library.path("module").asString("");
        if (module.isEmpty()) {
            module = library.path("group").asString("") + ":" + library.path("name").asString("");
        }
        JsonNode version = library.path("version");
        JsonNode referred = version.path("ref").isString() ? versions.path(version.path("ref").asString()) : version;
        Optional<String> number = number(referred);
        if (number.isEmpty()) {
            return new Dependency.Missing(module, version.path("ref").isString() && referred.isMissingNode()
                    ? "the library " + alias + " refers to the version " + version.path("ref").asString()
                            + ", which the catalogue does not have"
                    : "the library " + alias + " is declared without a version; a platform decides it");
        }
        return exact(module + ":" + number.get());
    }

    /** A plain version, or the one that a rich version insists on. */
    private static Optional<String> number(JsonNode version) {
        if (version.isString()) {
            return Optional.of(version.asString());
        }
        for (String kind : List.of("strictly", "require", "prefer")) {
            String text = version.path(kind).asString("");
            if (!text.isEmpty() && PLAIN.matcher("a:b:" + text).matches()) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }

    private static Dependency exact(String coordinates) {
        boolean plain = PLAIN.matcher(coordinates).matches() && !coordinates.contains("..")
                && !coordinates.endsWith(":latest.release") && !coordinates.endsWith(":latest.integration");
        return new Dependency.Missing(coordinates, plain ? "" : "its version is not a single one");
    }
}
