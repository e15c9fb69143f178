package dev.assay.litmus;

/**
 * An event of a thread: a read, a write or a fence, with where its address, its value and its being reached come from.
 *
 * <p>
 * Sources are bits over the thread's events. The pick sources contain the plain ones.
 */
final class Action {
    enum Kind {
        READ, WRITE, FENCE
    }

    final Kind kind;
    final long address;
    final int size;
    final long value;
    final long tags;
    /** The position of the instruction in the thread's execution: equal for events of one instruction. */
    final int instance;
    /** The line in the test. */
    final int line;
    long addressSources;
    long addressPicks;
    long valueSources;
    long valuePicks;
    long controlSources;
    long controlPicks;
    /** The read of the same atomic instruction whose value went into the value written, or -1. */
    int computedFrom = -1;
    /** The read of the same atomic instruction that decided whether this is written, or -1. */
    int decidedBy = -1;
    /** Whether this and the other events of its instruction and kind are one access. */
    boolean partOfOne;
    /** An event of the same instruction that is ordered before this one, or -1. */
    int orderedAfter = -1;
    /** The read that this write makes an atomic update with, or -1. */
    int updates = -1;

    Action(Kind kind, long address, int size, long value, long tags, int instance, int line) {
        this.kind = kind;
        this.address = address;
        this.size = size;
        this.value = value;
        this.tags = tags;
        this.instance = instance;
        this.line = line;
    }

    boolean has(Tag tag) {
        return (tags & tag.bit()) != 0;
    }

    boolean isRead() {
        return kind == Kind.READ;
    }

    boolean isWrite() {
        return kind == Kind.WRITE;
    }
}
