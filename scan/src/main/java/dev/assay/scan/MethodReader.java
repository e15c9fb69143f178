package dev.assay.scan;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the code of one method into instructions that the rules can ask, with labels resolved to indices.
 *
 * <p>
 * The JDK's class-file API reads; it knows every class version that the running JDK knows and refuses malformed input,
 * and brings no dependency. ASM would read as fast, and would need a release per class version.
 */
final class MethodReader {
    /** The specification's own limit is 65,535 bytes; longer tables are only found in hostile files. */
    private static final int MOST_CASES = 1 << 16;

    private final List<Insn> insns = new ArrayList<>();
    private final Map<Label, Integer> labels = new HashMap<>();
    private final Map<Insn, Label> branches = new HashMap<>();
    private final Map<Insn, List<Label>> switches = new HashMap<>();
    private final List<ExceptionCatch> catches = new ArrayList<>();
    private int line;

    /** A stretch of instructions and where an exception in it goes. */
    record Handler(int from, int to, int target) {}

    record Code(List<Insn> insns, List<Handler> handlers) {}

    static Code read(CodeModel code) {
        return new MethodReader().code(code);
    }

    private Code code(CodeModel code) {
        for (CodeElement element : code) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case LabelTarget target -> labels.put(target.label(), insns.size());
                case ExceptionCatch caught -> catches.add(caught);
                case Instruction instruction -> insns.add(instruction(instruction));
                default -> {
                }
            }
        }
        branches.forEach((insn, label) -> insn.target = at(label));
        switches.forEach((insn, list) -> insn.targets = list.stream().mapToInt(this::at).toArray());
        List<Handler> handlers = catches.stream()
                .map(caught -> new Handler(at(caught.tryStart()), at(caught.tryEnd()), at(caught.handler()))).toList();
        return new Code(insns, handlers);
    }

    private int at(Label label) {
        Integer index = labels.get(label);
        if (index == null) {
            throw new Malformed("a branch to nowhere");
        }
        return index;
    }

    private Insn instruction(Instruction instruction) {
        Insn insn = new Insn(insns.size(), plain(instruction.opcode().bytecode()), line);
        switch (instruction) {
            case FieldInstruction field -> {
                insn.owner = field.owner().asInternalName();
                insn.name = field.name().stringValue();
                insn.desc = field.type().stringValue();
            }
            case InvokeInstruction call -> {
                insn.owner = call.owner().asInternalName();
                insn.name = call.name().stringValue();
                insn.desc = call.type().stringValue();
            }
            case InvokeDynamicInstruction call -> {
                insn.name = call.name().stringValue();
                insn.desc = call.type().stringValue();
                insn.constant = call.bootstrapArgs().stream().filter(DirectMethodHandleDesc.class::isInstance)
                        .map(DirectMethodHandleDesc.class::cast).findFirst()
                        .map(handle -> internal(handle.owner()) + "." + handle.methodName() + handle.lookupDescriptor())
                        .orElse(null);
            }
            case ConstantInstruction constant ->
                insn.constant = constant.constantValue() instanceof ClassDesc type
                        ? internal(type)
                        : constant.constantValue();
            case LoadInstruction load -> {
                insn.slot = load.slot();
                insn.desc = load.typeKind() == TypeKind.LONG || load.typeKind() == TypeKind.DOUBLE ? "J" : "I";
            }
            case StoreInstruction store -> insn.slot = store.slot();
            case IncrementInstruction increment -> insn.slot = increment.slot();
            case BranchInstruction branch -> branches.put(insn, branch.target());
            case TableSwitchInstruction table -> switches.put(insn, targets(table.cases(), table.defaultTarget()));
            case LookupSwitchInstruction table -> switches.put(insn, targets(table.cases(), table.defaultTarget()));
            case NewObjectInstruction made -> insn.owner = made.className().asInternalName();
            case TypeCheckInstruction check -> insn.owner = check.type().asInternalName();
            default -> {
            }
        }
        return insn;
    }

    private static List<Label> targets(List<SwitchCase> cases, Label otherwise) {
        if (cases.size() > MOST_CASES) {
            throw new Malformed("a switch with " + cases.size() + " cases");
        }
        List<Label> labels = new ArrayList<>();
        cases.forEach(one -> labels.add(one.target()));
        labels.add(otherwise);
        return labels;
    }

    /** Wide forms are numbered 0xc4xx by the API; the operand is decoded already. */
    private static int plain(int opcode) {
        return opcode > 255 ? opcode & 0xff : opcode;
    }

    private static String internal(ClassDesc type) {
        String descriptor = type.descriptorString();
        return type.isClassOrInterface() ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }
}
