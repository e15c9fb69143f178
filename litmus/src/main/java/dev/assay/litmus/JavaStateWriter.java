package dev.assay.litmus;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/** Makes the classes that hold the variables of an instance, and the one that resets and copies them. */
final class JavaStateWriter {
    private static final ClassDesc STATES = CD_Object.arrayType(2);

    private final JavaLayout layout;
    private final int variables;

    JavaStateWriter(JavaLayout layout, int variables) {
        this.layout = layout;
        this.variables = variables;
    }

    byte[] state(int number) {
        return ClassFile.of().build(layout.state(number), type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            constructor(type);
            for (int variable : layout.held(number, variables)) {
                type.withField(JavaLayout.field(variable), CD_int, 0);
            }
            for (int i = 0; i < layout.padding(); i++) {
                type.withField("pad" + i, CD_long, 0);
            }
        });
    }

    byte[] store() {
        return ClassFile.of().build(ClassDesc.of(layout.storeName()), type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            type.withInterfaceSymbols(ClassDesc.of(JavaStore.class.getName()));
            constructor(type);
            type.withMethodBody("reset", MethodTypeDesc.of(CD_void, STATES, CD_int.arrayType(), CD_int, CD_int),
                    ClassFile.ACC_PUBLIC, code -> everyInstance(code, variable -> {
                        state(code, variable);
                        code.aload(2).loadConstant(variable).iaload();
                        code.putfield(layout.state(layout.classOf(variable)), JavaLayout.field(variable), CD_int);
                    }));
            type.withMethodBody("copy", MethodTypeDesc.of(CD_void, STATES, CD_int.arrayType(2), CD_int, CD_int),
                    ClassFile.ACC_PUBLIC, code -> everyInstance(code, variable -> {
                        code.aload(2).loadConstant(variable).aaload().iload(3);
                        state(code, variable);
                        code.getfield(layout.state(layout.classOf(variable)), JavaLayout.field(variable), CD_int);
                        code.iastore();
                    }));
        });
    }

    /** The object that holds a variable of instance number 3, the loop's own local. */
    private void state(CodeBuilder code, int variable) {
        int number = layout.classOf(variable);
        code.aload(1).loadConstant(number).aaload().checkcast(layout.state(number).arrayType()).iload(3).aaload();
    }

    /** {@code for (; from < to; from++) { body for every variable }}. */
    private void everyInstance(CodeBuilder code, Consumer<Integer> body) {
        Label again = code.newBoundLabel();
        Label end = code.newLabel();
        code.iload(3).iload(4).if_icmpge(end);
        for (int variable = 0; variable < variables; variable++) {
            body.accept(variable);
        }
        code.iinc(3, 1).goto_(again).labelBinding(end).return_();
    }

    static void constructor(ClassBuilder type) {
        type.withMethodBody(INIT_NAME, MTD_void, 0,
                code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
    }
}
