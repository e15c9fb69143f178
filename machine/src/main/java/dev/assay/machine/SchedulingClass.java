package dev.assay.machine;

/** The scheduling classes of sched(7) that a trial may run in. Priorities are 1 (low) to 99. */
public sealed interface SchedulingClass {
    /** SCHED_OTHER, the ordinary one. */
    record Other() implements SchedulingClass {}

    /** SCHED_BATCH: as Other, but taken for one that never waits for people. */
    record Batch() implements SchedulingClass {}

    /** SCHED_IDLE: only when nothing else wants the processor. */
    record Idle() implements SchedulingClass {}

    /** SCHED_FIFO: real time, until it gives way by itself. */
    record Fifo(int priority) implements SchedulingClass {
        public Fifo {
            check(priority);
        }
    }

    /** SCHED_RR: real time, in turns with others of the same priority. */
    record RoundRobin(int priority) implements SchedulingClass {
        public RoundRobin {
            check(priority);
        }
    }

    private static void check(int priority) {
        if (priority < 1 || priority > 99) {
            throw new IllegalArgumentException("a real-time priority is from 1 to 99, not " + priority);
        }
    }

    /** {@code other}, {@code batch}, {@code idle}, {@code fifo:10} or {@code rr:10}. */
    default String text() {
        return switch (this) {
            case Other() -> "other";
            case Batch() -> "batch";
            case Idle() -> "idle";
            case Fifo(int priority) -> "fifo:" + priority;
            case RoundRobin(int priority) -> "rr:" + priority;
        };
    }

    /** What {@link #text} wrote; anything else is an IllegalArgumentException. */
    static SchedulingClass of(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.equals("fifo") || name.equals("rr")) {
            long priority = colon < 0 ? 1 : Math.clamp(Parse.number(text.substring(colon + 1)), -1, 1000);
            return name.equals("fifo") ? new Fifo((int) priority) : new RoundRobin((int) priority);
        }
        return switch (text) {
            case "other" -> new Other();
            case "batch" -> new Batch();
            case "idle" -> new Idle();
            default -> throw new IllegalArgumentException(
                    "a scheduling class is other, batch, idle, fifo:PRIORITY or rr:PRIORITY, not '" + Parse.shown(text)
                            + "'");
        };
    }
}
