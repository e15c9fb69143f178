package dev.assay.decide;

import dev.assay.lab.FileTrouble;
import dev.assay.statistics.Fit;
import dev.assay.statistics.HitRateDecay;
import dev.assay.statistics.Knee;
import dev.assay.statistics.LeastSquares;
import dev.assay.statistics.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Models fitted to measurements of the user's, in CSV with a line of names. */
public final class Models {
    private static final double CONFIDENCE = 0.95;
    private static final int SIMULATIONS = 999;
    private static final long SEED = 1;

    private Models() {}

    /**
     * A table of numbers.
     *
     * @param columns by name, in lower case
     */
    public record Table(Path file, Map<String, double[]> columns) {
        /** @throws DecideException with file and line when it is of another form */
        public static Table read(Path file) {
            List<String> lines;
            try {
                lines = Files.readAllLines(file);
            } catch (IOException e) {
                throw new DecideException("the table " + file + " cannot be read: " + FileTrouble.of(e), e);
            }
            lines = lines.stream().filter(line -> !line.isBlank()).toList();
            if (lines.size() < 2) {
                throw new DecideException(file + ": a table has a line of names and lines of numbers; this has "
                        + lines.size() + " lines");
            }
            String[] names = lines.getFirst().split(",");
            Map<String, double[]> columns = new TreeMap<>();
            for (String name : names) {
                columns.put(name.strip().toLowerCase(Locale.ROOT), new double[lines.size() - 1]);
            }
            for (int row = 1; row < lines.size(); row++) {
                String[] cells = lines.get(row).split(",");
                if (cells.length != names.length) {
                    throw new DecideException(
                            file + ":" + (row + 1) + ": " + cells.length + " cells under " + names.length
                                    + " names");
                }
                for (int i = 0; i < cells.length; i++) {
                    columns.get(names[i].strip().toLowerCase(Locale.ROOT))[row - 1] = number(file, row + 1, cells[i]);
                }
            }
            return new Table(file, columns);
        }

        private static double number(Path file, int line, String cell) {
            try {
                double value = Double.parseDouble(cell.strip());
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // told below, with the place
            }
            throw new DecideException(file + ":" + line + ": '" + cell.strip() + "' is not a finite number");
        }

        Sample column(String name) {
            double[] values = columns.get(name);
            if (values == null) {
                throw new DecideException(file + " has no column '" + name + "'; it has " + columns.keySet());
            }
            return Sample.of(values);
        }
    }

    /**
     * A collector's pause: a constant, the heap over the bandwidth with which it is scanned, and the live set over the bandwidth with
     * which it is copied. Linear in 1/bandwidth, so least squares give it with exact intervals.
     *
     * @param fit parameters {@code constant}, {@code seconds-per-heap-byte}, {@code seconds-per-live-byte}
     */
    public record Pause(Fit fit) {
        /** Bytes per second, or infinity when the term does not show. */
        public double bandwidth(String parameter) {
            double slope = fit.parameter(parameter).value();
            return slope > 0 ? 1 / slope : Double.POSITIVE_INFINITY;
        }
    }

    /** Columns heap and live in bytes, pause in seconds; at least 4 rows. */
    public static Pause pause(Table table) {
        Sample pause = table.column("pause");
        return new Pause(LeastSquares.linear(
                List.of(LeastSquares.Term.constant("constant", pause.size()),
                        new LeastSquares.Term("seconds-per-heap-byte", table.column("heap")),
                        new LeastSquares.Term("seconds-per-live-byte", table.column("live"))),
                pause, CONFIDENCE));
    }

    /** Columns x and y: where the line bends, if it does. */
    public static Knee knee(Table table) {
        return Knee.find(table.column("x"), table.column("y"), CONFIDENCE, SIMULATIONS, SEED);
    }

    /** Columns x (from 0) and rate (0 to 1). */
    public static HitRateDecay decay(Table table) {
        return HitRateDecay.fit(table.column("x"), table.column("rate"), CONFIDENCE);
    }

    /** Residuals against their order as text: a pattern in them means that the model is wrong. */
    public static List<String> residualPlot(Sample residuals) {
        double largest = Math.max(Math.abs(residuals.min()), Math.abs(residuals.max()));
        int half = 20;
        List<String> lines = new ArrayList<>();
        for (double residual : residuals.values()) {
            int at = largest == 0 ? half : half + (int) Math.round(half * residual / largest);
            StringBuilder line = new StringBuilder(" ".repeat(half) + "│" + " ".repeat(half));
            line.setCharAt(at, '•');
            lines.add(String.format(Locale.ROOT, "%11.3g %s", residual, line.toString().stripTrailing()));
        }
        return lines;
    }
}
