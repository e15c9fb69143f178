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
