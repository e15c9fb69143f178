package dev.assay.bpf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds types by name and fields by path: {@code task_struct}, {@code struct task_struct.se.vruntime},
 * {@code task_struct.comm[3]}.
 *
 * <p>
 * A kernel may hold several types of one name; all are answered, none is guessed.
 */
public final class TypeQuery {
    private final Btf btf;
    private final String text;
    private final String keyword;
    private final String type;
    private final List<String> steps;

    private TypeQuery(Btf btf, String text) {
        this.btf = btf;
        this.text = text;
        String rest = text.strip();
        int space = rest.indexOf(' ');
        String first = space < 0 ? "" : rest.substring(0, space);
        boolean known = Set.of("", "struct", "union", "enum").contains(first);
        // Kernels have types such as "long unsigned int": then the whole text is a name.
        if (!known && btf.find(rest, false).length == 0) {
            throw new BpfException.NotFound("a type is asked for as NAME, struct NAME, union NAME or enum NAME, with "
                    + ".field or [index] after it; this is \"" + text + "\"");
        }
        keyword = known ? first : "";
        rest = known ? rest.substring(space + 1) : rest;
        int end = next(rest, 0);
        type = rest.substring(0, end);
        steps = steps(rest.substring(end));
    }

    /** What a query names in one type. */
    public record Answer(int root, String path, Optional<Place> field) {}

    /**
     * A field within a type.
     *
     * @param holder the struct or union that has it, possibly without a name
     * @param bitOffset from the beginning of the root
     * @param bitSize width; for a bitfield its own
     */
    public record Place(int holder, int type, long bitOffset, long bitSize, boolean bitfield) {}

    /** All types that the text names, with the field in each that has it. */
    public static List<Answer> find(Btf btf, String text) {
        return new TypeQuery(btf, text).answers();
    }

    private List<Answer> answers() {
        int[] found = btf.find(type, false);
        List<Answer> answers = new ArrayList<>();
        List<BpfException.NotFound> misses = new ArrayList<>();
        for (int id : found) {
            Kind kind = btf.kind(id);
            boolean asked = switch (keyword) {
                case "struct" -> kind == Kind.STRUCT;
                case "union" -> kind == Kind.UNION;
                case "enum" -> kind.enumeration();
                default -> kind != Kind.FWD && kind != Kind.FUNC && kind != Kind.VAR && kind != Kind.DATASEC
                        && kind != Kind.DECL_TAG && kind != Kind.TYPE_TAG;
            };
            if (!asked) {
                continue;
            }
            try {
                answers.add(new Answer(id, text, steps.isEmpty() ? Optional.empty() : Optional.of(walk(id))));
            } catch (BpfException.NotFound e) {
                misses.add(e);
            }
        }
        if (answers.isEmpty()) {
            throw misses.isEmpty() ? noType() : misses.getFirst();
        }
        return answers;
    }

    private BpfException.NotFound noType() {
        Set<String> names = new HashSet<>();
        for (int id = 1; id < btf.endId(); id++) {
            Kind kind = btf.kind(id);
            if (kind.composite() || kind.enumeration() || kind == Kind.TYPEDEF) {
                String name = btf.name(id);
                if (Math.abs(name.length() - type.length()) <= 3 + type.length() / 2) {
                    names.add(name);
                }
            }
        }
        return new BpfException.NotFound(
                btf.origin() + " has no type \"" + type + "\"" + meant(type, names, Nearest.TYPES));
    }

    static String meant(String wanted, Set<String> names, double most) {
        return Nearest.of(wanted, names, most).map(n -> "; the nearest name is " + n).orElse("");
    }

    private List<String> steps(String tail) {
        List<String> list = new ArrayList<>();
        int at = 0;
        while (at < tail.length()) {
            boolean index = tail.charAt(at) == '[';
            int end = index ? tail.indexOf(']', at) : next(tail, at + 1);
            if (end < 0 || end == at + 1 || !index && tail.charAt(at) != '.' || index && !tail.substring(at + 1, end)
                    .chars().allMatch(Character::isDigit) || end - at > 256) {
                throw new BpfException.NotFound("after a type come .field and [index]; \"" + text
                        + "\" has something else at \"" + tail.substring(at) + "\"");
            }
            list.add(index ? tail.substring(at, end) : tail.substring(at + 1, end));
            at = index ? end + 1 : end;
        }
        return list;
    }

    private static int next(String tail, int from) {
        int end = from;
        while (end < tail.length() && tail.charAt(end) != '.' && tail.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    private Place walk(int root) {
        Place place = new Place(root, root, 0, btf.sized(root) ? 8 * btf.sizeOf(root) : 0, false);
        for (String step : steps) {
            place = step.startsWith("[")
                    ? index(place, step.substring(1))
                    : member(btf, place, step).orElseThrow(
                            noField(place, step));
        }
        return place;
    }

    private java.util.function.Supplier<BpfException.NotFound> noField(Place place, String step) {
        return () -> {
            int at = btf.resolve(place.type());
            if (!btf.kind(at).composite()) {
                return new BpfException.NotFound(Declaration.of(btf, place.type()) + " has no fields, so not ." + step);
            }
            Set<String> names = fieldNames(btf, at);
            return new BpfException.NotFound(
                    Declaration.of(btf, place.type()) + " has no field \"" + step + "\"" + meant(
                            step, names, Nearest.FIELDS));
        };
    }

    private Place index(Place place, String digits) {
        int at = btf.resolve(place.type());
        long index = digits.length() > 10 ? Long.MAX_VALUE : Long.parseLong(digits);
        if (btf.kind(at) != Kind.ARRAY || index >= Math.max(1, btf.arrayCount(at) & 0xffffffffL)) {
            throw new BpfException.NotFound(Declaration.of(btf, place.type()) + " has no element [" + digits + "]");
        }
        int element = btf.arrayElement(at);
        long bits = 8 * btf.sizeOf(element);
        return new Place(place.holder(), element, place.bitOffset() + index * bits, bits, false);
    }

    /** The member {@code name} of the struct at {@code place}, also within members that have no name. */
    static Optional<Place> member(Btf btf, Place place, String name) {
        return member(btf, btf.resolve(place.type()), place.bitOffset(), name, 0);
    }

    private static Optional<Place> member(Btf btf, int at, long bits, String name, int depth) {
        if (at == 0 || !btf.kind(at).composite() || depth > 32) {
            return Optional.empty();
        }
        for (int i = 0; i < btf.length(at); i++) {
            Btf.Member member = btf.member(at, i);
            if (member.name().equals(name)) {
                boolean bitfield = member.bitfieldBits() > 0;
                return Optional.of(new Place(at, member.type(), bits + member.bitOffset(), bitfield
                        ? member
                                .bitfieldBits()
                        : btf.sized(member.type()) ? 8 * btf.sizeOf(member.type()) : 0, bitfield));
            }
            if (member.name().isEmpty()) {
                Optional<Place> nested = member(btf, btf.resolve(member.type()), bits + member.bitOffset(), name, depth
                        + 1);
                if (nested.isPresent()) {
                    return nested;
                }
            }
        }
        return Optional.empty();
    }

    /** Names of all fields, those in members without a name included. */
    static Set<String> fieldNames(Btf btf, int composite) {
        Set<String> names = new LinkedHashSet<>();
        fieldNames(btf, composite, names, 0);
        return names;
    }

    private static void fieldNames(Btf btf, int at, Set<String> names, int depth) {
        if (at == 0 || !btf.kind(at).composite() || depth > 32) {
            return;
        }
        for (int i = 0; i < btf.length(at); i++) {
            Btf.Member member = btf.member(at, i);
            if (member.name().isEmpty()) {
                fieldNames(btf, btf.resolve(member.type()), names, depth + 1);
            } else {
                names.add(member.name());
            }
        }
    }
}
