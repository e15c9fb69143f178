package dev.assay.litmus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A cycle of accesses that a test asks about: if it happens, some order was broken.
 *
 * @param architecture the language of the test
 * @param edges the steps, rotated so that the first access starts a thread
 * @param modes the annotation of each access, empty for plain ones; access i is where edge i starts
 */
record Cycle(Architecture architecture, List<Edge> edges, List<String> modes) {
    /** The names of the families, by what the threads do and how they communicate (Alglave, Maranget, Tautschnig 2014). */
    private static final Map<String, String> FAMILIES = new HashMap<>();

    static {
        family("MP", "WW Rfe RR Fre");
        family("SB", "WR Fre WR Fre");
        family("LB", "RW Rfe RW Rfe");
        family("2+2W", "WW Coe WW Coe");
        family("R", "WW Coe WR Fre");
        family("S", "WW Rfe RW Coe");
        family("WRC", "W Rfe RW Rfe RR Fre");
        family("RWC", "W Rfe RR Fre WR Fre");
        family("WWC", "W Rfe RW Rfe RW Coe");
        family("WRW+2W", "W Rfe RW Coe WW Coe");
        family("WRR+2W", "W Rfe RR Fre WW Coe");
        family("WRW+WR", "W Rfe RW Coe WR Fre");
        family("ISA2", "WW Rfe RW Rfe RR Fre");
        family("W+RWC", "WW Rfe RR Fre WR Fre");
        family("Z6.0", "WW Rfe RW Coe WR Fre");
        family("Z6.1", "WW Coe WW Rfe RW Coe");
        family("Z6.2", "WW Rfe RW Rfe RW Coe");
        family("Z6.3", "WW Coe WW Rfe RR Fre");
        family("Z6.4", "WW Coe WR Fre WR Fre");
        family("Z6.5", "WW Coe WW Coe WR Fre");
        family("3.SB", "WR Fre WR Fre WR Fre");
        family("3.LB", "RW Rfe RW Rfe RW Rfe");
        family("3.2W", "WW Coe WW Coe WW Coe");
        family("IRIW", "W Rfe RR Fre W Rfe RR Fre");
        family("IRRWIW", "W Rfe RR Fre W Rfe RW Coe");
        family("IRWIW", "W Rfe RW Coe W Rfe RW Coe");
    }

    Cycle {
        edges = List.copyOf(edges);
        modes = List.copyOf(modes);
    }

    private static void family(String name, String threads) {
        List<String> words = Arrays.asList(threads.split(" "));
        for (int i = 0; i < words.size(); i += 2) {
            FAMILIES.put(String.join(" ", rotated(words, i)), name);
        }
    }

    private static <T> List<T> rotated(List<T> list, int by) {
        List<T> result = new ArrayList<>(list.subList(by, list.size()));
        result.addAll(list.subList(0, by));
        return result;
    }

    /**
     * Reads a cycle: edges, and between them annotations of the access they stand at ({@code PodWW L Rfe A PodRR Fre}).
     *
     * @throws LitmusException when a name is unknown or the steps do not fit
     */
    static Cycle parse(Architecture architecture, String text) {
        List<Edge> edges = new ArrayList<>();
        List<String> modes = new ArrayList<>();
        String pending = "";
        String last = "";
        for (String word : text.strip().split("[\\s,]+")) {
            if (isMode(architecture, word)) {
                pending = word;
                last = word;
                continue;
            }
            Edge edge = Edge.named(architecture, word).orElseThrow(() -> new LitmusException("'" + word
                    + "' is no step of a cycle on "
                    + architecture.header()
                    + "; known are Rfe, Fre, Coe, Rfi, Fri, Coi, Po[sd][RW][RW], the atomic updates "
                    + String.join(", ", Edge.updates(architecture)) + ", fences like "
                    + fenceExample(architecture) + " and, where there are dependencies, Dp(Addr|Data|Ctrl)[sd][RW]"));
            edges.add(edge);
            modes.add(pending);
            pending = "";
            last = "";
        }
        // An annotation at the end belongs to the access where the cycle closes.
        if (!last.isEmpty() && !modes.isEmpty()) {
            modes.set(0, last);
        }
        return of(architecture, edges, modes);
    }

    private static String fenceExample(Architecture architecture) {
        return switch (architecture) {
            case X86_64, X86 -> "MFencedWR";
            case AARCH64 -> "DMB.SYdWR";
            case RISCV -> "Fence.rw.rwdWR";
            case JAVA -> "FullFencedWR";
        };
    }

    private static boolean isMode(Architecture architecture, String word) {
        return switch (architecture) {
            case X86_64, X86 -> word.equals("P");
            case AARCH64 -> List.of("P", "A", "L", "Q").contains(word);
            case RISCV -> List.of("P", "Aq", "Rl").contains(word);
            case JAVA -> List.of("P", "O", "A", "L", "V").contains(word);
        };
    }

    /** A cycle of these steps. */
    static Cycle of(Architecture architecture, List<Edge> edges, List<String> modes) {
        if (edges.isEmpty() || edges.stream().noneMatch(Edge::isExternal)) {
            throw new LitmusException("a cycle needs a step to another thread: Rfe, Fre or Coe");
        }
        for (int i = 0; i < edges.size(); i++) {
            Edge edge = edges.get(i);
            Edge next = edges.get((i + 1) % edges.size());
            if (edge.to() != next.from()) {
                throw new LitmusException(
                        edge.name() + " ends at a " + name(edge.to()) + " and " + next.name() + " starts at a "
                                + name(next.from()) + "; steps that follow each other meet in one access");
            }
        }
        long moves = edges.stream().filter(e -> !e.sameLocation()).count();
        if (moves == 1) {
            throw new LitmusException(
                    "a cycle changes its location never or at least twice, but this one does so once");
        }
        int start = 0;
        while (!edges.get((start + edges.size() - 1) % edges.size()).isExternal()) {
            start++;
        }
        List<Edge> turned = rotated(edges, start);
        List<String> turnedModes = rotated(modes, start);
        for (int i = 0; i < turned.size(); i++) {
            String mode = turnedModes.get(i);
            char access = turned.get(i).from();
            boolean fits = switch (mode) {
                case "A", "Q", "Aq" -> access == 'R';
                case "L", "Rl" -> access == 'W';
                default -> true;
            };
            if (!fits) {
                throw new LitmusException("the annotation " + mode + " does not fit a " + name(access) + ", where "
                        + turned.get(i).name() + " starts");
            }
        }
        return new Cycle(architecture, turned, turnedModes).canonical();
    }

    private static String name(char access) {
        return access == 'R' ? "read" : "write";
    }

    /** The rotation that the family's definition starts with; else the first in the order of texts. */
    private Cycle canonical() {
        Cycle best = this;
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i - 1).isExternal()) {
                Cycle other = new Cycle(architecture, rotated(edges, i), rotated(modes, i));
                if (other.order().compareTo(best.order()) < 0) {
                    best = other;
                }
            }
        }
        return best;
    }

    /** Sorts rotations: families begin with the thread that writes, the longer thread first. */
    private String order() {
        String shape = shape();
        String family = FAMILIES.get(shape);
        boolean first = family != null && definition(family).equals(shape);
        return (first ? "0" : "1") + text();
    }

    private static String definition(String family) {
        return switch (family) {
            case "MP" -> "WW Rfe RR Fre";
            case "R" -> "WW Coe WR Fre";
            case "S" -> "WW Rfe RW Coe";
            case "WRC" -> "W Rfe RW Rfe RR Fre";
            case "RWC" -> "W Rfe RR Fre WR Fre";
            case "WWC" -> "W Rfe RW Rfe RW Coe";
            case "WRW+2W" -> "W Rfe RW Coe WW Coe";
            case "WRR+2W" -> "W Rfe RR Fre WW Coe";
            case "WRW+WR" -> "W Rfe RW Coe WR Fre";
            case "ISA2" -> "WW Rfe RW Rfe RR Fre";
            case "W+RWC" -> "WW Rfe RR Fre WR Fre";
            case "Z6.0" -> "WW Rfe RW Coe WR Fre";
            case "Z6.1" -> "WW Coe WW Rfe RW Coe";
            case "Z6.2" -> "WW Rfe RW Rfe RW Coe";
            case "Z6.3" -> "WW Coe WW Rfe RR Fre";
            case "Z6.4" -> "WW Coe WR Fre WR Fre";
            case "Z6.5" -> "WW Coe WW Coe WR Fre";
            case "IRIW" -> "W Rfe RR Fre W Rfe RR Fre";
            case "IRRWIW" -> "W Rfe RR Fre W Rfe RW Coe";
            case "IRWIW" -> "W Rfe RW Coe W Rfe RW Coe";
            default -> "";
        };
    }

    /** What each thread does at its ends, and the communications between. */
    private String shape() {
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (int i = 0; i < edges.size(); i++) {
            if (edges.get(i).isExternal()) {
                text.append(text.isEmpty() ? "" : " ").append(edges.get(start).from());
                if (i > start) {
                    text.append(edges.get(i).from());
                }
                text.append(' ').append(edges.get(i).name());
                start = i + 1;
            }
        }
        return text.toString();
    }

    /** The steps and annotations as they are written. */
    String text() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            if (!modes.get(i).isEmpty()) {
                words.add(modes.get(i));
            }
            words.add(edges.get(i).name());
        }
        return String.join(" ", words);
    }

    /**
     * The literature's name of the test: the family, then what lies between the accesses of each thread. When all threads have the same it is
     * said once, in the plural: {@code MP+dmb.sys}; nothing is said when it is only program order.
     */
    String testName() {
        String family = FAMILIES.getOrDefault(shape(), "");
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < edges.size(); i++) {
            Edge edge = edges.get(i);
            if (!modes.get(i).isEmpty() && !modes.get(i).equals("P")) {
                part.append(part.isEmpty() ? "" : "-").append(modes.get(i).toLowerCase(java.util.Locale.ROOT));
            }
            if (edge.isExternal()) {
                if (!part.isEmpty()) {
                    parts.add(part.toString());
                    part.setLength(0);
                }
            } else {
                part.append(part.isEmpty() ? "" : "-").append(edge.shortName());
            }
        }
        if (family.isEmpty()) {
            return "C+" + text().replace(' ', '-');
        }
        if (parts.stream().allMatch("po"::equals)) {
            return family;
        }
        if (parts.size() > 1 && new TreeSet<>(parts).size() == 1) {
            return family + "+" + parts.getFirst() + "s";
        }
        return family + "+" + String.join("+", parts);
    }
}
