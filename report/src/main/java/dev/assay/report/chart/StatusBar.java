package dev.assay.report.chart;

import dev.assay.scan.Status;
import java.util.List;
import java.util.Map;

/** How many artifacts are ready, need a companion or are broken: one bar. */
public final class StatusBar {
    private static final double WIDTH = 1040;
    private static final double HEIGHT = 22;
    /** A single broken artifact among thousands must still be seen. */
    private static final double LEAST = 4;

    private StatusBar() {}

    /** The bar, broken first. */
    public static Markup of(String name, Map<Status, Long> counts) {
        Markup svg = new Markup();
        String says = name + ": " + counts.getOrDefault(Status.BROKEN, 0L) + " broken, "
                + counts.getOrDefault(Status.NEEDS_COMPANION, 0L) + " need a companion, "
                + counts.getOrDefault(Status.READY, 0L) + " ready";
        double all = Math.max(1, counts.values().stream().mapToLong(Long::longValue).sum());
        svg.open("svg", "class", "chart", "viewBox", "0 0 1040 52", "width", 1040, "height", 52, "role", "img",
                "aria-label", says);
        svg.leaf("text", says, "x", 0.0, "y", 14.0);
        double at = 0;
        List<Status> order = List.of(Status.BROKEN, Status.NEEDS_COMPANION, Status.READY);
        double taken = order.stream().mapToDouble(status -> width(counts.getOrDefault(status, 0L), all)).sum();
        for (Status status : order) {
            long count = counts.getOrDefault(status, 0L);
            double width = width(count, all) * WIDTH / Math.max(taken, 1);
            if (count > 0) {
                svg.open("rect", "class", status.label(), "x", at, "y", 22.0, "width", width, "height", HEIGHT)
                        .leaf("title", count + " " + status.label()).close();
                at += width;
            }
        }
        return svg.close();
    }

    private static double width(long count, double all) {
        return count == 0 ? 0 : Math.max(LEAST, WIDTH * count / all);
    }
}
