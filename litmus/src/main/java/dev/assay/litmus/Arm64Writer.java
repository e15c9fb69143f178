package dev.assay.litmus;

import java.util.HashMap;
import java.util.Map;

/** AArch64. */
final class Arm64Writer extends ThreadWriter {
    private final Map<String, Integer> addresses = new HashMap<>();
    private int next;

    private int fresh() {
        if (next > 28) {
            throw new LitmusException("a thread uses at most 29 registers in a generated AArch64 test");
        }
        return next++;
    }

    private int address(String location) {
        return addresses.computeIfAbsent(location, name -> {
            int register = fresh();
            set("X" + register, name);
            return register;
        });
    }

    /** The operand of an access: the location's register, with an index that depends on the source for address dependencies. */
    private String operand(Edge edge, String source, String location, boolean ordered) {
        int base = address(location);
        if (edge == null || edge.kind() != Edge.Kind.ADDR) {
            return "[X" + base + "]";
        }
        int zero = fresh();
        line("EOR W" + zero + ",W" + source.substring(1) + ",W" + source.substring(1));
        if (!ordered) {
            return "[X" + base + ",W" + zero + ",SXTW]";
        }
        int sum = fresh();
        line("ADD X" + sum + ",X" + base + ",W" + zero + ",SXTW");
        return "[X" + sum + "]";
    }

    @Override
    String read(Edge edge, String source, String location, String mode) {
        int target = fresh();
        String operation = switch (mode) {
            case "A" -> "LDAR";
            case "Q" -> "LDAPR";
            default -> "LDR";
        };
        String operand = operand(edge, source, location, !operation.equals("LDR"));
        line(operation + " W" + target + "," + operand);
        return "X" + target;
    }

    @Override
    void write(Edge edge, String source, String location, int value, String mode) {
        int register = fresh();
        if (edge != null && edge.kind() == Edge.Kind.DATA) {
            line("EOR W" + register + ",W" + source.substring(1) + ",W" + source.substring(1));
            line("ADD W" + register + ",W" + register + ",#" + value);
        } else {
            line("MOV W" + register + ",#" + value);
        }
        String operation = mode.equals("L") ? "STLR" : "STR";
        String operand = operand(edge, source, location, mode.equals("L"));
        line(operation + " W" + register + "," + operand);
    }

    @Override
    String update(Edge kind, Edge edge, String source, String location, Update update) {
        int value = fresh();
        int target = fresh();
        int written = kind.name().equals("Amo.LdAdd") ? update.written() - update.found() : update.written();
        if (edge != null && edge.kind() == Edge.Kind.DATA) {
            line("EOR W" + value + ",W" + source.substring(1) + ",W" + source.substring(1));
            line("ADD W" + value + ",W" + value + ",#" + written);
        } else {
            line("MOV W" + value + ",#" + written);
        }
        String base = operand(edge, source, location, true);
        boolean acquire = update.readMode().equals("A");
        boolean release = update.writeMode().equals("L");
        String order = (acquire ? "A" : "") + (release ? "L" : "");
        switch (kind.name()) {
            case "Amo.Swp" -> line("SWP" + order + " W" + value + ",W" + target + "," + base);
            case "Amo.LdAdd" -> line("LDADD" + order + " W" + value + ",W" + target + "," + base);
            case "Amo.Cas" -> {
                line("MOV W" + target + ",#" + update.found());
                line("CAS" + order + " W" + target + ",W" + value + "," + base);
            }
            default -> {
                int result = fresh();
                line((acquire ? "LDAXR" : "LDXR") + " W" + target + "," + base);
                line((release ? "STLXR" : "STXR") + " W" + result + ",W" + value + "," + base);
                setStatus("X" + result);
            }
        }
        return "X" + target;
    }

    @Override
    void between(Edge edge, String source) {
        switch (edge.kind()) {
            case FENCE -> line(edge.fence().replace('.', ' '));
            case CTRL, CTRL_BARRIER -> {
                String label = newLabel();
                line("CBNZ W" + source.substring(1) + "," + label);
                line(label + ":");
                if (edge.kind() == Edge.Kind.CTRL_BARRIER) {
                    line("ISB");
                }
            }
            default -> {
            }
        }
    }
}
