package dev.assay.report;

import dev.assay.decide.Comparison;
import java.util.Optional;

/**
 * On what occasion a run was made, as far as its page tells.
 *
 * @param topology a drawing of the machine as a whole SVG document
 * @param command that the user typed; {@code assay run} with the run's settings when empty
 * @param comparison that the run is read as
 */
public record Occasion(Optional<String> topology, Optional<String> command, Optional<Comparison> comparison) {
    /** Nothing else is known. */
    public static final Occasion UNKNOWN = new Occasion(Optional.empty(), Optional.empty(), Optional.empty());
}
