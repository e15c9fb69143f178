package dev.assay.scan;

/** Opcodes by number (Java Virtual Machine Specification, chapter 6.5); those that rules ask for. */
final class Op {
    static final int LDC_FIRST = 1;
    static final int LDC_LAST = 20;
    static final int POP = 87;
    static final int POP2 = 88;
    static final int DUP = 89;
    static final int SWAP = 95;
    static final int IADD = 96;
    static final int LXOR = 131;
    static final int IINC = 132;
    static final int I2L = 133;
    static final int I2S = 147;
    static final int LCMP = 148;
    static final int DCMPG = 152;
    static final int IFEQ = 153;
    static final int IFNE = 154;
    static final int IF_ACMPNE = 166;
    static final int GOTO = 167;
    static final int RETURN = 177;
    static final int GETSTATIC = 178;
    static final int PUTSTATIC = 179;
    static final int GETFIELD = 180;
    static final int PUTFIELD = 181;
    static final int INVOKEVIRTUAL = 182;
    static final int INVOKESPECIAL = 183;
    static final int INVOKESTATIC = 184;
    static final int INVOKEINTERFACE = 185;
    static final int INVOKEDYNAMIC = 186;
    static final int NEW = 187;
    static final int CHECKCAST = 192;
    static final int INSTANCEOF = 193;
    static final int MONITORENTER = 194;
    static final int MONITOREXIT = 195;
    static final int IFNULL = 198;
    static final int IFNONNULL = 199;

    private Op() {}
}
