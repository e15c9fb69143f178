package dev.assay.litmus;

import java.util.HashMap;
import java.util.Map;

/** RISC-V. */
final class RiscvWriter extends ThreadWriter {
    private final Map<String, Integer> addresses = new HashMap<>();
    private int next = 5;

    private int fresh() {
        if (next > 31) {
            throw new LitmusException("a thread uses at most 27 registers in a generated RISC-V test");
        }
        return next++;
    }

    private String operand(Edge edge, String source, String location) {
        int base = addresses.computeIfAbsent(location, name -> {
            int register = fresh();
            set("x" + register, name);
            return register;
        });
        if (edge == null || edge.kind() != Edge.Kind.ADDR) {
            return "0(x" + base + ")";
        }
        int zero = fresh();
        int sum = fresh();
        line("xor x" + zero + "," + source + "," + source);
        line("add x" + sum + ",x" + base + ",x" + zero);
        return "0(x" + sum + ")";
    }

    @Override
    String read(Edge edge, String source, String location, String mode) {
        int target = fresh();
        String operand = operand(edge, source, location);
        line((mode.equals("Aq") ? "lw.aq" : "lw") + " x" + target + "," + operand);
        return "x" + target;
    }

    @Override
    void write(Edge edge, String source, String location, int value, String mode) {
        int register = fresh();
        if (edge != null && edge.kind() == Edge.Kind.DATA) {
            line("xor x" + register + "," + source + "," + source);
            line("ori x" + register + ",x" + register + "," + value);
        } else {
            line("ori x" + register + ",x0," + value);
        }
        String operand = operand(edge, source, location);
        line((mode.equals("Rl") ? "sw.rl" : "sw") + " x" + register + "," + operand);
    }

    @Override
    String update(Edge kind, Edge edge, String source, String location, Update update) {
        int value = fresh();
        int target = fresh();
        if (edge != null && edge.kind() == Edge.Kind.DATA) {
            line("xor x" + value + "," + source + "," + source);
            line("ori x" + value + ",x" + value + "," + update.written());
        } else {
            line("ori x" + value + ",x0," + update.written());
        }
        // Updates have no offset.
        String base = operand(edge, source, location).substring(1);
        String acquire = update.readMode().equals("Aq") ? ".aq" : "";
        String release = update.writeMode().equals("Rl") ? ".rl" : "";
        if (kind.name().equals("LxSx")) {
            int result = fresh();
            line("lr.w" + acquire + " x" + target + "," + base);
            line("sc.w" + release + " x" + result + ",x" + value + "," + base);
            setStatus("x" + result);
        } else {
            String order = acquire.isEmpty() || release.isEmpty() ? acquire + release : ".aq.rl";
            line("amoswap.w" + order + " x" + target + ",x" + value + "," + base);
        }
        return "x" + target;
    }

    @Override
    void between(Edge edge, String source) {
        switch (edge.kind()) {
            case FENCE -> line(edge.fence().equals("Fence.tso")
                    ? "fence.tso"
                    : "fence " + edge.fence().substring("Fence.".length()).replace('.', ','));
            case CTRL, CTRL_BARRIER -> {
                String label = newLabel();
                line("bne " + source + ",x0," + label);
                line(label + ":");
                if (edge.kind() == Edge.Kind.CTRL_BARRIER) {
                    line("fence.i");
                }
            }
            default -> {
            }
        }
    }
}
