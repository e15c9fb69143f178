package dev.assay.scan;

import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;

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
        try (JsonGenerator json = FindingsJson.generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("$schema",
                    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
            json.writeStringProperty("version", "2.1.0");
            json.writeArrayPropertyStart("runs");
            json.writeStartObject();
            json.writeObjectPropertyStart("tool");
            json.writeObjectPropertyStart("driver");
            json.writeStringProperty("name", "Assay");
            json.writeStringProperty("semanticVersion", "0.1.0");
            json.writeArrayPropertyStart("rules");
            for (Rule rule : rules) {
                rule(json, rule);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayPropertyStart("results");
            for (Finding finding : report.findings()) {
                result(json, finding, ids.indexOf(finding.rule()));
            }
            json.writeEndArray();
            json.writeObjectPropertyStart("properties");
            json.writeStringProperty("target", report.target().label());
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void rule(JsonGenerator json, Rule rule) {
        json.writeStartObject();
        json.writeStringProperty("id", rule.id());
        message(json, "shortDescription", rule.title());
        message(json, "fullDescription", rule.meaning() + " " + rule.why());
        message(json, "help", rule.remedy());
        json.writeObjectPropertyStart("defaultConfiguration");
        json.writeStringProperty("level", rule.severity().label());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, Finding finding, int rule) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", finding.rule());
        json.writeNumberProperty("ruleIndex", rule);
        json.writeStringProperty("level", finding.severity().label());
        message(json, "message", finding.says() + ". " + finding.remedy());
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(finding.artifact()));
        json.writeEndObject();
        Matcher line = LINE.matcher(finding.location());
        if (line.find() && Integer.parseInt(line.group(1)) > 0) {
            json.writeObjectPropertyStart("region");
            json.writeNumberProperty("startLine", Integer.parseInt(line.group(1)));
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("logicalLocations");
        json.writeStartObject();
        json.writeStringProperty("fullyQualifiedName", finding.location());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty("assay/v1", finding.fingerprint());
        json.writeEndObject();
        json.writeObjectPropertyStart("properties");
        json.writeStringProperty("confidence", finding.confidence().label());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void message(JsonGenerator json, String name, String text) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", text);
        json.writeEndObject();
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
