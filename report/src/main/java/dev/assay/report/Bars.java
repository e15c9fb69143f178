package dev.assay.report;

import dev.assay.lab.Card;
import dev.assay.lab.Finding;
import dev.assay.lab.Summary;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Small pictures made of letters: a bar for a value, a line of bars for a curve. */
final class Bars {
    private static final int WIDTH = 16;
    private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    private static final String STEPS = "▁▂▃▄▅▆▇█";
    private static final double LOG_FROM = 60;

    private final Finding finding;
    /** The coordinate of a curve. */
    private final Optional<String> axis;
    private final double low;
    private final double high;

    private Bars(Finding finding) {
        this.finding = finding;
        this.axis = finding.evidence().card().chart() == Card.Chart.CURVE ? CurveOf.axis(finding) : Optional.empty();
        double[] values = finding.summaries().stream()
                .flatMapToDouble(s -> axis.isPresent()
                        ? CurveOf.line(finding, s, axis.get()).stream().mapToDouble(Summary.Value::value)
                        : DoubleStream.of(s.headline().value()))
                .filter(v -> Double.isFinite(v) && v > 0).sorted().toArray();
        this.low = values.length == 0 ? 1 : values[0];
        this.high = values.length == 0 ? 1 : values[values.length - 1];
    }

    static Bars of(Finding finding) {
        return new Bars(finding);
    }

    /** Whether a variant is more than its headline, so that a bar for that would say too little. */
    boolean many() {
        return axis.isPresent() || finding.evidence().card().chart() == Card.Chart.MATRIX;
    }

    String bar(Summary summary) {
        if (many()) {
            return axis.map(name -> line(CurveOf.line(finding, summary, name))).orElse("");
        }
        double value = summary.headline().value();
        if (!Double.isFinite(value) || value <= 0) {
            return "";
        }
        double share = high / low > LOG_FROM ? 0.1 + 0.9 * logShare(value) : value / high;
        int eighths = Math.max(1, (int) Math.round(share * WIDTH * 8));
        return "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
    }

    private double logShare(double value) {
        return high > low ? Math.log(value / low) / Math.log(high / low) : 1;
    }

    /** One letter for each of at most so many points, evenly chosen. */
    private String line(List<Summary.Value> points) {
        StringBuilder line = new StringBuilder();
        int letters = Math.min(points.size(), WIDTH);
        for (int i = 0; i < letters; i++) {
            int index = letters == 1 ? 0 : i * (points.size() - 1) / (letters - 1);
            double value = points.get(index).value();
            line.append(Double.isFinite(value) && value > 0
                    ? STEPS.charAt(Math.clamp((int) (logShare(value) * STEPS.length()), 0, STEPS.length() - 1))
                    : ' ');
        }
        return line.toString();
    }
}
