package dev.assay.bpf;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant, by Damerau–Levenshtein distance and shared words (Damerau 1964). */
final class Nearest {
    private Nearest() {}

    /** Half of the letters may differ in short names of fields and values, fewer in long names of types. */
    static final double FIELDS = 0.42;
    static final double TYPES = 0.25;

    /** The closest of {@code names}, or nothing where even that one is farther from {@code wanted} than {@code most}. */
    static Optional<String> of(String wanted, Collection<String> names, double most) {
        return names.stream().filter(n -> !n.isEmpty() && !n.equals(wanted)).min(Comparator.<String>comparingDouble(
                n -> distance(wanted, n)).thenComparing(Comparator.naturalOrder())).filter(
                        n -> distance(wanted,
                                n) <= most);
    }

    /** 0 for the same, 1 for nothing in common. A whole name inside the other, as after a prefix, counts as close. */
    static double distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int shorter = Math.min(a.length(), b.length());
        double edits = (double) edits(a, b) / Math.max(1, Math.max(a.length(), b.length()));
        boolean contained = shorter >= 3 && 2 * shorter >= Math.max(a.length(), b.length()) && (a.contains(b) || b
                .contains(a));
        return contained ? Math.min(edits, 0.4) : edits;
    }

    private static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same
                        ? 0
                        : 1));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
