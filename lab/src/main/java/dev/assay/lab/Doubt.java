package dev.assay.lab;

/**
 * A typed reason to trust a figure less, with what to do about it.
 *
 * @param says the reason with its actual value, a full sentence without the full stop
 * @param remedy what would remove it
 */
public record Doubt(Kind kind, String says, String remedy) {
    /** All reasons that the laboratory knows; closed, so that readers can rely on them. */
    public enum Kind {
        /** Other processes used the processors meanwhile. */
        NOISY_NEIGHBOUR,
        /** The hypervisor gave processor time to someone else. */
        STEAL,
        /** Tasks waited for processor, memory or storage (PSI). */
        PRESSURE,
        /** The processor or the cgroup was slowed down on purpose. */
        THROTTLED,
        /** Pages came from storage while measuring. */
        MAJOR_FAULTS,
        /** The wall clock and the monotonic clock disagreed. */
        CLOCK_JUMP,
        /** The program ran translated; it says little about real hardware. */
        EMULATED,
        /** A virtual machine: neighbours and the host cannot be seen. */
        VIRTUALISED,
        /** Iterations still drifted when the trial ended. */
        NOT_SETTLED,
        /** Too few processes for a narrow interval. */
        TOO_FEW_PROCESSES,
        /** Blocks were set aside. */
        DISCARDED_BLOCKS,
        /** Trials crashed, hung or broke their promise. */
        FAILED_TRIALS,
        /** The placement asked for was refused. */
        NOT_PLACED,
        /** The metric moved between blocks far more than within them. */
        UNSTABLE,
        /** Memory pages are not of the kind asked for. */
        PAGES,
        /** Another laboratory worked on this machine at the same time. */
        ANOTHER_ASSAY,
        /** The run ended before it was done. */
        CUT_SHORT,
        /** The clock cannot resolve what was measured. */
        CLOCK_RESOLUTION,
        /** Processes fall into groups that differ. */
        SEVERAL_MODES,
        /** Less was asked for than a calibration of this machine says it can see. */
        BELOW_CALIBRATION,
        /** What is compared was measured on another machine, JDK or at another time. */
        OTHER_MACHINE,
        /** A chapter's own doubt. */
        WORKLOAD;

        /** The name in files: lower case with hyphens. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        static Kind ofId(String id) {
            return valueOf(id.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        }
    }
}
