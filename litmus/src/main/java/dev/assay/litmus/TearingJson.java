package dev.assay.litmus;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What was found about tearing as JSON: {@code {"schema":"assay.tearing/1","architecture":…,"platform":…,"rows":[…],"mixed":[…],"alignment":{…},"doubts":[…]}}. */
public final class TearingJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TearingJson() {}

    /** The document, without a final line break. */
    public static String of(Tearing.Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", "assay.tearing/1");
        document.put("architecture", result.architecture());
        document.put("platform", result.platform());
        document.put("rows", result.rows().stream().map(TearingJson::row).toList());
        document.put("mixed", result.mixed());
        document.put("alignment", result.alignment());
        document.put("doubts", result.doubts());
        return MAPPER.writeValueAsString(document);
    }

    private static Map<String, Object> row(TearingRow row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("memory", row.at().memory().words());
        entry.put("bits", row.at().bits());
        entry.put("mode", row.at().mode().words());
        entry.put("place", row.at().place().words());
        entry.put("offset", row.at().offset());
        entry.put("code", row.code().words());
        entry.put("verdict", row.verdict().words());
        if (!row.detail().isEmpty()) {
            entry.put("detail", row.detail());
        }
        entry.put("tries", row.seen().loads());
        entry.put("torn", row.seen().torn());
        entry.put("zeros", row.seen().zeros());
        entry.put("ones", row.seen().ones());
        entry.put("changes", row.seen().changes());
        return entry;
    }
}
