package dev.assay.bpf;

/**
 * The registers of a program (RFC 9669, section 2): R0 holds results, R1 to R5 arguments that calls destroy, R6 to R9
 * survive calls, R10 points behind the 512 bytes of stack.
 */
public enum Register {
    R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, R10;

    int number() {
        return ordinal();
    }
}
