package dev.assay.machine;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How quantities read on screen. */
final class Text {
    private Text() {}

    /** {@code 32 KiB}, {@code 1.25 MiB}, {@code 23.5 GiB}. */
    static String bytes(long bytes) {
        if (bytes == Limits.UNLIMITED) {
            return "unlimited";
        }
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
        return (text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text) + " " + units[unit];
    }

    static String plain(long value) {
        return value == Limits.UNLIMITED ? "unlimited" : String.valueOf(value);
    }

    static String hertz(long kilohertz) {
        return String.format(Locale.ROOT, "%.2f GHz", kilohertz / 1e6);
    }

    /** {@code 8 performance, 16 efficiency}. */
    static String classes(Topology topology) {
        return topology.cores().stream().collect(Collectors.groupingBy(Core::kind, java.util.TreeMap::new,
                Collectors.counting())).entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Storage, network, display, accelerators; not bridges and what has no class. */
    static boolean interesting(Devices.PciDevice device) {
        return !device.kind().isEmpty() && !device.kind().contains("bridge") && !device.kind().startsWith("class ");
    }

    static String link(Devices.Link link) {
        return String.format(Locale.ROOT, "%s GT/s x%d of %s GT/s x%d", shortest(link.gigatransfers()), link.lanes(),
                shortest(link.bestGigatransfers()), link.bestLanes());
    }

    private static String shortest(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    static String errors(List<Devices.PciError> errors) {
        return errors.stream().map(error -> error.count() + " " + error.error() + " ("
                + error.severity().name().toLowerCase(Locale.ROOT).replace('_', '-') + ")")
                .collect(Collectors.joining(", "));
    }

    /** {@code 1 core}, {@code 2 cores}. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
