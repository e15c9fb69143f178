package dev.assay.quantum;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** When each used qubit is busy: time from left to right. */
final class SchedulePicture {
    private static final double ROW = 26;
    private static final double BAR = 18;
    private static final double WIDEST = 6000;
    private static final double NARROWEST = 420;
    /** Bars narrower than this show nothing by themselves and only make the file large. */
    private static final double LEAST_BAR = 0.4;
    private static final int MOST_BARS = 60_000;
    private static final int CHARACTERS = 100;

    private final Schedule schedule;
    private final List<Operation> steps;
    private final StepLabels labels;
    private final int[] used;

    SchedulePicture(Schedule schedule) {
        this.schedule = schedule;
        this.steps = schedule.circuit().operations();
        this.labels = new StepLabels(schedule.circuit());
        this.used = steps.stream().flatMapToInt(s -> Arrays.stream(s.qubits())).distinct().sorted().toArray();
    }

    private enum Kind {
        ONE("one qubit", "#9cc07f"), TWO("two qubits", "#5b93c4"), SWAP("swap", "#d9675a"),
        READ("measure, reset", "#c9a24b"), WAIT("delay", "#ddd"), BRANCH("branch", "#a98bc4");

        private final String title;
        private final String colour;

        Kind(String title, String colour) {
            this.title = title;
            this.colour = colour;
        }

        static Kind of(Operation step) {
            return switch (step) {
                case Operation.Gate g -> g.name().equals("swap") ? SWAP : g.qubits().length > 1 ? TWO : ONE;
                case Operation.Measure _,Operation.Reset _ -> READ;
                case Operation.Barrier _,Operation.Delay _ -> WAIT;
                case Operation.Conditional _ -> BRANCH;
            };
        }
    }

    String svg() {
        double makespan = schedule.makespanNanos();
        double margin = 20 + Svg.CHARACTER * Arrays.stream(used).mapToObj(labels::qubit).mapToInt(String::length).max()
                .orElse(1);
        double scale = makespan == 0
                ? 1
                : Math.clamp(steps.size() * 30.0 / Math.max(1, used.length), NARROWEST, WIDEST)
                        / makespan;
        double width = makespan * scale;
        double top = 54;
        double bottom = top + used.length * ROW;
        int bars = 0;
        double[] drawnTo = new double[used.length];
        Svg svg = new Svg(Math.max(margin + width + 30, 560), bottom + 24);
        legend(svg);
        axis(svg, margin, scale, top, bottom);
        for (int row = 0; row < used.length; row++) {
            svg.text(6, top + row * ROW + ROW / 2 + 4, labels.qubit(used[row]), Svg.DARK);
        }
        for (int i = 0; i < steps.size() && bars < MOST_BARS; i++) {
            double length = schedule.endNanos()[i] - schedule.startNanos()[i];
            for (int q : length > 0 ? steps.get(i).qubits() : new int[0]) {
                int row = Arrays.binarySearch(used, q);
                double x = margin + schedule.startNanos()[i] * scale;
                if (x + length * scale < drawnTo[row] + LEAST_BAR) {
                    continue; // too narrow to be seen beside the one before
                }
                bar(svg, i, x, top + row * ROW + (ROW - BAR) / 2, length * scale);
                drawnTo[row] = x + length * scale;
                bars++;
            }
        }
        if (bars >= MOST_BARS) {
            svg.text(margin, bottom + 16, "more than " + MOST_BARS + " bars; later ones are not drawn", Svg.RED);
        }
        return svg.toString();
    }

    private void bar(Svg svg, int i, double x, double y, double wide) {
        Operation step = steps.get(i);
        String label = labels.of(step);
        svg.bar(x, y, Math.max(LEAST_BAR, wide), BAR, Kind.of(step).colour, String.format(Locale.ROOT,
                "%s %.0f-%.0f ns", label, schedule.startNanos()[i], schedule.endNanos()[i]));
        if (label.length() * Svg.CHARACTER + 4 < wide) {
            svg.centred(x + wide / 2, y + BAR / 2 + 4, label, "#222");
        }
    }

    private void legend(Svg svg) {
        double x = 10;
        for (Kind kind : Kind.values()) {
            if (steps.stream().anyMatch(s -> Kind.of(s) == kind && !(s instanceof Operation.Barrier))) {
                svg.box(x, 8, 14, 12, kind.colour, "none");
                svg.text(x + 19, 18, kind.title, Svg.DARK);
                x += 34 + Svg.CHARACTER * kind.title.length();
            }
        }
    }

    private void axis(Svg svg, double margin, double scale, double top, double bottom) {
        double tick = tick(80 / scale);
        double makespan = schedule.makespanNanos();
        for (double at = 0; at <= makespan; at += tick) {
            svg.line(margin + at * scale, top - 4, margin + at * scale, bottom, "#e4e4e4", 1);
            String label = String.format(Locale.ROOT, "%.0f", at) + (at == 0 ? " ns" : "");
            if (at == 0) {
                svg.text(margin - 3, top - 8, label, "#777");
            } else {
                svg.centred(margin + at * scale, top - 8, label, "#777");
            }
        }
        svg.line(margin + makespan * scale, top - 4, margin + makespan * scale, bottom, Svg.PALE, 1);
        svg.text(margin, bottom + 16, String.format(Locale.ROOT, "makespan %.0f ns", makespan), Svg.DARK);
    }

    /** 1, 2 or 5 times a power of ten, at least this. */
    private static double tick(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
        for (double times : new double[]{1, 2, 5}) {
            if (times * power >= least) {
                return times * power;
            }
        }
        return 10 * power;
    }

    String text() {
        char[][] rows = new char[used.length][CHARACTERS];
        for (char[] row : rows) {
            Arrays.fill(row, '.');
        }
        double scale = CHARACTERS / Math.max(1, schedule.makespanNanos());
        for (int i = 0; i < steps.size(); i++) {
            if (schedule.endNanos()[i] > schedule.startNanos()[i] && Kind.of(steps.get(i)) != Kind.WAIT) {
                char mark = switch (Kind.of(steps.get(i))) {
                    case SWAP -> 'x';
                    case TWO -> '=';
                    case READ -> 'M';
                    case BRANCH -> '?';
                    case ONE, WAIT -> '-';
                };
                int from = Math.min(CHARACTERS - 1, (int) (schedule.startNanos()[i] * scale));
                int to = Math.clamp((int) Math.ceil(schedule.endNanos()[i] * scale), from + 1, CHARACTERS);
                for (int q : steps.get(i).qubits()) {
                    Arrays.fill(rows[Arrays.binarySearch(used, q)], from, to, mark);
                }
            }
        }
        int name = Arrays.stream(used).mapToObj(labels::qubit).mapToInt(String::length).max().orElse(1);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.length; row++) {
            text.append(String.format(Locale.ROOT, "%" + (name + 1) + "s ", labels.qubit(used[row]))).append(rows[row])
                    .append('\n');
        }
        return text.append(String.format(Locale.ROOT,
                "0 to %.0f ns; - one qubit, = two qubits, x swap, M measure or reset, ? branch, . idle%n",
                schedule.makespanNanos())).toString();
    }
}
