package dev.assay.bpf;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * In which order types are declared in C so that each stands before its first use by value, and which names need a
 * number because C would see them twice. Found at once, so that the text can then be written in slices.
 */
final class COrder {
    static final int FORWARD = 0;
    static final int TYPEDEF = 1;
    static final int BODY = 2;
    static final int ENUMERATION = 3;
    /** One of which a value's name was used before. */
    static final int ENUMERATION_RENAMED = 4;
    private static final int STEP_BITS = 3;

    private static final byte[] BUILTIN = "__builtin_va_list".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAX_DEPTH = 512;
    private static final byte DECLARED = 1;
    private static final byte OPEN = 2;
    private static final byte DONE = 3;

    private final Btf btf;
    private final byte[] states;
    private final short[] copies;
    private final Uses identifiers;
    /** By the type and the number of the enumerator within it; only the few that are used twice. */
    private final Map<Long, Integer> enumerators = new ConcurrentHashMap<>();
    /** Room for two of each type, so that it never moves while {@link Progress} lets others read its beginning. */
    private final int[] steps;
    private final Progress progress;
    private int length;
    private int depth;

    COrder(Btf btf, Progress progress) {
        this.btf = btf;
        this.progress = progress;
        states = new byte[btf.endId()];
        copies = new short[btf.endId()];
        steps = new int[2 * btf.endId()];
        identifiers = new Uses(btf.strings().end());
        number();
    }

    /** Told how many declarations have their place, after each one. */
    interface Progress {
        void placed(int length);
    }

    /** How often each name was used so far, by its offset: BTF stores a string once. Few are used twice. */
    private static final class Uses {
        private final BitSet once;
        private final Map<Integer, Integer> more = new HashMap<>();

        private Uses(int offsets) {
            once = new BitSet(offsets);
        }

        /** How often it was used before this. */
        private int add(int offset) {
            if (once.get(offset)) {
                return more.merge(offset, 1, Integer::sum);
            }
            once.set(offset);
            return 0;
        }
    }

    private void number() {
        Uses tags = new Uses(btf.strings().end());
        for (int id = 1; id < btf.endId(); id++) {
            switch (btf.kind(id)) {
                case STRUCT, UNION, ENUM, ENUM64 -> {
                    if (btf.nameOffset(id) != 0) {
                        copies[id] = (short) tags.add(offset(btf.nameOffset(id)));
                    }
                }
                case TYPEDEF -> copies[id] = (short) identifiers.add(offset(btf.nameOffset(id)));
                default -> {
                }
            }
        }
    }

    private int offset(int nameOffset) {
        return btf.strings().checked(nameOffset);
    }

    /** All named types, and the enumerations without a name, which are there for their values. */
    COrder all() {
        for (int id = 1; id < btf.endId(); id++) {
            switch (btf.kind(id)) {
                case STRUCT, UNION, TYPEDEF -> {
                    if (btf.nameOffset(id) != 0) {
                        require(id, true);
                    }
                }
                case ENUM, ENUM64 -> require(id, true);
                default -> {
                }
            }
        }
        return this;
    }

    /** One type, after all that it needs. */
    COrder one(int id) {
        require(id, true);
        return this;
    }

    /** How many declarations there are. */
    int length() {
        return length;
    }

    int type(int index) {
        return steps[index] >>> STEP_BITS;
    }

    int step(int index) {
        return steps[index] & (1 << STEP_BITS) - 1;
    }

    /** 0 where a name is used as it is, else the number behind {@code ___}, less one. */
    int copy(int id) {
        return copies[id];
    }

    /** As {@link #copy}, of an enumerator. */
    int copy(int id, int index) {
        return enumerators.getOrDefault((long) id << 32 | index, 0);
    }

    private void add(int id, int step) {
        steps[length++] = id << STEP_BITS | step;
        progress.placed(length);
    }

    /** Puts what must stand before a use of {@code id}; complete where it is used by value. */
    private void require(int id, boolean complete) {
        // Asked first, since it refuses a number that no type has.
        Kind kind = btf.kind(id);
        if (id == 0 || states[id] == DONE) {
            return;
        }
        if (++depth > MAX_DEPTH) {
            throw new BpfException.Malformed(btf.origin() + ": type " + id + " is nested over " + MAX_DEPTH + " deep");
        }
        switch (kind) {
            case PTR -> require(btf.target(id), false);
            case ARRAY -> require(btf.arrayElement(id), true);
            case CONST, VOLATILE, RESTRICT, TYPE_TAG -> require(btf.target(id), complete);
            case FUNC_PROTO -> {
                require(btf.target(id), false);
                int count = btf.length(id);
                for (int i = 0; i < count; i++) {
                    require(btf.parameterType(id, i), false);
                }
            }
            case TYPEDEF -> typedef(id, complete);
            case FWD -> {
                states[id] = DONE;
                add(id, FORWARD);
            }
            case STRUCT, UNION -> composite(id, complete);
            case ENUM, ENUM64 -> enumeration(id);
            default -> {
            }
        }
        depth--;
    }

    private void enumeration(int id) {
        states[id] = DONE;
        int count = btf.length(id);
        int width = btf.kind(id).elementWords;
        boolean renamed = false;
        for (int i = 0; i < count; i++) {
            int copy = identifiers.add(offset(btf.element(id, i, width, 0)));
            if (copy > 0) {
                enumerators.put((long) id << 32 | i, copy);
                renamed = true;
            }
        }
        // Without a name and values it says nothing.
        if (btf.nameOffset(id) != 0 || count > 0) {
            add(id, renamed ? ENUMERATION_RENAMED : ENUMERATION);
        }
    }

    private void typedef(int id, boolean complete) {
        if (states[id] == OPEN) {
            if (complete) {
                throw new BpfException.Malformed(btf.origin() + ": typedef " + id + " contains itself");
            }
            return;
        }
        int target = btf.target(id);
        if (btf.strings().is(btf.nameOffset(id), BUILTIN, false)) {
            states[id] = DONE;
            return;
        }
        if (states[id] == 0) {
            states[id] = OPEN;
            require(target, false);
            add(id, TYPEDEF);
            states[id] = DECLARED;
        }
        // Members of the struct behind it may use the typedef, so it stands before them.
        if (complete) {
            require(target, true);
            states[id] = DONE;
        }
    }

    private void composite(int id, boolean complete) {
        boolean named = btf.nameOffset(id) != 0;
        if (states[id] == OPEN) {
            if (complete && named) {
                throw new BpfException.Malformed(btf.origin() + ": " + Declaration.tag(btf, id) + " " + btf.name(id)
                        + " (type " + id + ") contains itself");
            }
            return;
        }
        if (named && states[id] == 0) {
            states[id] = DECLARED;
            add(id, FORWARD);
        }
        if (named && !complete) {
            return;
        }
        states[id] = OPEN;
        int count = btf.length(id);
        for (int i = 0; i < count; i++) {
            require(btf.memberType(id, i), true);
        }
        states[id] = DONE;
        if (named) {
            add(id, BODY);
        }
    }
}
