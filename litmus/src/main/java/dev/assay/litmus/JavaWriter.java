package dev.assay.litmus;

/** Java with VarHandles. */
final class JavaWriter extends ThreadWriter {
    private int locals;

    @Override
    String read(Edge edge, String source, String location, String mode) {
        String local = "r" + locals++;
        line("int " + local + " = " + location + ".get" + suffix(mode) + "();");
        return local;
    }

    @Override
    void write(Edge edge, String source, String location, int value, String mode) {
        line(location + ".set" + suffix(mode) + "(" + value + ");");
    }

    @Override
    String update(Edge kind, Edge edge, String source, String location, Update update) {
        String local = "r" + locals++;
        // One mode says both: acquire is the read's, release the write's, and volatile is the mode without a word.
        String mode = update.readMode().equals("A") ? "Acquire" : update.writeMode().equals("L") ? "Release" : "";
        line("int " + local + " = " + location + "." + switch (kind.name()) {
            case "Amo.LdAdd" -> "getAndAdd" + mode + "(" + (update.written() - update.found()) + ");";
            case "Amo.Cas" -> "compareAndExchange" + mode + "(" + update.found() + ", " + update.written() + ");";
            default -> "getAndSet" + mode + "(" + update.written() + ");";
        });
        return local;
    }

    private static String suffix(String mode) {
        return switch (mode) {
            case "O" -> "Opaque";
            case "A" -> "Acquire";
            case "L" -> "Release";
            case "V" -> "Volatile";
            default -> "";
        };
    }

    @Override
    void between(Edge edge, String source) {
        if (edge.kind() == Edge.Kind.FENCE) {
            line("VarHandle." + Character.toLowerCase(edge.fence().charAt(0)) + edge.fence().substring(1) + "();");
        }
    }
}
