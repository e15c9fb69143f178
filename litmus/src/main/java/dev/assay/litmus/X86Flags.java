package dev.assay.litmus;

import dev.assay.litmus.X86Instruction.Test;

/** The status flags of x86, as bits of a flow. */
final class X86Flags {
    static final int ZERO = 1;
    static final int SIGN = 2;
    static final int CARRY = 4;
    static final int OVERFLOW = 8;
    static final int PARITY = 16;

    private X86Flags() {}

    static Flow add(Flow left, Flow right, Flow carry, int size) {
        long x = Memory.truncate(left.value(), size);
        long y = Memory.truncate(right.value(), size);
        long c = carry.value() != 0 ? 1 : 0;
        long sum = Memory.truncate(x + y + c, size);
        boolean carries = c == 0 ? Long.compareUnsigned(sum, x) < 0 : Long.compareUnsigned(sum, x) <= 0;
        boolean overflows = sign(~(x ^ y) & (x ^ sum), size);
        return left.with(right, 0).with(carry, of(sum, size, carries, overflows));
    }

    static Flow subtract(Flow left, Flow right, Flow borrow, int size) {
        long x = Memory.truncate(left.value(), size);
        long y = Memory.truncate(right.value(), size);
        long b = borrow.value() != 0 ? 1 : 0;
        long difference = Memory.truncate(x - y - b, size);
        boolean borrows = b == 0 ? Long.compareUnsigned(x, y) < 0 : Long.compareUnsigned(x, y) <= 0;
        boolean overflows = sign((x ^ y) & (x ^ difference), size);
        return left.with(right, 0).with(borrow, of(difference, size, borrows, overflows));
    }

    static Flow logic(Flow result, int size) {
        return result.with(of(Memory.truncate(result.value(), size), size, false, false));
    }

    /** New flags, but the carry of the old ones. */
    static Flow keepCarry(Flow flags, Flow old) {
        return flags.with(old, flags.value() & ~CARRY | old.value() & CARRY);
    }

    private static boolean sign(long value, int size) {
        return (value >>> 8 * size - 1 & 1) != 0;
    }

    private static long of(long result, int size, boolean carry, boolean overflow) {
        return (result == 0 ? ZERO : 0) | (sign(result, size) ? SIGN : 0) | (carry ? CARRY : 0)
                | (overflow ? OVERFLOW : 0) | (Long.bitCount(result & 0xff) % 2 == 0 ? PARITY : 0);
    }

    static boolean holds(Test test, long flags) {
        boolean zero = (flags & ZERO) != 0;
        boolean sign = (flags & SIGN) != 0;
        boolean carry = (flags & CARRY) != 0;
        boolean overflow = (flags & OVERFLOW) != 0;
        boolean parity = (flags & PARITY) != 0;
        return switch (test) {
            case E -> zero;
            case NE -> !zero;
            case L -> sign != overflow;
            case GE -> sign == overflow;
            case LE -> zero || sign != overflow;
            case G -> !zero && sign == overflow;
            case B -> carry;
            case AE -> !carry;
            case BE -> carry || zero;
            case A -> !carry && !zero;
            case S -> sign;
            case NS -> !sign;
            case O -> overflow;
            case NO -> !overflow;
            case P -> parity;
            case NP -> !parity;
        };
    }
}
