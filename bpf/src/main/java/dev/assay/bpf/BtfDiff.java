package dev.assay.bpf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What changed in a type, or in all, between two kernels. */
public final class BtfDiff {
    private BtfDiff() {}

    /** How a type or field differs. */
    public enum Change {
        ADDED, REMOVED, MOVED, RESIZED, RETYPED, REVALUED
    }

    /**
     * One difference.
     *
     * @param field the path within the type, empty for the type itself
     * @param before in the first kernel, empty where it is not there
     */
    public record Difference(String type, String field, Change change, String before, String after) {}

    /** What of {@code name} differs; both kernels may hold several of the name, which are then compared in their order. */
    public static List<Difference> type(Btf before, Btf after, String name) {
        String bare = name.contains(" ") ? name.substring(name.indexOf(' ') + 1) : name;
        List<Difference> found = new ArrayList<>();
        int[] old = only(before, before.find(bare, false));
        int[] fresh = only(after, after.find(bare, false));
        if (old.length == 0 && fresh.length == 0) {
            throw new BpfException.NotFound("neither " + before.origin() + " nor " + after.origin()
                    + " has a struct, union or enum \"" + bare + "\"");
        }
        for (int i = 0; i < Math.max(old.length, fresh.length); i++) {
            compare(before, i < old.length ? old[i] : 0, after, i < fresh.length ? fresh[i] : 0, found);
        }
        return found;
    }

    /** What differs anywhere. Types are matched by kind, name and order among those of the same name. */
    public static List<Difference> all(Btf before, Btf after) {
        Map<String, Integer> old = keyed(before);
        Map<String, Integer> fresh = keyed(after);
        Set<String> keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(fresh.keySet());
        List<Difference> found = new ArrayList<>();
        for (String key : keys) {
            compare(before, old.getOrDefault(key, 0), after, fresh.getOrDefault(key, 0), found);
        }
        return found;
    }

    private static int[] only(Btf btf, int[] ids) {
        return java.util.Arrays.stream(ids).filter(id -> btf.kind(id).composite() || btf.kind(id).enumeration())
                .toArray();
    }

    private static Map<String, Integer> keyed(Btf btf) {
        Map<String, Integer> keyed = new LinkedHashMap<>();
        Map<String, Integer> copies = new java.util.HashMap<>();
        for (int id = 1; id < btf.endId(); id++) {
            Kind kind = btf.kind(id);
            if (btf.nameOffset(id) != 0 && (kind.composite() || kind.enumeration())) {
                String name = Declaration.tag(btf, id) + " " + btf.name(id);
                keyed.put(name + "#" + copies.merge(name, 1, Integer::sum), id);
            }
        }
        return keyed;
    }

    private static void compare(Btf before, int old, Btf after, int fresh, List<Difference> found) {
        String name = old != 0 ? title(before, old) : title(after, fresh);
        if (old == 0 || fresh == 0) {
            found.add(old == 0
                    ? new Difference(name, "", Change.ADDED, "", after.storedSize(fresh) + " bytes")
                    : new Difference(name, "", Change.REMOVED, before.storedSize(old) + " bytes", ""));
            return;
        }
        if (before.storedSize(old) != after.storedSize(fresh)) {
            found.add(
                    new Difference(name, "", Change.RESIZED, before.storedSize(old) + " bytes", after.storedSize(fresh)
                            + " bytes"));
        }
        Map<String, TypeLayout.Row> olds = rows(before, old);
        Map<String, TypeLayout.Row> news = rows(after, fresh);
        Set<String> fields = new LinkedHashSet<>(olds.keySet());
        fields.addAll(news.keySet());
        for (String field : fields) {
            field(name, field, olds.get(field), news.get(field), found);
        }
    }

    private static String title(Btf btf, int id) {
        return Declaration.tag(btf, id) + " " + btf.name(id);
    }

    private static Map<String, TypeLayout.Row> rows(Btf btf, int id) {
        Map<String, TypeLayout.Row> rows = new LinkedHashMap<>();
        for (TypeLayout.Row row : TypeLayout.rows(btf, id)) {
            if (!row.hole() && !row.name().isEmpty()) {
                rows.put(row.name(), row);
            }
        }
        return rows;
    }

    private static void field(String type, String field, TypeLayout.Row old, TypeLayout.Row fresh,
            List<Difference> found) {
        if (old == null || fresh == null) {
            found.add(new Difference(type, field, old == null ? Change.ADDED : Change.REMOVED, says(old), says(fresh)));
        } else if (!Objects.equals(old.enumerator(), fresh.enumerator())) {
            found.add(new Difference(type, field, Change.REVALUED, says(old), says(fresh)));
        } else if (old.bitSize() != fresh.bitSize()) {
            found.add(new Difference(type, field, Change.RESIZED, says(old), says(fresh)));
        } else if (!old.declaration().equals(fresh.declaration())) {
            found.add(new Difference(type, field, Change.RETYPED, says(old), says(fresh)));
        } else if (old.bitOffset() != fresh.bitOffset()) {
            found.add(new Difference(type, field, Change.MOVED, says(old), says(fresh)));
        }
    }

    private static String says(TypeLayout.Row row) {
        if (row == null) {
            return "";
        }
        if (row.enumerator() != null) {
            return "= " + row.enumerator();
        }
        String at = row.bitOffset() % 8 == 0 ? "byte " + row.bitOffset() / 8 : "bit " + row.bitOffset();
        return row.declaration() + " at " + at;
    }
}
