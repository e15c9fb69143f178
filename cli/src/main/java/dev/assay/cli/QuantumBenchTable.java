package dev.assay.cli;

import dev.assay.quantum.Baselines;
import dev.assay.quantum.Bench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The results of a bench beside the baselines. */
final class QuantumBenchTable {
    private final List<Bench.Result> results;
    private final Baselines baselines;
    private final long millis;

    QuantumBenchTable(List<Bench.Result> results, Baselines baselines, long millis) {
        this.results = results;
        this.baselines = baselines;
        this.millis = millis;
    }

    /** No case failed, and the total is not above any router's total over the cases that both have. */
    boolean fine() {
        return results.stream().allMatch(r -> r.problem() == null && r.verified()) && baselines.routers().stream()
                .allMatch(router -> comparable(router) <= total(router));
    }

    private long comparable(String router) {
        return results.stream().filter(r -> known(r).containsKey(router)).mapToLong(Bench.Result::swaps).sum();
    }

    private long total(String router) {
        return results.stream().mapToLong(r -> known(r).getOrDefault(router, 0)).sum();
    }

    private Map<String, Integer> known(Bench.Result result) {
        return baselines.of(result.circuit(), result.device());
    }

    private String verdict(Bench.Result result) {
        if (result.problem() != null) {
            return "failed";
        }
        int best = known(result).values().stream().mapToInt(Integer::intValue).min().orElse(-1);
        if (best < 0) {
            return result.minimal() ? "minimal" : "";
        }
        return result.swaps() < best ? "better" : result.swaps() == best ? "equal" : "worse";
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of("circuit", "device", "swaps"));
        header.addAll(baselines.routers());
        header.addAll(List.of("verdict", "depth", "millis", "verified"));
        return header;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Bench.Result result : results) {
            List<String> row = new ArrayList<>(List.of(result.circuit(), result.device(),
                    result.problem() == null ? Integer.toString(result.swaps()) : "-"));
            for (String router : baselines.routers()) {
                Integer swaps = known(result).get(router);
                row.add(swaps == null ? "-" : swaps.toString());
            }
            row.addAll(List.of(verdict(result), Integer.toString(result.depth()), Long.toString(result.millis()),
                    result.verified() ? "yes" : "no"));
            rows.add(row);
        }
        totals().forEach((device, swaps) -> {
            List<String> row = new ArrayList<>(List.of("total", device, Long.toString(swaps)));
            for (String router : baselines.routers()) {
                row.add(Long.toString(results.stream().filter(r -> device.equals("all") || r.device().equals(device))
                        .mapToLong(r -> known(r).getOrDefault(router, 0)).sum()));
            }
            row.addAll(List.of("", "", device.equals("all") ? Long.toString(millis) : "", ""));
            rows.add(row);
        });
        return rows;
    }

    private Map<String, Long> totals() {
        Map<String, Long> totals = new TreeMap<>();
        for (Bench.Result result : results) {
            totals.merge(result.device(), (long) result.swaps(), Long::sum);
        }
        Map<String, Long> ordered = new LinkedHashMap<>(totals);
        ordered.put("all", results.stream().mapToLong(Bench.Result::swaps).sum());
        return ordered;
    }

    String text() {
        List<List<String>> rows = rows();
        List<String> header = header();
        int[] width = new int[header.size()];
        for (int i = 0; i < width.length; i++) {
            width[i] = header.get(i).length();
            for (List<String> row : rows) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        line(text, header, width);
        rows.forEach(row -> line(text, row, width));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> row, int[] width) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < width.length; i++) {
            String form = (i < 2 ? "%-" : "%") + width[i] + "s  ";
            line.append(String.format(Locale.ROOT, form, row.get(i)));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| " + String.join(" | ", header()) + " |\n");
        text.append("|---".repeat(header().size())).append("|\n");
        rows().forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        return text.toString();
    }

    String csv() {
        StringBuilder text = new StringBuilder(String.join(",", header())).append('\n');
        rows().forEach(row -> text.append(String.join(",", row)).append('\n'));
        return text.toString();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", "assay.routing-bench/1");
        json.put("millis", millis);
        List<Map<String, Object>> cases = new ArrayList<>();
        for (Bench.Result result : results) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("circuit", result.circuit());
            one.put("device", result.device());
            one.put("seed", result.seed());
            one.put("swaps", result.swaps());
            one.put("depth", result.depth());
            one.put("millis", result.millis());
            one.put("verified", result.verified());
            one.put("minimal", result.minimal());
            one.put("baselines", known(result));
            one.put("verdict", verdict(result));
            if (result.problem() != null) {
                one.put("problem", result.problem());
            }
            cases.add(one);
        }
        json.put("cases", cases);
        json.put("totals", totals());
        Map<String, Long> others = new LinkedHashMap<>();
        baselines.routers().forEach(router -> others.put(router, total(router)));
        json.put("baseline_totals", others);
        json.put("fine", fine());
        return json;
    }
}
