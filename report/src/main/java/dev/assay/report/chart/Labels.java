package dev.assay.report.chart;

import java.util.List;

/** Room for text, as far as it can be known without the reader's font. */
final class Labels {
    /** Size of text in charts, in pixels; {@code .chart text} in the style sheet says the same. */
    static final double SIZE = 12.5;

    private static final String NARROW = "iljtfrI.,:;'|!()[] ·";
    private static final String WIDE = "mwMW@%–—…";

    private Labels() {}

    /** Bold text is about so much wider. */
    private static final double BOLD = 1.12;

    /** An estimate on the generous side, since the reader's sans-serif font may be a wide one, in pixels. */
    static double width(String text) {
        double ems = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            ems += NARROW.indexOf(c) >= 0 ? 0.37 : WIDE.indexOf(c) >= 0 || c > 0x2e80 ? 0.98 : 0.63;
        }
        return ems * SIZE;
    }

    static double bold(String text) {
        return BOLD * width(text);
    }

    static double widestBold(List<String> texts) {
        return BOLD * widest(texts);
    }

    static double widest(List<String> texts) {
        return texts.stream().mapToDouble(Labels::width).max().orElse(0);
    }

    /** The text, its end cut off when it needs more than so many pixels. */
    static String fit(String text, double pixels) {
        if (width(text) <= pixels) {
            return text;
        }
        int end = text.length();
        while (end > 1 && width(text.substring(0, end)) + SIZE > pixels) {
            end--;
        }
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).stripTrailing() + "…";
    }

    /** Moves positions apart until they are a gap from one another, as little as possible, within the limits. */
    static double[] spread(double[] wanted, double gap, double low, double high) {
        Integer[] order = new Integer[wanted.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        java.util.Arrays.sort(order, java.util.Comparator.comparingDouble(i -> wanted[i]));
        double[] placed = wanted.clone();
        for (int round = 0; round < 200; round++) {
            boolean moved = false;
            for (int k = 1; k < order.length; k++) {
                double overlap = gap - (placed[order[k]] - placed[order[k - 1]]);
                if (overlap > 0.05) {
                    placed[order[k - 1]] -= overlap / 2;
                    placed[order[k]] += overlap / 2;
                    moved = true;
                }
            }
            for (int i = 0; i < placed.length; i++) {
                placed[i] = Math.clamp(placed[i], low, Math.max(low, high));
            }
            if (!moved) {
                break;
            }
        }
        return placed;
    }
}
