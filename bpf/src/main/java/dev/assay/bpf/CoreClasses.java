package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Which class each processor belongs to, on machines whose cores differ; the programs look it up in a table. */
final class CoreClasses implements AutoCloseable {
    private final List<String> names = new ArrayList<>();
    private final BpfMap table;

    CoreClasses() {
        int processors = Processors.possible();
        int[] classes = new int[processors];
        for (int i = 0; i < processors; i++) {
            String name = Processors.coreClass(i);
            if (!names.contains(name)) {
                names.add(name);
            }
            classes[i] = names.indexOf(name);
        }
        table = names.size() == 1
                ? null
                : BpfMap.create(new BpfMap.Definition("classes", BpfMap.ARRAY, 4, 4, processors, 0));
        for (int i = 0; table != null && i < processors; i++) {
            table.put(bytes(i), bytes(classes[i]));
        }
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(number).array();
    }

    String name(int number) {
        return number < names.size() ? names.get(number) : "class " + number;
    }

    /** The class of the processor that runs this, into the counts' key. */
    void intoDetail(ProgramBuilder b) {
        b.store(Register.R10, LatencyTables.DETAIL, 4, 0);
        if (table == null) {
            return;
        }
        b.call(HelperFunction.PROCESSOR).store(Register.R10, LatencyTables.KEY, 4, Register.R0).map(Register.R1, table);
        LatencyTables.address(b, Register.R2, LatencyTables.KEY);
        b.call(HelperFunction.MAP_LOOKUP).jump(Condition.EQUAL, Register.R0, 0, "no class");
        b.load(Register.R1, 4, Register.R0, 0).store(Register.R10, LatencyTables.DETAIL, 4, Register.R1);
        b.label("no class");
    }

    @Override
    public void close() {
        if (table != null) {
            table.close();
        }
    }
}
