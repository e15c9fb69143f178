package dev.assay.litmus;

import java.util.List;

/** The order in which registers are shown: by their number in the machine, then by name. */
final class RegisterOrder {
    private static final List<String> X86 = X86Register.NAMES;

    private RegisterOrder() {}

    static int compare(String left, String right) {
        int l = X86.indexOf(left);
        int r = X86.indexOf(right);
        if (l >= 0 && r >= 0) {
            return Integer.compare(l, r);
        }
        if (left.equals("XZR") || right.equals("XZR")) {
            return left.equals(right) ? 0 : left.equals("XZR") ? -1 : 1;
        }
        long a = number(left);
        long b = number(right);
        if (a >= 0 && b >= 0 && prefix(left).equals(prefix(right))) {
            return Long.compare(a, b);
        }
        return left.compareTo(right);
    }

    private static String prefix(String name) {
        return name.replaceAll("[0-9]+$", "");
    }

    private static long number(String name) {
        String digits = name.substring(prefix(name).length());
        return digits.isEmpty() || digits.length() > 9 ? -1 : Long.parseLong(digits);
    }
}
