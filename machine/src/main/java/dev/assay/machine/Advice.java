package dev.assay.machine;

/**
 * Something about a machine that hurts measurement.
 *
 * @param id stable, for scripts: {@code governor}
 * @param weight how much it hurts
 * @param finding what was found, with the value
 * @param why what it does to a measurement
 * @param remedy what to do
 */
public record Advice(String id, Weight weight, String finding, String why, String remedy) {
    /** How much something hurts, the worst first. */
    public enum Weight {
        /** Figures taken here say little. */
        SPOILS,
        /** Figures scatter or shift. */
        DISTURBS,
        /** Good to know when reading figures. */
        NOTE
    }
}
