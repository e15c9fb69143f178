package dev.assay.litmus;

import dev.assay.litmus.Condition.Quantifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code .litmus} files as the herdtools write them: a header, an initial state in braces, a table of threads, and a
 * condition.
 */
public final class LitmusParser {
    private static final int MAXIMUM_CHARACTERS = 1 << 20;

    private final String source;
    private final String text;
    private final TextScanner scanner;

    private LitmusParser(String source, String text) {
        this.source = source;
        this.text = blankComments(source, text);
        this.scanner = new TextScanner(source, this.text, 0, this.text.length());
    }

    /**
     * Reads a test from a file.
     *
     * @throws LitmusException when the file cannot be read or holds something that is not understood, with the place
     */
    public static LitmusTest parse(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new LitmusException(file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads a test.
     *
     * @param source what to call the text in messages
     * @param text the whole test
     * @throws LitmusException when something is not understood, with the place
     */
    public static LitmusTest parse(String source, String text) {
        if (text.length() > MAXIMUM_CHARACTERS) {
            throw new LitmusException(
                    source + ": a test has at most " + MAXIMUM_CHARACTERS + " characters, but this has "
                            + text.length());
        }
        return new LitmusParser(source, text).test();
    }

    private LitmusTest test() {
        int brace = text.indexOf('{');
        if (brace < 0) {
            throw scanner.errorAt(text.length(),
                    "the initial state is missing: a test has it in braces, {}, after its header");
        }
        int firstLine = text.indexOf('\n') < 0 ? brace : Math.min(brace, text.indexOf('\n'));
        TextScanner head = scanner.part(0, firstLine);
        String word = head.word("an architecture (X86_64, X86, AArch64, RISCV or Java)");
        Architecture architecture = Architecture.ofHeader(word).orElseThrow(() -> scanner.errorAt(0,
                "tests for '" + word + "' are not supported; X86_64, X86, AArch64, RISCV and Java are"));
        head.skipBlanks();
        String name = text.substring(head.position(), firstLine).strip();
        if (name.endsWith(".litmus")) {
            // A file's name in the place of the test's: the ending is no part of it, for the herdtools neither.
            name = name.substring(0, name.length() - ".litmus".length());
        }
        if (name.isEmpty()) {
            throw head.error("the test's name is missing after the architecture");
        }
        Map<String, String> information = information(text.substring(firstLine, brace));
        int close = closingBrace(brace);
        RegisterNames registers = RegisterNames.of(architecture);
        InitialState initial = new InitialStateParser(scanner.part(brace + 1, close), registers).parse();
        int tail = conditionStart(close + 1);
        List<LitmusThread> threads = architecture == Architecture.JAVA
                ? new JavaParser(scanner.part(close + 1, tail)).threads()
                : table(architecture, close + 1, tail);
        return tail(architecture, name, information, initial, threads, tail, registers);
    }

    private LitmusTest tail(Architecture architecture, String name, Map<String, String> information,
            InitialState initial, List<LitmusThread> threads, int start, RegisterNames registers) {
        TextScanner rest = scanner.part(start, text.length());
        PropositionParser propositions = new PropositionParser(rest, registers, threads.size());
        List<Observable> locations = List.of();
        Optional<Proposition> filter = Optional.empty();
        while (true) {
            if (rest.take("locations")) {
                locations = propositions.locations();
            } else if (rest.take("filter")) {
                filter = Optional.of(propositions.proposition());
                rest.take(";");
            } else {
                break;
            }
        }
        Condition condition = condition(rest, propositions);
        return new LitmusTest(architecture, name, information, initial, threads, locations, filter, condition);
    }

    private static Condition condition(TextScanner rest, PropositionParser propositions) {
        if (rest.atEnd()) {
            return new Condition(Quantifier.FORALL, new Proposition.Constant(true), "true");
        }
        Quantifier quantifier;
        if (rest.take("exists")) {
            quantifier = Quantifier.EXISTS;
        } else if (rest.take("forall")) {
            quantifier = Quantifier.FORALL;
        } else if (rest.take("~") || rest.take("not")) {
            rest.expect("exists");
            quantifier = Quantifier.NOT_EXISTS;
        } else {
            throw rest.error(
                    "exists, ~exists, forall, filter or locations is needed here, but " + rest.found() + " was found");
        }
        int from = rest.position();
        Proposition proposition = propositions.proposition();
        String written = rest.text(from, rest.position()).strip().replaceAll("\\s+", " ");
        return new Condition(quantifier, proposition, written);
    }

    /** The {@code Key=value} lines of the header; the quoted line is the description. */
    private static Map<String, String> information(String header) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : header.split("\n")) {
            String stripped = line.strip();
            int equals = stripped.indexOf('=');
            if (stripped.startsWith("\"")) {
                lines.put("Description", stripped.replace("\"", ""));
            } else if (equals > 0) {
                lines.put(stripped.substring(0, equals).strip(), stripped.substring(equals + 1).strip());
            }
        }
        return lines;
    }

    private int closingBrace(int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            if (text.charAt(i) == '{') {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw scanner.errorAt(open, "this brace is never closed");
    }

    /** Where the words after the program begin: the first of them that opens a line, or follows the last semicolon. */
    private int conditionStart(int from) {
        int statement = from;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ';' || c == '\n' || c == '}') {
                statement = i + 1;
            } else if (!Character.isWhitespace(c) && text.substring(statement, i).isBlank()
                    && startsTail(text, i)) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean startsTail(String text, int at) {
        for (String word : List.of("exists", "~exists", "forall", "locations", "filter")) {
            int after = at + word.length();
            if (text.startsWith(word, at) && (after >= text.length() || !TextScanner.isWordPart(text.charAt(after)))) {
                return true;
            }
        }
        return text.startsWith("~", at) || text.startsWith("not ", at);
    }

    private List<LitmusThread> table(Architecture architecture, int from, int to) {
        List<List<int[]>> rows = rows(from, to);
        if (rows.isEmpty()) {
            throw scanner.errorAt(from, "the table of threads is missing: it starts with a row like  P0 | P1 ;");
        }
        int count = rows.getFirst().size();
        for (int i = 0; i < count; i++) {
            TextScanner cell = cell(rows.getFirst().get(i));
            String thread = cell.word("the name of a thread, P" + i + ",");
            if (!thread.equals("P" + i)) {
                throw cell
                        .error("threads are named P0, P1, ... in order, but column " + (i + 1) + " is named " + thread);
            }
            cell.expectEnd();
        }
        List<LitmusThread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(thread(architecture, i, rows, count));
        }
        return threads;
    }

    private LitmusThread thread(Architecture architecture, int number, List<List<int[]>> rows, int count) {
        List<Instruction> instructions = new ArrayList<>();
        List<Integer> lines = new ArrayList<>();
        Map<String, Integer> labels = new HashMap<>();
        for (List<int[]> row : rows.subList(1, rows.size())) {
            if (row.size() > count) {
                throw scanner.errorAt(row.get(count)[0],
                        "there are " + count + " threads, but this row has " + row.size()
                                + " cells");
            }
            if (number >= row.size()) {
                continue;
            }
            TextScanner cell = cell(row.get(number));
            label(cell, instructions.size(), labels);
            if (!cell.atEnd()) {
                lines.add(cell.line(cell.position()));
                instructions.add(switch (architecture) {
                    case X86_64 -> new X86Parser(cell).instruction();
                    case X86 -> new X86IntelParser(cell).instruction();
                    case AARCH64 -> new Arm64Parser(cell).instruction();
                    case RISCV -> new RiscvParser(cell).instruction();
                    case JAVA -> throw new IllegalStateException("Java has no table");
                });
                cell.expectEnd();
            }
        }
        return new LitmusThread(number, instructions, lines, labels);
    }

    private static void label(TextScanner cell, int index, Map<String, Integer> labels) {
        while (!cell.atEnd()) {
            int start = cell.position();
            if (!cell.nextIsWord()) {
                return;
            }
            String word = cell.word("a label");
            if (!cell.take(":")) {
                cell.reset(start);
                return;
            }
            if (labels.put(word, index) != null) {
                throw cell.errorAt(start, "the label " + word + " is set twice in one thread");
            }
        }
    }

    private TextScanner cell(int[] bounds) {
        return scanner.part(bounds[0], bounds[1]);
    }

    /** The cells of each row as start and end; a row ends with a semicolon, empty rows are left out. */
    private List<List<int[]>> rows(int from, int to) {
        List<List<int[]>> rows = new ArrayList<>();
        List<int[]> row = new ArrayList<>();
        int start = from;
        for (int i = from; i <= to; i++) {
            char c = i == to ? ';' : text.charAt(i);
            if (c == '|' || c == ';') {
                row.add(new int[]{start, i});
                start = i + 1;
            }
            if (c == ';') {
                if (row.size() > 1 || !text.substring(row.getFirst()[0], row.getFirst()[1]).isBlank()) {
                    rows.add(row);
                }
                row = new ArrayList<>();
            }
        }
        return rows;
    }

    /** Replaces {@code (* ... *)} by blanks, nested ones too, so that places stay true. */
    private static String blankComments(String source, String text) {
        StringBuilder out = new StringBuilder(text.length());
        int depth = 0;
        int opened = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("(*", i)) {
                if (depth++ == 0) {
                    opened = i;
                }
                out.append("  ");
                i++;
            } else if (depth > 0 && text.startsWith("*)", i)) {
                depth--;
                out.append("  ");
                i++;
            } else {
                char c = text.charAt(i);
                out.append(depth > 0 && c != '\n' ? ' ' : c);
            }
        }
        if (depth > 0) {
            throw new TextScanner(source, text, 0, text.length()).errorAt(opened, "this comment is never closed");
        }
        return out.toString();
    }
}
