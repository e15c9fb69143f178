package dev.assay.litmus;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Draws a graph as a self-contained SVG: a column for each thread, time downwards, initial writes on top. */
final class GraphSvg {
    private static final int COLUMN = 190;
    private static final int ROW = 66;
    private static final int MARGIN = 30;
    private static final int BOX = 130;
    private static final int HEIGHT = 26;
    private static final Map<String, String> COLOURS = Map.of("po", "#8a8a8a", "rf", "#b3261e", "co", "#1f4e9e", "fr",
            "#c77700",
            "addr", "#6b3fa0", "data", "#6b3fa0", "ctrl", "#6b3fa0", "rmw", "#2e7d32", "order", "#444444");

    /** Colours on dark ground, for readers that prefer it; the attributes hold those on light ground. */
    private static final String DARK = style();

    private final Graph graph;
    private final Map<Integer, double[]> places = new HashMap<>();
    private final StringBuilder out = new StringBuilder();
    private double middle;

    private GraphSvg(Graph graph) {
        this.graph = graph;
    }

    private static String style() {
        Map<String, String> dark = Map.of("po", "#8f99a6", "rf", "#f28b82", "co", "#8ab4f8", "fr", "#f6b04c", "addr",
                "#c5a3ff", "data", "#c5a3ff", "ctrl", "#c5a3ff", "rmw", "#81c995", "order", "#d5d9e0");
        StringBuilder rules = new StringBuilder();
        new TreeMap<>(dark).forEach((name, colour) -> rules.append(".a-").append(name).append("{stroke:").append(colour)
                .append("}.n-").append(name).append(",.h-").append(name).append("{fill:").append(colour).append('}'));
        return darkStyle(rules.toString());
    }

    /** A style sheet for dark ground: of ground, boxes and text, which all drawings share, and {@code more}. */
    static String darkStyle(String more) {
        return "<style>@media (prefers-color-scheme:dark){.ground{fill:#171b21}.ink{fill:#e8ebf0}.quiet{fill:#a3adbb}"
                + ".box{fill:#20262e;stroke:#6c7685}.bad{fill:#421c1e;stroke:#f59a9a}.time{stroke:#3a424d}"
                + ".name{stroke:#171b21}" + more + "}</style>\n";
    }

    static String of(Graph graph) {
        return new GraphSvg(graph).draw();
    }

    private String draw() {
        int threads = 1 + graph.nodes().stream().mapToInt(Graph.Node::thread).max().orElse(0);
        int rows = 1 + graph.nodes().stream().filter(n -> n.thread() >= 0).mapToInt(Graph.Node::row).max().orElse(0);
        int initials = (int) graph.nodes().stream().filter(n -> n.thread() < 0).count();
        int columns = Math.max(threads, initials);
        middle = MARGIN + columns * COLUMN / 2.0;
        int top = MARGIN + 24 + (initials > 0 ? ROW : 0) + 24;
        int width = MARGIN * 2 + columns * COLUMN;
        int height = top + rows * ROW + MARGIN;
        for (Graph.Node node : graph.nodes()) {
            double x = MARGIN + COLUMN * (node.thread() < 0 ? node.row() : node.thread()) + COLUMN / 2.0;
            double y = node.thread() < 0 ? MARGIN + 24 + HEIGHT : top + node.row() * ROW + HEIGHT / 2.0;
            places.put(node.event(), new double[]{x, y});
        }
        out.append(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
                        + "height=\"%d\" font-family=\"sans-serif\" font-size=\"13\" role=\"img\">%n",
                width, height, width, height));
        out.append("<title>").append(escape(graph.title())).append("</title>\n").append(DARK).append("<defs>\n");
        new TreeMap<>(COLOURS).forEach((name, colour) -> out.append("<marker id=\"m-").append(name)
                .append("\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
                        + "orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path class=\"h-")
                .append(name).append("\" d=\"M0 0L8 4L0 8z\" fill=\"").append(colour).append("\"/></marker>\n"));
        out.append("</defs>\n<rect class=\"ground\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        out.append("<text class=\"ink\" x=\"").append(MARGIN).append("\" y=\"22\" font-weight=\"bold\">")
                .append(escape(graph.title()))
                .append("</text>\n");
        for (int t = 0; t < threads; t++) {
            out.append(String.format(Locale.ROOT,
                    "<text class=\"quiet\" x=\"%.0f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\">Thread %d</text>%n",
                    MARGIN + COLUMN * t + COLUMN / 2.0, top - 12, t));
        }
        // Program order first, what contradicts the model last and on top.
        graph.edges().stream().filter(e -> e.name().equals("po")).forEach(this::edge);
        graph.edges().stream().filter(e -> !e.name().equals("po") && !e.inCycle()).forEach(this::edge);
        graph.edges().stream().filter(e -> !e.name().equals("po") && e.inCycle()).forEach(this::edge);
        graph.nodes().forEach(this::node);
        return out.append("</svg>\n").toString();
    }

    private void node(Graph.Node node) {
        double[] at = places.get(node.event());
        out.append(String.format(Locale.ROOT,
                "<rect class=\"box\" x=\"%.0f\" y=\"%.0f\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"#f4f6fa\" "
                        + "stroke=\"#7a869a\"/>%n<text class=\"ink\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>%n",
                at[0] - BOX / 2.0,
                at[1] - HEIGHT / 2.0, BOX, HEIGHT, at[0], at[1] + 4.5, escape(node.name() + ": " + node.label())));
    }

    private void edge(Graph.Edge edge) {
        double[] from = places.get(edge.from());
        double[] to = places.get(edge.to());
        if (from == null || to == null) {
            return;
        }
        boolean sameColumn = Math.abs(from[0] - to[0]) < 1;
        String colour = COLOURS.getOrDefault(edge.name(), "#444444");
        double x1 = from[0];
        double y1 = from[1];
        double x2 = to[0];
        double y2 = to[1];
        double cx;
        double cy;
        if (sameColumn && edge.name().equals("po")) {
            y1 += HEIGHT / 2.0;
            y2 -= HEIGHT / 2.0;
            cx = x1;
            cy = (y1 + y2) / 2;
        } else if (sameColumn) {
            // Bows outwards, so that the arrows between threads stay readable.
            double side = x1 < middle ? -1 : 1;
            x1 += side * BOX / 2.0;
            x2 += side * BOX / 2.0;
            cx = x1 + side * (18 + Math.abs(y2 - y1) / 6);
            cy = (y1 + y2) / 2;
        } else {
            double side = x2 > x1 ? 1 : -1;
            x1 += side * BOX / 2.0;
            x2 -= side * BOX / 2.0;
            double lift = switch (edge.name()) {
                case "rf" -> -10;
                case "fr" -> 14;
                default -> 24;
            };
            cx = (x1 + x2) / 2;
            cy = (y1 + y2) / 2 + lift;
        }
        boolean dashed = edge.name().equals("addr") || edge.name().equals("data") || edge.name().equals("ctrl");
        out.append(String.format(Locale.ROOT,
                "<path class=\"a-%s\" d=\"M%.1f %.1fQ%.1f %.1f %.1f %.1f\" fill=\"none\" stroke=\"%s\" "
                        + "stroke-width=\"%s\"%s marker-end=\"url(#m-%s)\"/>%n",
                kind(edge), x1, y1, cx, cy, x2, y2, colour,
                edge.inCycle() ? "2.4" : "1.3", dashed ? " stroke-dasharray=\"5 3\"" : "",
                kind(edge)));
        if (!edge.name().equals("po") || edge.inCycle()) {
            // Nearer to the start than to the crossing in the middle.
            double t = sameColumn ? 0.5 : 0.3;
            double lx = (1 - t) * (1 - t) * x1 + 2 * t * (1 - t) * cx + t * t * x2;
            double ly = (1 - t) * (1 - t) * y1 + 2 * t * (1 - t) * cy + t * t * y2;
            out.append(String.format(Locale.ROOT,
                    "<text class=\"name n-%s\" x=\"%.1f\" y=\"%.1f\" fill=\"%s\" font-size=\"11\" text-anchor=\"middle\" "
                            + "stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">%s</text>%n",
                    kind(edge), lx, ly - 2, colour, edge.name()));
        }
    }

    /** The arrow's name if it has a colour of its own. */
    private static String kind(Graph.Edge edge) {
        return COLOURS.containsKey(edge.name()) ? edge.name() : "order";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
