package dev.assay.scan;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Bytes accessed as wider numbers in a way that needs an alignment which bytes do not have. */
final class MisalignedView implements HazardRule {
    private static final Rule RULE = new Rule("hazard.misaligned-view", Severity.WARNING, Confidence.HIGH,
            "An access to bytes needs an alignment that they need not have",
            "An atomic or ordered access goes through a VarHandle view of a byte array or byte buffer, or by Unsafe to a byte"
                    + " array; or an aligned ValueLayout is used on a segment over a byte array, or at a constant offset that is"
                    + " no multiple of its size. High confidence for views of byte arrays and for Unsafe, medium otherwise.",
            "The JDK promises alignment for no element of a byte array: newer versions refuse such access"
                    + " (UnsupportedOperationException, IllegalArgumentException), older ones only where the address happens to"
                    + " be odd. Unsafe does not ask: x86 locks the bus for it, aarch64 without LSE2 and riscv64 raise a fault or"
                    + " tear the value.",
            "VarHandle LONGS = byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN); LONGS.getAndAdd(bytes, 4, 1L);",
            "a long[] with arrayElementVarHandle, or plain get and set, or JAVA_LONG_UNALIGNED",
            "Keep what is accessed atomically in an array or field of its own type; read the rest plainly or unaligned.");
    private static final Map<String, Integer> SIZES = Map.of("JAVA_SHORT", 2, "JAVA_CHAR", 2, "JAVA_INT", 4,
            "JAVA_FLOAT", 4, "JAVA_LONG", 8, "JAVA_DOUBLE", 8, "ADDRESS", 8);

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void inspect(Nest nest, Hazards.Report report) {
        Set<String> arrays = fieldsMadeBy(nest, "byteArrayViewVarHandle");
        Set<String> buffers = fieldsMadeBy(nest, "byteBufferViewVarHandle");
        nest.methods().forEach(method -> {
            for (Insn insn : method.code()) {
                if (!insn.invokes() || insn.in.length < 2) {
                    continue;
                }
                if (insn.owner.equals("java/lang/invoke/VarHandle") && ordered(insn.name)) {
                    view(method, insn, arrays, buffers, report);
                } else if (insn.owner.endsWith("misc/Unsafe") && ordered(insn.name) && overBytes(insn)) {
                    report.add(Confidence.HIGH, method.at(insn),
                            "Unsafe." + insn.name + " on a byte array is atomic only where the address is aligned");
                } else if (insn.owner.equals("java/lang/foreign/MemorySegment")
                        && (insn.name.equals("get") || insn.name.equals("set"))) {
                    segment(method, insn, report);
                }
            }
        });
    }

    /** Every access mode but plain get and set. */
    private static boolean ordered(String name) {
        return name.startsWith("compareAnd") || name.startsWith("weakCompareAnd") || name.startsWith("getAnd")
                || name.matches("(get|set|put)\\w*(Volatile|Acquire|Release|Opaque)|putOrdered\\w+");
    }

    private static Set<String> fieldsMadeBy(Nest nest, String factory) {
        Set<String> fields = new HashSet<>();
        nest.methods().forEach(method -> method.code().stream().filter(Insn::writes)
                .filter(write -> made(write.written(), factory)).forEach(write -> fields.add(write.field())));
        return fields;
    }

    /** By the factory itself, or adapted from it (withInvokeExactBehavior). */
    private static boolean made(Value value, String factory) {
        Insn from = value.from();
        return from != null && from.invokes() && (from.name.equals(factory)
                || from.owner.equals("java/lang/invoke/VarHandle") && from.in.length > 0 && made(from.in[0], factory));
    }

    private static void view(ClassView.Method method, Insn call, Set<String> arrays, Set<String> buffers,
            Hazards.Report report) {
        Insn handle = call.receiver().from();
        if (handle == null || !handle.reads()) {
            return;
        }
        if (arrays.contains(handle.field())) {
            report.add(Confidence.HIGH, method.at(call),
                    call.name + " through " + handle.name + ", a view of a byte array: newer JDKs refuse it");
        } else if (buffers.contains(handle.field())) {
            report.add(Confidence.MEDIUM, method.at(call), call.name + " through " + handle.name
                    + ", a view of a byte buffer: it throws for a heap buffer and where the address is not aligned");
        }
    }

    private static boolean overBytes(Insn call) {
        return call.in.length > 2 && call.in[2].derives(source -> source.op == Op.GETSTATIC
                && (source.name.contains("BYTE_ARRAY") || source.name.contains("BYTE_BASE")));
    }

    private static void segment(ClassView.Method method, Insn call, Hazards.Report report) {
        Insn layout = call.in[1].from();
        Integer size = layout != null && layout.op == Op.GETSTATIC
                && layout.owner.equals("java/lang/foreign/ValueLayout") ? SIZES.get(layout.name) : null;
        if (size == null || call.in.length < 3) {
            return;
        }
        Insn segment = call.receiver().from();
        if (segment != null && segment.calls("java/lang/foreign/MemorySegment", "ofArray")
                && segment.desc.startsWith("([B)")) {
            report.add(Confidence.HIGH, method.at(call),
                    layout.name + " on a segment over a byte array, which is aligned to one byte only");
        } else if (call.in[2].constant() instanceof Long offset && offset % size != 0) {
            report.add(Confidence.MEDIUM, method.at(call),
                    layout.name + " at offset " + offset + ", which is no multiple of " + size);
        }
    }
}
