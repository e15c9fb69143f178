package dev.assay.machine;

/** What kind of core it is, where a machine mixes several. */
public enum CoreClass {
    /** All cores of this machine are alike. */
    UNIFORM,
    /** The fastest kind of a mixed machine. */
    PERFORMANCE,
    /** A slower kind of a mixed machine. */
    EFFICIENCY,
    /** The machine does not say. */
    UNKNOWN
}
