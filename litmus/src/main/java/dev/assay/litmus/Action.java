package dev.assay.litmus;

/**
 * An event of a thread: a read, a write or a fence, with where its address, its value and its being reached come from.
 *
 * <p>
 * Sources are bits over the thread's events. The pick sources contain the plain ones. Where accesses of different sizes overlap, an
 * access is one event for each cell of memory, see {@link Pieces}.
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
    /** The reads of the same atomic instruction whose values went into the value written. */
    long computedFrom;
    /** The reads of the same atomic instruction that decided whether this is written. */
    long decidedBy;
    /** The events of the same instruction that are ordered before this one. */
    long orderedAfter;
    /** The first event of the access that this is a part of: two events with the same first one are seen together. */
    int access;
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
