package dev.assay.report;

import dev.assay.litmus.RunDoubt;
import dev.assay.report.chart.Markup;
import dev.assay.report.chart.TearingMap;
import dev.assay.report.chart.TearingMap.Cell;
import dev.assay.report.chart.TearingMap.Group;
import dev.assay.report.chart.TearingMap.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The record of {@code assay litmus tearing} as a page: a map for each width, then 64-bit loads against smaller stores. */
final class TearingPage {
    private static final int LINE = 64;
    private static final int PAGE = 4096;

    private final JsonNode record;

    /** @param json {@code {"schema":"assay.tearing/1",…}} */
    TearingPage(String json) {
        record = JsonMapper.builder().build().readTree(json);
    }

    String page() {
        return LitmusFrame.page("Which accesses to memory are whole", "on " + platform()
                + " · one thread stores all zeros and all ones in turn, another loads", page -> {
                    Map<Integer, List<JsonNode>> byBits = new TreeMap<>();
                    record.get("rows").forEach(
                            row -> byBits.computeIfAbsent(row.get("bits").asInt(), _ -> new ArrayList<>()).add(row));
                    byBits.forEach((bits, rows) -> width(page, bits, rows));
                    mixed(page);
                    List<RunDoubt> doubts = StreamSupport.stream(record.get("doubts").spliterator(), false)
                            .map(d -> new RunDoubt(d.get("kind").asString(), d.get("says").asString(),
                                    d.get("remedy").asString()))
                            .toList();
                    LitmusFrame.doubts(page, doubts);
                });
    }

    private String platform() {
        JsonNode platform = record.get("platform");
        return platform != null && platform.isString()
                ? platform.asString()
                : record.get("architecture").asString();
    }

    private static void width(Markup page, int bits, List<JsonNode> rows) {
        page.open("section", "id", "bits-" + bits).leaf("h2", bits + "-bit accesses");
        page.leaf("p", summary(rows), "class", "answer");
        page.open("figure", "class", "wide").add(map(bits, rows).svg()).leaf("figcaption",
                "Columns are places: the distance in bytes of the access's start from a line's start, or from the boundary"
                        + " that it crosses. Point at a cell for its numbers.")
                .close();
        page.open("details").leaf("summary", "Every access that tore, threw or trapped, with numbers");
        HtmlTables.open(page, "In the order in which they were tried", "access", "place", "#offset", "what happened",
                "#loads", "#torn");
        for (JsonNode row : rows) {
            Kind kind = kind(row);
            if (kind != Kind.WHOLE && kind != Kind.UNCHANGED) {
                page.open("tr").leaf("td", name(row)).leaf("td", row.get("place").asString())
                        .leaf("td", row.get("offset").asString(), "class", "n").leaf("td", what(row));
                LitmusFrame.count(page, row.get("tries").asLong(), 0);
                LitmusFrame.count(page, row.get("torn").asLong(), row.get("tries").asLong());
                page.close();
            }
        }
        HtmlTables.close(page);
        page.close().close();
    }

    private static String summary(List<JsonNode> rows) {
        Map<Kind, Long> kinds = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            kinds.put(kind, rows.stream().filter(row -> kind(row) == kind).count());
        }
        long aligned = rows.stream()
                .filter(row -> kind(row) == Kind.TEARS && row.get("place").asString().equals("aligned")).count();
        return String.format(Locale.ROOT,
                "Of %d accesses %d were not seen to tear, %d tear, %d throw, %d trap; %d saw too"
                        + " little to prove anything. %s",
                rows.size(), kinds.get(Kind.WHOLE), kinds.get(Kind.TEARS),
                kinds.get(Kind.THROWS), kinds.get(Kind.TRAPS), kinds.get(Kind.UNCHANGED),
                aligned == 0 ? "No aligned access was seen to tear." : aligned + " of those that tear are aligned.");
    }

    private static TearingMap map(int bits, List<JsonNode> rows) {
        List<String> names = rows.stream().map(TearingPage::name).distinct().toList();
        Map<String, TreeSet<Integer>> places = new LinkedHashMap<>();
        rows.forEach(row -> places.computeIfAbsent(row.get("place").asString(), _ -> new TreeSet<>())
                .add(distance(row)));
        List<Group> groups = new ArrayList<>();
        Map<String, Integer> columns = new HashMap<>();
        places.forEach((place, distances) -> {
            distances.forEach(distance -> columns.put(place + distance, columns.size()));
            groups.add(new Group(place, distances.stream().map(String::valueOf).toList()));
        });
        Map<List<Integer>, Cell> cells = new HashMap<>();
        for (JsonNode row : rows) {
            double share = row.get("tries").asLong() == 0
                    ? 0
                    : (double) row.get("torn").asLong() / row.get("tries").asLong();
            cells.put(List.of(names.indexOf(name(row)), columns.get(row.get("place").asString() + distance(row))),
                    new Cell(kind(row), share, name(row) + ", " + row.get("place").asString() + ", offset "
                            + row.get("offset").asString() + ": " + what(row)
                            + String.format(Locale.ROOT, ", %,d torn of %,d loads", row.get("torn").asLong(),
                                    row.get("tries").asLong())));
        }
        return new TearingMap("What became of " + bits + "-bit accesses, by way and place", names, groups, cells);
    }

    /** From the start of a line, or from the boundary that is crossed. */
    private static int distance(JsonNode row) {
        int offset = row.get("offset").asInt();
        String place = row.get("place").asString();
        if (place.contains("across")) {
            int boundary = place.contains("page") ? PAGE : LINE;
            return (offset + boundary / 2) % boundary - boundary / 2;
        }
        return offset % LINE;
    }

    private static String name(JsonNode row) {
        return row.get("memory").asString() + ", " + row.get("mode").asString() + ", " + row.get("code").asString();
    }

    private static String what(JsonNode row) {
        return row.get("verdict").asString()
                + (row.has("detail") ? ": " + row.get("detail").asString() : "");
    }

    private static Kind kind(JsonNode row) {
        return switch (row.get("verdict").asString()) {
            case "not seen to tear" -> Kind.WHOLE;
            case "tears" -> Kind.TEARS;
            case "throws" -> Kind.THROWS;
            case "traps" -> Kind.TRAPS;
            default -> Kind.UNCHANGED;
        };
    }

    private void mixed(Markup page) {
        page.open("section", "id", "mixed").leaf("h2", "A 64-bit load beside 32-bit stores");
        page.leaf("p",
                "Taken as one 64-bit number, a load whose halves come from two stores was stored by nobody and looks torn."
                        + " Taken as what happened, each half is one whole 32-bit store, and such stores come one after the"
                        + " other. A load is torn only when it holds part of one store.");
        HtmlTables.open(page, "Aligned 64-bit loads", "stores", "#loads", "#halves of two stores",
                "#part of one store: torn");
        for (JsonNode row : record.get("mixed")) {
            page.open("tr").leaf("td", row.get("stores").asString());
            long loads = row.get("loads").asLong();
            LitmusFrame.count(page, loads, 0);
            LitmusFrame.count(page, row.get("halvesDiffer").asLong(), loads);
            LitmusFrame.count(page, row.get("partOfAStore").asLong(), loads);
            page.close();
        }
        HtmlTables.close(page);
        page.close();
    }
}
