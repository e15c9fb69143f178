package dev.assay.machine;

import dev.assay.machine.TopologyTree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The topology as nested boxes, in the manner that users of lstopo know: packages around nodes around caches around
 * cores around processors, devices below. Self-contained SVG, light and dark.
 */
final class TopologySvg {
    private static final int GAP = 6;
    private static final int TITLE = 18;
    private static final int LETTER = 7;
    private static final int PROCESSOR_WIDTH = 38;
    private static final int PROCESSOR_HEIGHT = 24;
    private static final int WIDEST = 1700;
    private static final int MOST_DEVICES = 24;
    private static final String STYLE = """
            <style>
              text { font: 12px ui-sans-serif, system-ui, 'DejaVu Sans', sans-serif; fill: #1c2430 }
              .small { font-size: 11px; fill: #56606e }
              rect { stroke: #8b95a3; stroke-width: 1; rx: 3 }
              .machine { fill: #f7f8fa } .package { fill: #e4ecdf } .node { fill: #f3d9d9 } .cache { fill: #ffffff }
              .core { fill: #c9ced6 } .performance { fill: #b9cbe6 } .efficiency { fill: #cfe3c4 }
              .processor { fill: #ffffff } .forbidden { fill: #e7b3ab } .device { fill: #e6def0 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6e9ee } .small { fill: #a3adba } rect { stroke: #5c6675 }
                .machine { fill: #14181e } .package { fill: #232c22 } .node { fill: #3a2526 } .cache { fill: #1b2027 }
                .core { fill: #363d48 } .performance { fill: #2c3f5e } .efficiency { fill: #2f4a26 }
                .processor { fill: #1b2027 } .forbidden { fill: #6d3129 } .device { fill: #352b44 }
              }
            </style>
            """;

    private final StringBuilder out = new StringBuilder();

    private TopologySvg() {}

    /** One box with its place relative to the box around it. */
    private record Placed(TopologyTree box, int x, int y, int width, int height, List<Placed> inside) {
        Placed at(int newX, int newY) {
            return new Placed(box, newX, newY, width, height, inside);
        }

        Placed stretched(int newWidth, int newHeight) {
            return new Placed(box, x, y, newWidth, newHeight, inside);
        }
    }

    static String draw(Machine machine) {
        TopologySvg svg = new TopologySvg();
        Placed root = place(TopologyTree.of(machine));
        List<String> devices = devices(machine);
        String heading = machine.processor().name().orElse("processor of unknown name") + ", "
                + machine.architecture().kernel().orElse(machine.architecture().process()) + ", "
                + machine.virtualization().title();
        int width = Math.max(root.width, Math.max(heading.length(), legend(machine).length()) * LETTER + GAP) + 2 * GAP;
        int perRow = Math.max(1, (width - 2 * GAP) / 250);
        int rows = (devices.size() + perRow - 1) / perRow;
        int height = TITLE + root.height + 4 * GAP + rows * (PROCESSOR_HEIGHT + GAP) + TITLE;
        svg.out.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n", width, height, width, height,
                escape("topology of " + heading)));
        svg.out.append(STYLE);
        svg.out.append("<rect class=\"machine\" x=\"0\" y=\"0\" width=\"").append(width).append("\" height=\"")
                .append(height).append("\"/>\n");
        svg.text(GAP, TITLE - 4, heading, "");
        svg.boxes(root, GAP, TITLE + GAP);
        int y = TITLE + root.height + 3 * GAP;
        for (int i = 0; i < devices.size(); i++) {
            int x = GAP + i % perRow * 250;
            int top = y + i / perRow * (PROCESSOR_HEIGHT + GAP);
            svg.rectangle("device", x, top, 244, PROCESSOR_HEIGHT);
            svg.text(x + GAP, top + 16, devices.get(i), "small");
        }
        svg.text(GAP, height - GAP, legend(machine), "small");
        return svg.out.append("</svg>\n").toString();
    }

    private static String legend(Machine machine) {
        Topology topology = machine.topology();
        return "P = processor, numbered as the kernel does" + (topology.mixed()
                ? "; blue: performance cores, green: "
                        + "efficiency cores"
                : "")
                + (topology.allowed().equals(topology.online())
                        ? ""
                        : "; red: not for this process")
                + "; lines of " + machine.caches().lineBytes() + " bytes";
    }

    /** Storage, network, display and accelerators: what has a place that matters. */
    private static List<String> devices(Machine machine) {
        List<String> devices = new ArrayList<>();
        for (Devices.PciDevice device : machine.devices().pci()) {
            if (Text.interesting(device) && devices.size() < MOST_DEVICES) {
                devices.add(device.kind() + " " + device.address().replaceFirst("^0000:", "")
                        + device.node().map(node -> " node " + node).orElse("")
                        + device.link().map(link -> " x" + link.lanes()).orElse(""));
            }
        }
        return devices;
    }

    private static Placed place(TopologyTree box) {
        if (box.kind() == Kind.PROCESSOR) {
            return new Placed(box, 0, 0, Math.max(PROCESSOR_WIDTH, box.title().length() * LETTER + 2 * GAP),
                    PROCESSOR_HEIGHT, List.of());
        }
        List<Placed> children = new ArrayList<>();
        box.children().forEach(child -> children.add(place(child)));
        int titleWidth = box.title().length() * LETTER + 2 * GAP;
        boolean bar = box.kind() == Kind.CACHE || box.kind() == Kind.NODE;
        int perRow = perRow(children);
        int inRow = 0;
        int x = bar ? 0 : GAP;
        int y = TITLE + (bar ? GAP + 4 : 4);
        int left = x;
        int rowHeight = 0;
        int right = titleWidth;
        List<Placed> inside = new ArrayList<>();
        for (Placed child : children) {
            if (inRow == perRow || x > left && x + child.width > WIDEST) {
                inRow = 0;
                x = left;
                y += rowHeight + GAP;
                rowHeight = 0;
            }
            inRow++;
            inside.add(child.at(x, y));
            x += child.width + GAP;
            right = Math.max(right, x - GAP + (bar ? 0 : GAP));
            rowHeight = Math.max(rowHeight, child.height);
        }
        int height = children.isEmpty() ? TITLE + GAP + 4 : y + rowHeight + (bar ? 0 : GAP);
        // A single child fills its parent, so that a chain of caches is a column of one width.
        if (inside.size() == 1) {
            Placed only = inside.getFirst();
            inside.set(0, only.stretched(Math.max(only.width, right - left - (bar ? 0 : GAP)), only.height));
        }
        return new Placed(box, 0, 0, right, height, inside);
    }

    /** Rows of equal length, together about twice as wide as high. */
    private static int perRow(List<Placed> children) {
        int count = children.size();
        if (count <= 4) {
            return 4;
        }
        int widest = children.stream().mapToInt(Placed::width).max().orElse(1) + GAP;
        int tallest = children.stream().mapToInt(Placed::height).max().orElse(1) + GAP;
        int wanted = (int) Math.ceil(Math.sqrt(2.0 * count * tallest / widest));
        int fits = Math.clamp(Math.min(wanted, WIDEST / 2 / widest), 1, count);
        for (int even = fits; even > fits / 2; even--) {
            if (count % even == 0) {
                return even; // no row is left half empty
            }
        }
        int rows = (count + fits - 1) / fits;
        return (count + rows - 1) / rows;
    }

    private void boxes(Placed placed, int x, int y) {
        TopologyTree box = placed.box;
        boolean bar = box.kind() == Kind.CACHE || box.kind() == Kind.NODE;
        String style = switch (box.kind()) {
            case MACHINE -> "machine";
            case PACKAGE -> "package";
            case NODE -> "node";
            case CACHE -> "cache";
            case CORE ->
                box.title().endsWith(" P") ? "performance" : box.title().endsWith(" E") ? "efficiency" : "core";
            case PROCESSOR -> box.usable() ? "processor" : "forbidden";
        };
        // Memory and caches are bars above what they serve; the others are frames around it.
        rectangle(style, x, y, placed.width, bar ? TITLE + 4 : placed.height);
        text(x + GAP, y + (box.kind() == Kind.PROCESSOR ? 16 : 15), box.title().replace("  ", " "), "");
        for (Placed child : placed.inside) {
            int width = placed.inside.size() == 1 && !bar && child.box.kind() != Kind.PROCESSOR
                    ? placed.width - 2 * GAP
                    : placed.inside.size() == 1 && bar ? placed.width : child.width;
            boxes(child.stretched(width, child.height), x + child.x, y + child.y);
        }
    }

    private void rectangle(String style, int x, int y, int width, int height) {
        out.append("<rect class=\"").append(style).append("\" x=\"").append(x).append("\" y=\"").append(y)
                .append("\" width=\"").append(width).append("\" height=\"").append(height).append("\"/>\n");
    }

    private void text(int x, int y, String text, String style) {
        out.append("<text").append(style.isEmpty() ? "" : " class=\"" + style + "\"").append(" x=\"").append(x)
                .append("\" y=\"").append(y).append("\">").append(escape(text)).append("</text>\n");
    }

    /** Names come from firmware, so they may hold anything; XML 1.0 allows no control characters at all. */
    private static String escape(String text) {
        return text.replaceAll("[^\\x20-\\x7e\\xa0-\\xff]", "?").replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\"", "&quot;");
    }
}
