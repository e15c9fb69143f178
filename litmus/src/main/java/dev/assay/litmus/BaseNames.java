package dev.assay.litmus;

import dev.assay.litmus.cat.EventSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The sets and relations that every execution offers to models, by name. */
final class BaseNames {
    private static final Map<String, Tag> TAGS = new HashMap<>();
    private static final Set<String> ALL = new HashSet<>(
            Set.of("R", "W", "M", "F", "IW", "FW", "Exp", "NExp", "I", "Sc", "B", "po", "loc",
                    "int", "ext", "si", "sm", "same-instance", "addr", "data", "ctrl", "rmw", "amo", "lxsx", "addr-reg",
                    "data-reg",
                    "ctrl-reg", "pick-addr-reg", "pick-data-reg", "pick-ctrl-reg", "iico_data", "iico_ctrl",
                    "iico_order"));

    static {
        for (Tag tag : Tag.values()) {
            TAGS.put(tag.catName(), tag);
        }
        ALL.addAll(TAGS.keySet());
    }

    private BaseNames() {}

    /** The names. */
    static Set<String> all() {
        return ALL;
    }

    /** The value of a name for an execution's skeleton, or null when it has none. */
    static Object compute(Skeleton s, String name) {
        Tag tag = TAGS.get(name);
        if (tag != null) {
            return s.set(i -> s.action(i).has(tag));
        }
        return switch (name) {
            case "R" -> s.set(i -> s.action(i).isRead());
            case "W" -> s.set(i -> s.action(i).isWrite());
            case "M", "Exp" -> s.set(i -> s.action(i).kind != Action.Kind.FENCE);
            case "F" -> s.set(i -> s.action(i).kind == Action.Kind.FENCE);
            case "IW" -> s.set(i -> s.thread(i) < 0);
            case "NExp", "I", "FW", "Sc", "B" -> EventSet.EMPTY;
            case "po" -> s.relation(i -> s.after(i) & ~instance(s, i));
            case "iico_order" -> s.fromSources(a -> a.orderedAfter);
            case "loc" -> s.relation(i -> s.set(j -> overlap(s.action(i), s.action(j))).bits());
            case "int" -> s.relation(i -> s.threadOf(i));
            case "ext" -> s.relation(i -> Skeleton.bits(0, s.size()) & ~s.threadOf(i));
            case "sm" -> s.relation(i -> s.thread(i) < 0
                    ? 1L << i
                    : s.set(j -> s.action(i).access == s.action(j).access).bits() & instance(s, i));
            case "si", "same-instance" -> s.relation(i -> instance(s, i));
            case "addr", "addr-reg" -> s.fromSources(a -> a.addressSources);
            case "data", "data-reg" -> s.fromSources(a -> a.valueSources);
            case "ctrl", "ctrl-reg" -> s.fromSources(a -> a.controlSources);
            case "pick-addr-reg" -> s.fromSources(a -> a.addressPicks);
            case "pick-data-reg" -> s.fromSources(a -> a.valuePicks);
            case "pick-ctrl-reg" -> s.fromSources(a -> a.controlPicks);
            case "iico_data" -> s.fromSources(a -> a.computedFrom);
            case "iico_ctrl" -> s.fromSources(a -> a.decidedBy);
            case "rmw" -> s.fromSources(a -> bit(a.updates));
            case "amo" -> s.fromSources(a -> a.has(Tag.ATOMIC) ? bit(a.updates) : 0);
            case "lxsx" -> s.fromSources(a -> a.has(Tag.EXCLUSIVE) ? bit(a.updates) : 0);
            default -> null;
        };
    }

    /** The events of one instruction's execution. */
    private static long instance(Skeleton s, int event) {
        long bits = 1L << event;
        if (s.thread(event) >= 0) {
            int instance = s.action(event).instance;
            for (int i = event - 1; i >= s.cells() && s.thread(i) == s.thread(event)
                    && s.action(i).instance == instance; i--) {
                bits |= 1L << i;
            }
            for (int i = event + 1; i < s.size() && s.thread(i) == s.thread(event)
                    && s.action(i).instance == instance; i++) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    private static long bit(int event) {
        return event < 0 ? 0 : 1L << event;
    }

    static boolean overlap(Action a, Action b) {
        return a.kind != Action.Kind.FENCE && b.kind != Action.Kind.FENCE && a.address < b.address + b.size
                && b.address < a.address + a.size;
    }

}
