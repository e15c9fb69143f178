package dev.assay.machine;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine's files as one text that people can read and write.
 *
 * <pre>
 * # a comment, before the first file only
 * == /sys/devices/system/cpu/cpu{0-3}/topology/core_id          a file; its content follows up to the next ==
 * {/2}
 * == /sys/bus/pci/devices/0000:00:01.0/driver -> virtio-pci     a link
 * == /proc/config.gz hex                                        bytes in hexadecimal
 * 1f8b
 * == /sys/class/powercap/intel-rapl:0/energy_uj denied          a file that may not be read
 * </pre>
 *
 * A set in braces in the path stands for one file per member, and in its content {@code {}} is the member,
 * {@code {+n}}, {@code {-n}}, {@code {*n}}, {@code {/n}} and {@code {%n}} the member after arithmetic. A line of content
 * that begins with {@code ==}, or with backslashes and {@code ==}, is written with one backslash more. The path in the header ends at the first blank.
 */
final class Snapshot {
    private static final Pattern MEMBERS = Pattern.compile("\\{([0-9,-]+)}");
    /** Lines of printable ASCII with one line feed at the end at most: everything else is written in hexadecimal. */
    private static final Pattern PLAIN = Pattern.compile("[\\t\\n\\x20-\\x7e]*");
    private static final Pattern ESCAPED = Pattern.compile("\\\\+==");
    private static final Pattern TERM = Pattern.compile("\\{([-+*/%]?)([0-9]{0,6})}");
    /** More than any machine has files; a typing error such as cpu{0-99999999} ends here. */
    private static final int MOST_FILES = 200_000;

    private Snapshot() {}

    /** One file. */
    sealed interface Entry {
        /** @param path for the source of the reading */
        default Reading<byte[]> bytes(String path) {
            return switch (this) {
                case Content(byte[] content) -> Reading.known(content, path);
                case Link _ -> Reading.unreadable(path + " is a link");
                case Denied _ -> Reading.unreadable("no permission to read " + path);
            };
        }

        default Reading<String> link(String path) {
            return this instanceof Link(String target)
                    ? Reading.known(target, path)
                    : Reading.unsupported("there is no link " + path);
        }
    }

    record Content(byte[] content) implements Entry {}

    record Link(String target) implements Entry {}

    record Denied() implements Entry {}

    static NavigableMap<String, Entry> parse(String text, String name) {
        NavigableMap<String, Entry> files = new TreeMap<>();
        String header = null;
        StringBuilder content = new StringBuilder();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.startsWith("== ")) {
                add(files, header, content, name);
                header = line.substring(3).strip();
                content.setLength(0);
                if (!header.startsWith("/")) {
                    throw new MachineException("a file's path begins with /; line " + number + " of " + name + " has: "
                            + header);
                }
            } else if (header == null) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    throw new MachineException("a saved machine begins with '== /path'; line " + number + " of " + name
                            + " is: " + line.substring(0, Math.min(line.length(), 80)));
                }
            } else {
                content.append(ESCAPED.matcher(line).lookingAt() ? line.substring(1) : line)
                        .append('\n');
            }
        }
        add(files, header, content, name);
        if (files.isEmpty()) {
            throw new MachineException("a saved machine holds at least one file; " + name + " holds none");
        }
        return files;
    }

    /** The text that {@link #parse} reads back as the same files. */
    static String write(NavigableMap<String, Entry> files) {
        StringBuilder text = new StringBuilder();
        files.forEach((path, entry) -> {
            text.append("== ").append(path);
            switch (entry) {
                case Link(String target) -> text.append(" -> ").append(target).append('\n');
                case Denied() -> text.append(" denied\n");
                case Content(byte[] content) -> {
                    String plain = new String(content, StandardCharsets.ISO_8859_1);
                    if (PLAIN.matcher(plain).matches()) {
                        text.append('\n').append(plain.stripTrailing().replaceAll("(?m)^(?=\\\\*==)", "\\\\"));
                        text.append(plain.isBlank() ? "" : "\n");
                    } else {
                        text.append(" hex\n").append(HexFormat.of().formatHex(content)).append('\n');
                    }
                }
            }
        });
        return text.toString();
    }

    private static void add(NavigableMap<String, Entry> files, String header, CharSequence content, String name) {
        if (header == null) {
            return;
        }
        int blank = header.indexOf(' ');
        String path = blank < 0 ? header : header.substring(0, blank);
        String form = blank < 0 ? "" : header.substring(blank + 1).strip();
        Matcher members = MEMBERS.matcher(path);
        if (!members.find()) {
            files.put(path, entry(form, content.toString(), path, name));
            return;
        }
        BitSet set;
        try {
            set = Parse.set(members.group(1));
        } catch (IllegalArgumentException e) {
            throw new MachineException(name + ": " + path + ": " + e.getMessage(), e);
        }
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            String one = path.substring(0, members.start()) + i + path.substring(members.end());
            if (files.size() >= MOST_FILES) {
                throw new MachineException("a saved machine has at most " + MOST_FILES + " files; " + name
                        + " has more");
            }
            int member = i;
            String filled = TERM.matcher(content).replaceAll(term -> term(member, term.group(1), term.group(2)));
            files.put(one, entry(form.replace("{}", "" + i), filled, one, name));
        }
    }

    private static String term(int member, String operator, String digits) {
        int operand = digits.isEmpty() ? 0 : Integer.parseInt(digits);
        return String.valueOf(switch (operator) {
            case "+" -> member + operand;
            case "-" -> member - operand;
            case "*" -> member * operand;
            case "/" -> member / Math.max(operand, 1);
            case "%" -> member % Math.max(operand, 1);
            default -> member;
        });
    }

    private static Entry entry(String form, String content, String path, String name) {
        if (form.isEmpty()) {
            return new Content(content.getBytes(StandardCharsets.ISO_8859_1));
        }
        if (form.equals("denied")) {
            return new Denied();
        }
        if (form.startsWith("-> ")) {
            return new Link(form.substring(3).strip());
        }
        if (form.equals("hex")) {
            try {
                return new Content(HexFormat.of().parseHex(content.replaceAll("\\s", "")));
            } catch (IllegalArgumentException e) {
                throw new MachineException("the content of " + path + " in " + name + " must be hexadecimal: "
                        + e.getMessage(), e);
            }
        }
        throw new MachineException("after a path comes nothing, 'hex', 'denied' or '-> target'; " + name + " has '"
                + form + "' after " + path);
    }
}
