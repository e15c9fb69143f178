package dev.assay.machine;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The small grammars that procfs and sysfs share. What does not fit is an IllegalArgumentException that shows it. */
final class Parse {
    /** Linux's NR_CPUS ends at 8,192 and nodes at 1,024; a larger member is a damaged file. */
    static final int MOST_MEMBERS = 1 << 13;

    /** Digits compare as numbers, so cpu2 comes before cpu10. */
    static final Comparator<String> NATURAL = Parse::natural;

    private Parse() {}

    static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number was expected, not '" + shown(text) + "'", e);
        }
    }

    /** A list such as {@code 0-3,8}; the empty text is the empty set (cpulist_parse in the kernel's lib/bitmap.c). */
    static BitSet set(String text) {
        BitSet set = new BitSet();
        if (text.isBlank()) {
            return set;
        }
        for (String part : text.strip().split(",")) {
            int dash = part.indexOf('-');
            long low = number(dash < 0 ? part : part.substring(0, dash));
            long high = dash < 0 ? low : number(part.substring(dash + 1));
            if (low < 0 || high < low || high >= MOST_MEMBERS) {
                throw new IllegalArgumentException("a list has members from 0 to " + (MOST_MEMBERS - 1) + ", not '"
                        + shown(part) + "'");
            }
            set.set((int) low, (int) high + 1);
        }
        return set;
    }

    /** The set as the kernel writes it: {@code 0-3,8}. */
    static String list(BitSet set) {
        StringBuilder text = new StringBuilder();
        for (int low = set.nextSetBit(0); low >= 0;) {
            int end = set.nextClearBit(low);
            text.append(text.isEmpty() ? "" : ",").append(low);
            if (end - 1 > low) {
                text.append('-').append(end - 1);
            }
            low = set.nextSetBit(end);
        }
        return text.toString();
    }

    /** A size with a binary suffix: {@code 32K}, {@code 8192 kB}, {@code 1M}; bytes without one. */
    static long bytes(String text) {
        String stripped = text.strip();
        int digits = 0;
        while (digits < stripped.length() && Character.isDigit(stripped.charAt(digits))) {
            digits++;
        }
        long count = number(stripped.substring(0, digits));
        int shift = switch (stripped.substring(digits).strip().toLowerCase(java.util.Locale.ROOT)) {
            case "", "b" -> 0;
            case "k", "kb", "kib" -> 10;
            case "m", "mb", "mib" -> 20;
            case "g", "gb", "gib" -> 30;
            default -> throw new IllegalArgumentException("a size in bytes, K, M or G was expected, not '"
                    + shown(text) + "'");
        };
        if (count > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("the size '" + shown(text) + "' is beyond 64 bits");
        }
        return count << shift;
    }

    /** Lines of {@code name <separator> value}; the first of equal names wins, lines without separator are left out. */
    static Map<String, String> pairs(String text, char separator) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int at = line.indexOf(separator);
            if (at > 0) {
                pairs.putIfAbsent(line.substring(0, at).strip(), line.substring(at + 1).strip());
            }
        }
        return pairs;
    }

    /** What a message may show of a text that could be anything. */
    static String shown(String text) {
        String one = text.replaceAll("[^\\x20-\\x7e]", "?");
        return one.length() <= 60 ? one : one.substring(0, 60) + "…";
    }

    private static int natural(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (digit(a.charAt(i)) && digit(b.charAt(j))) {
                int from = i;
                int start = j;
                while (i < a.length() && digit(a.charAt(i))) {
                    i++;
                }
                while (j < b.length() && digit(b.charAt(j))) {
                    j++;
                }
                String left = significant(a, from, i);
                String right = significant(b, start, j);
                int order = left.length() != right.length()
                        ? Integer.compare(left.length(), right.length())
                        : left.compareTo(right);
                if (order != 0) {
                    return order;
                }
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    private static String significant(String text, int from, int to) {
        int begin = from;
        while (begin < to - 1 && text.charAt(begin) == '0') {
            begin++;
        }
        return text.substring(begin, to);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
