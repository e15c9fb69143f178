package dev.assay.scan;

/** One instruction with what it takes from the stack and where that came from. Filled by {@link MethodReader}. */
final class Insn {
    final int index;
    final int op;
    final int line;
    /** Of a field, a method or a type; internal names. */
    String owner = "";
    String name = "";
    String desc = "";
    /** Of a constant: String, number, or the internal name of a class; of a lambda: the method that is its body. */
    Object constant;
    int slot = -1;
    /** Index of the instruction that a branch goes to. */
    int target = -1;
    int[] targets = {};
    Value[] in = {};
    Value out;
    /** How many monitors and locks are held when it runs, as far as one method shows. */
    int locks;

    Insn(int index, int op, int line) {
        this.index = index;
        this.op = op;
        this.line = line;
    }

    boolean reads() {
        return op == Op.GETFIELD || op == Op.GETSTATIC;
    }

    boolean writes() {
        return op == Op.PUTFIELD || op == Op.PUTSTATIC;
    }

    boolean invokes() {
        return op >= Op.INVOKEVIRTUAL && op <= Op.INVOKEINTERFACE;
    }

    boolean calls(String type, String method) {
        return invokes() && owner.equals(type) && name.equals(method);
    }

    /** Which field, for the same object when the receivers are the same expression. */
    String field() {
        return owner + "." + name;
    }

    /** The written value. */
    Value written() {
        return in[in.length - 1];
    }

    /** The object whose field or method is used. */
    Value receiver() {
        return in.length == 0 ? Value.UNKNOWN : in[0];
    }

    boolean conditional() {
        return op >= Op.IFEQ && op <= Op.IF_ACMPNE || op == Op.IFNULL || op == Op.IFNONNULL;
    }

    boolean arithmetic() {
        return op >= Op.IADD && op <= Op.LXOR;
    }

    boolean converts() {
        return op >= Op.I2L && op <= Op.I2S;
    }

    boolean compares() {
        return op >= Op.LCMP && op <= Op.DCMPG;
    }
}
