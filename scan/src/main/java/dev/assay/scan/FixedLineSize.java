package dev.assay.scan;

import java.util.List;
import java.util.regex.Pattern;

/** Padding and strides for lines of 64 bytes. */
final class FixedLineSize implements HazardRule {
    private static final Rule RULE = new Rule("hazard.fixed-line-size", Severity.NOTE, Confidence.MEDIUM,
            "A cache line of 64 bytes is assumed",
            "A constant whose name speaks of a cache line is 64, or a class pads with six to eight 64-bit fields.",
            "Apple's cores have lines of 128 bytes, s390x of 256; adjacent-line prefetch makes pairs of lines travel together on"
                    + " many x86 and some aarch64 cores. Padding for 64 then shares a line after all.",
            "static final int CACHE_LINE_SIZE = 64; long p1, p2, p3, p4, p5, p6, p7;",
            "@Contended, or padding of 128 bytes on both sides",
            "Pad to 128 bytes, use @Contended (with -XX:-RestrictContended), or read the size from the machine.");
    private static final Pattern LINE = Pattern.compile("(?i).*cache_?line.*|.*line_?size.*bytes.*");
    private static final Pattern PAD = Pattern.compile("(?i)_?(p|pad|padding|q|l|r)_?\\d{1,3}");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        for (ClassView view : nest.classes) {
            for (ClassView.Field field : view.fields.values()) {
                if (LINE.matcher(field.name()).matches() && (Integer.valueOf(64).equals(field.constant())
                        || Long.valueOf(64).equals(field.constant()))) {
                    report.add(Confidence.MEDIUM, view.dotted() + "." + field.name(),
                            field.name() + " is the constant 64");
                }
            }
            List<ClassView.Field> pads = view.fields.values().stream()
                    .filter(field -> !field.isStatic() && field.wide() && PAD.matcher(field.name()).matches()).toList();
            if (pads.size() >= 6 && pads.size() <= 8) {
                report.add(Confidence.MEDIUM, view.dotted(),
                        "pads with " + pads.size() + " fields (" + pads.size() * 8
                                + " bytes), enough for lines of 64 bytes only");
            }
        }
    }
}
