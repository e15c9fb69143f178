package dev.assay.scan;

/** Order of dotted versions; a qualifier sorts before the release without one. */
final class Versions {
    private static final int RELEASE = 1;

    private Versions() {}

    static int compare(String left, String right) {
        String[] a = left.split("[.-]");
        String[] b = right.split("[.-]");
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            int order = part(i < a.length ? a[i] : "", i < b.length ? b[i] : "");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int part(String left, String right) {
        boolean leftNumber = !left.isEmpty() && left.length() < 18 && left.chars().allMatch(Character::isDigit);
        boolean rightNumber = !right.isEmpty() && right.length() < 18 && right.chars().allMatch(Character::isDigit);
        if (leftNumber && rightNumber) {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        }
        if (leftNumber || rightNumber) {
            return leftNumber ? 1 : -1;
        }
        int order = Integer.compare(rank(left), rank(right));
        // 4.1, 4.1.Final and 4.1.GA are the same release.
        return order != 0 || rank(left) == RELEASE ? order : left.compareTo(right);
    }

    private static int rank(String qualifier) {
        String lower = qualifier.toLowerCase(java.util.Locale.ROOT);
        return lower.isEmpty() || lower.equals("final") || lower.equals("ga") || lower.equals("release") ? RELEASE : 0;
    }

    /** Whether this names a release and not a step on the way to one. */
    static boolean isRelease(String version) {
        return !version.toLowerCase(java.util.Locale.ROOT)
                .matches(".*(alpha|beta|snapshot|preview|milestone|[.-]m\\d|[.-]rc|[.-]cr\\d|[.-]ea).*");
    }
}
