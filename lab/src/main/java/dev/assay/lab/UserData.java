package dev.assay.lab;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's data lies, by the XDG base directory specification. */
public final class UserData {
    private UserData() {}

    /**
     * {@code $XDG_DATA_HOME/assay}, or {@code ~/.local/share/assay} where that is not set. A relative path there counts as not set, as the
     * specification has it.
     */
    public static Path folder(Map<String, String> environment) {
        Path named = Path.of(environment.getOrDefault("XDG_DATA_HOME", ""));
        Path data = named.isAbsolute() ? named : Path.of(System.getProperty("user.home"), ".local", "share");
        return data.resolve("assay");
    }
}
