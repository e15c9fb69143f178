package dev.assay.quantum;

/** A mistake in an OpenQASM text, with the place: file, line and column (both from 1), and the line with a caret. */
public final class QasmException extends QuantumException {
    private static final long serialVersionUID = 1L;
    /** A line may hold a million gates; this much of it around the mistake is shown. */
    private static final int SHOWN = 100;

    private final String file;
    private final int line;
    private final int column;

    private QasmException(String message, String file, int line, int column) {
        super(message);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    static QasmException at(String file, String text, int offset, String says) {
        int at = Math.min(offset, text.length());
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int lineEnd = text.indexOf('\n', at);
        lineEnd = lineEnd < 0 ? text.length() : lineEnd;
        int from = Math.max(lineStart, at - SHOWN / 2);
        int to = Math.min(lineEnd, from + SHOWN);
        String shown = text.substring(from, to).replace('\t', ' ').replace("\r", "");
        String place = file + ":" + line + ":" + (at - lineStart + 1);
        return new QasmException(place + ": " + says + "\n  " + shown + "\n  " + " ".repeat(at - from) + "^", file,
                line,
                at - lineStart + 1);
    }

    public String file() {
        return file;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in UTF-16 units. */
    public int column() {
        return column;
    }
}
