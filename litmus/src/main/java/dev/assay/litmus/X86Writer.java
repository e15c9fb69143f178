package dev.assay.litmus;

/** x86, AT&amp;T syntax. */
final class X86Writer extends ThreadWriter {
    private static final String[] NAMES = {"ax", "bx", "cx", "dx", "si", "di"};
    private int registers;

    @Override
    String read(Edge edge, String source, String location, String mode) {
        if (registers == NAMES.length) {
            throw new LitmusException("a thread reads at most " + NAMES.length + " times in a generated x86 test");
        }
        String name = NAMES[registers++];
        line("movl (" + location + "),%e" + name);
        return "r" + name;
    }

    @Override
    void write(Edge edge, String source, String location, int value, String mode) {
        line("movl $" + value + ",(" + location + ")");
    }

    @Override
    String update(Edge kind, Edge edge, String source, String location, Update update) {
        if (registers == NAMES.length) {
            throw new LitmusException("a thread reads at most " + NAMES.length + " times in a generated x86 test");
        }
        String name = NAMES[registers++];
        line("movl $" + update.written() + ",%e" + name);
        line("xchgl %e" + name + ",(" + location + ")");
        return "r" + name;
    }

    @Override
    void between(Edge edge, String source) {
        if (edge.kind() == Edge.Kind.FENCE) {
            line("mfence");
        }
    }
}
