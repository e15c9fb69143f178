package dev.assay.cli;

import java.io.Console;
import java.util.Map;

/** What the screen can do. */
final class Terminal {
    private static final int USUAL_COLUMNS = 100;

    private Terminal() {}

    /** Whether somebody watches. */
    static boolean interactive() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether to use colour (see no-color.org). */
    static boolean colour() {
        return interactive() && System.getenv("NO_COLOR") == null;
    }

    static int columns() {
        return columns(System.getenv());
    }

    static int columns(Map<String, String> environment) {
        try {
            int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return columns >= 40 ? columns : USUAL_COLUMNS;
        } catch (NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }
}
