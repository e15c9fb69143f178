package dev.assay.bpf;

/** When a jump is taken; the numbers are the upper half of the opcode (RFC 9669, table 9). */
public enum Condition {
    EQUAL(1), ABOVE(2), AT_LEAST(3), ANY_BIT(4), NOT_EQUAL(5), GREATER(6), BELOW(0xa), AT_MOST(0xb), LESS(0xc);

    private final int operation;

    Condition(int operation) {
        this.operation = operation;
    }

    int operation() {
        return operation;
    }
}
