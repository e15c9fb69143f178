package dev.assay.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the fields of an object lie.
 *
 * @param type
 *            the class, dotted
 * @param compactHeaders
 *            whether for headers of 8 bytes (-XX:+UseCompactObjectHeaders, JEP 519)
 * @param headerBytes
 *            mark and class words
 * @param sizeBytes
 *            of one instance, padding included
 * @param wasteBytes
 *            padding within and behind the fields
 * @param fields
 *            by offset
 */
public record ObjectLayout(String type, boolean compactHeaders, int headerBytes, long sizeBytes, long wasteBytes,
        List<Place> fields) {
    /**
     * One field.
     *
     * @param owner
     *            the class that declares it, dotted
     * @param writtenAlone
     *            volatile or contended, so most likely written by one thread while others use its neighbours
     */
    public record Place(String owner, String name, String type, long offsetBytes, long sizeBytes,
            boolean writtenAlone) {}

    public ObjectLayout {
        fields = List.copyOf(fields);
    }

    /** Pairs of fields that are written independently and can lie in one cache line, wherever the object starts. */
    public List<String> sharedLines(int lineBytes) {
        List<String> pairs = new ArrayList<>();
        List<Place> alone = fields.stream().filter(Place::writtenAlone).toList();
        for (int i = 0; i < alone.size(); i++) {
            for (int j = i + 1; j < alone.size(); j++) {
                Place first = alone.get(i);
                Place second = alone.get(j);
                // Objects start at any multiple of 8, so two fields are apart for sure only when a whole line fits between.
                if (second.offsetBytes + second.sizeBytes - first.offsetBytes <= lineBytes + first.sizeBytes - 1) {
                    pairs.add(first.name + " and " + second.name);
                }
            }
        }
        return pairs;
    }

    /** Bytes of padding that would part the fields which share a line; zero when none do. */
    public long suggestedPaddingBytes(int lineBytes) {
        return sharedLines(lineBytes).isEmpty()
                ? 0
                : lineBytes * (fields.stream().filter(Place::writtenAlone).count() - 1);
    }

    /** The layout as a table with a mark where each line begins that the object could be split at. */
    public String text(int lineBytes) {
        StringBuilder text = new StringBuilder(type).append(": ").append(sizeBytes).append(" bytes, header ")
                .append(headerBytes)
                .append(compactHeaders ? " (compact)" : "").append(", waste ").append(wasteBytes).append(", lines of ")
                .append(lineBytes).append('\n');
        text.append("  offset  size  field\n").append(row(0, headerBytes, "(header)"));
        long end = headerBytes;
        for (Place place : fields) {
            if (place.offsetBytes > end) {
                text.append(row(end, place.offsetBytes - end, "(padding)"));
            }
            if (place.offsetBytes / lineBytes != end / lineBytes || place.offsetBytes % lineBytes == 0) {
                text.append("  ").append("-".repeat(40)).append(" line ").append(place.offsetBytes / lineBytes)
                        .append('\n');
            }
            text.append(row(place.offsetBytes, place.sizeBytes,
                    place.type + " " + place.name + (place.writtenAlone ? "  * written alone" : "")));
            end = place.offsetBytes + place.sizeBytes;
        }
        if (end < sizeBytes) {
            text.append(row(end, sizeBytes - end, "(padding)"));
        }
        List<String> shared = sharedLines(lineBytes);
        shared.forEach(pair -> text.append("  shares a line: ").append(pair).append('\n'));
        if (!shared.isEmpty()) {
            text.append("  suggestion: @Contended, or ").append(suggestedPaddingBytes(lineBytes))
                    .append(" bytes of padding between them; put what is only read before the first\n");
        }
        return text.toString();
    }

    private static String row(long offset, long size, String what) {
        return "  %6d  %4d  %s%n".formatted(offset, size, what);
    }

    /** The same as a drawing: one row per line of the cache, one column per byte. */
    public String svg(int lineBytes) {
        int cell = 768 / lineBytes;
        long rows = (sizeBytes + lineBytes - 1) / lineBytes;
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"")
                .append(60 + rows * 40).append("\" font-family=\"sans-serif\" font-size=\"11\">\n");
        svg.append("<text x=\"16\" y=\"20\" font-size=\"14\">").append(escape(type)).append(", ").append(sizeBytes)
                .append(" bytes, lines of ").append(lineBytes).append("</text>\n");
        box(svg, 0, headerBytes, "header", "#cccccc", lineBytes, cell);
        for (Place place : fields) {
            box(svg, place.offsetBytes, place.sizeBytes, place.name, place.writtenAlone ? "#f4a582" : "#92c5de",
                    lineBytes, cell);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void box(StringBuilder svg, long offset, long size, String label, String colour, int line,
            int cell) {
        for (long at = offset; at < offset + size;) {
            long width = Math.min(offset + size - at, line - at % line);
            long x = 16 + at % line * cell;
            long y = 36 + at / line * 40;
            svg.append("<g><title>").append(escape(label)).append(" at ").append(offset).append(", ").append(size)
                    .append(" bytes</title><rect x=\"").append(x).append("\" y=\"").append(y).append("\" width=\"")
                    .append(width * cell).append("\" height=\"28\" fill=\"").append(colour)
                    .append("\" stroke=\"#444\"/>");
            long room = width * cell / 7;
            svg.append("<text x=\"").append(x + 3).append("\" y=\"").append(y + 18).append("\">")
                    .append(escape(label.length() > room ? label.substring(0, (int) Math.max(1, room)) : label))
                    .append("</text></g>\n");
            at += width;
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
