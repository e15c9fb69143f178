package dev.assay.scan;

/** Bytes viewed in the order of whatever machine runs. */
final class NativeByteOrder implements HazardRule {
    private static final Rule RULE = new Rule("hazard.native-byte-order", Severity.WARNING, Confidence.MEDIUM,
            "Bytes are viewed in the machine's own order",
            "A byte array or buffer is viewed as wider numbers in ByteOrder.nativeOrder(), or by Unsafe, in a class that never"
                    + " asks which order that is.",
            "What is written so on x86 is read back differently on big-endian s390x. Between x86, aarch64 and riscv64 the order"
                    + " is the same: there it is only a note.",
            "byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder())",
            "byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)",
            "Name the order that the format has; keep native order for memory that never leaves the process.");

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        Severity severity = report.target().bigEndian() ? Severity.WARNING : Severity.NOTE;
        boolean asks = nest.methods().flatMap(method -> method.code().stream())
                .anyMatch(insn -> insn.op == Op.GETSTATIC && insn.owner.equals("java/nio/ByteOrder")
                        || insn.invokes() && insn.name.equals("reverseBytes"));
        nest.methods().forEach(method -> {
            for (Insn insn : method.code()) {
                boolean view = insn.invokes() && (insn.name.equals("byteArrayViewVarHandle")
                        || insn.name.equals("byteBufferViewVarHandle") || insn.name.equals("order")
                        || insn.name.equals("withOrder"));
                if (view && insn.in.length > 0 && nativeOrder(insn.written()) && !asks) {
                    report.add(severity, Confidence.MEDIUM, method.at(insn),
                            insn.name + " takes the machine's own byte order");
                }
                boolean raw = insn.invokes() && insn.owner.equals("sun/misc/Unsafe")
                        && insn.desc.startsWith("(Ljava/lang/Object;J")
                        && insn.name.matches("(get|put)(Short|Int|Long|Char)(Volatile)?") && bytes(insn) && !asks;
                if (raw) {
                    report.add(severity, Confidence.MEDIUM, method.at(insn),
                            "Unsafe." + insn.name + " on a byte array takes the machine's own byte order");
                }
            }
        });
    }

    private static boolean nativeOrder(Value value) {
        return value.from() != null && value.from().calls("java/nio/ByteOrder", "nativeOrder");
    }

    private static boolean bytes(Insn call) {
        return call.in.length > 2 && call.in[2].derives(source -> source.op == Op.GETSTATIC
                && (source.name.contains("BYTE_ARRAY") || source.name.contains("BYTE_BASE")));
    }
}
