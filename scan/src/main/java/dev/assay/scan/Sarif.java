package dev.assay.scan;

import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SARIF 2.1.0 (OASIS Standard, 27 March 2020), one run with every rule that reported. */
public final class Sarif {
    private static final Pattern LINE = Pattern.compile(":(\\d{1,9})$");

    private Sarif() {}

    /** Writes the report; the writer stays open. */
    public static void write(ScanReport report, Writer out) {
        List<Rule> rules = Rules.all().stream()
                .filter(rule -> report.findings().stream().anyMatch(finding -> finding.rule().equals(rule.id())))
                .toList();
        List<String> ids = rules.stream().map(Rule::id).toList();
        try (JsonText json = new JsonText(out)) {
            json.object(() -> {
                json.strings("$schema",
                        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
                        "version", "2.1.0");
                json.objects("runs", List.of(report), one -> {
                    json.object("tool", () -> json.object("driver", () -> {
                        json.strings("name", "Assay", "semanticVersion", "0.1.0");
                        json.objects("rules", rules, rule -> rule(json, rule));
                    }));
                    json.objects("results", one.findings(),
                            finding -> result(json, finding, ids.indexOf(finding.rule())));
                    json.object("properties", () -> json.strings("target", one.target().label()));
                });
            });
        }
    }

    private static void rule(JsonText json, Rule rule) {
        json.strings("id", rule.id());
        message(json, "shortDescription", rule.title());
        message(json, "fullDescription", rule.meaning() + " " + rule.why());
        message(json, "help", rule.remedy());
        json.object("defaultConfiguration", () -> json.strings("level", rule.severity().label()));
    }

    private static void result(JsonText json, Finding finding, int rule) {
        json.strings("ruleId", finding.rule());
        json.number("ruleIndex", rule);
        json.strings("level", finding.severity().label());
        message(json, "message", finding.says() + ". " + finding.remedy());
        json.objects("locations", List.of(finding), place -> {
            json.object("physicalLocation", () -> {
                json.object("artifactLocation", () -> json.strings("uri", uri(place.artifact())));
                Matcher line = LINE.matcher(place.location());
                if (line.find() && Integer.parseInt(line.group(1)) > 0) {
                    json.object("region", () -> json.number("startLine", Integer.parseInt(line.group(1))));
                }
            });
            json.objects("logicalLocations", List.of(place.location()),
                    name -> json.strings("fullyQualifiedName", name));
        });
        json.object("partialFingerprints", () -> json.strings("assay/v1", finding.fingerprint()));
        json.object("properties", () -> json.strings("confidence", finding.confidence().label()));
    }

    private static void message(JsonText json, String name, String text) {
        json.object(name, () -> json.strings("text", text));
    }

    /** A relative reference, or file: for an absolute path; spaces and the like escaped. */
    private static String uri(String path) {
        try {
            return path.startsWith("/")
                    ? new URI("file", "", path, null).toASCIIString()
                    : new URI(null, null, path.matches("[^/]*:.*") ? "./" + path : path, null).toASCIIString();
        } catch (URISyntaxException _) {
            return java.net.URLEncoder.encode(path, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
