package dev.assay.litmus;

import dev.assay.litmus.Arm64Instruction.AtomicOperation;
import dev.assay.litmus.Arm64Instruction.Extension;
import dev.assay.litmus.Arm64Instruction.Operation;
import dev.assay.litmus.Arm64Instruction.Shift;
import dev.assay.litmus.Arm64Instruction.Test;
import dev.assay.litmus.Arm64Instruction.UnaryOperation;

/** The computations of AArch64. Flags are the bits 1 (Z), 2 (N), 4 (C) and 8 (V). */
final class Arm64Arithmetic {
    private static final int ZERO = 1;
    private static final int NEGATIVE = 2;
    private static final int CARRY = 4;
    private static final int OVERFLOW = 8;

    private Arm64Arithmetic() {}

    static long shift(Shift shift, long value, int amount, int bits) {
        long low = bits == 64 ? value : value & 0xffff_ffffL;
        return switch (shift) {
            case LSL -> low << amount;
            case LSR -> low >>> amount;
            case ASR -> bits == 64 ? low >> amount : (int) low >> amount;
            case ROR ->
                bits == 64 ? Long.rotateRight(low, amount) : Integer.rotateRight((int) low, amount) & 0xffff_ffffL;
        };
    }

    static long extend(Extension extension, long value) {
        return switch (extension) {
            case UXTB -> value & 0xff;
            case UXTH -> value & 0xffff;
            case UXTW -> value & 0xffff_ffffL;
            case UXTX, SXTX -> value;
            case SXTB -> (byte) value;
            case SXTH -> (short) value;
            case SXTW -> (int) value;
        };
    }

    static long flags(Operation operation, long left, long right, boolean wide) {
        int size = wide ? 8 : 4;
        long x = Memory.truncate(left, size);
        long y = Memory.truncate(right, size);
        long flags = 0;
        long result;
        switch (operation) {
            case ADD -> {
                result = Memory.truncate(x + y, size);
                flags |= Long.compareUnsigned(result, x) < 0 ? CARRY : 0;
                flags |= negative(~(x ^ y) & (x ^ result), size) ? OVERFLOW : 0;
            }
            case SUB -> {
                result = Memory.truncate(x - y, size);
                flags |= Long.compareUnsigned(x, y) >= 0 ? CARRY : 0;
                flags |= negative((x ^ y) & (x ^ result), size) ? OVERFLOW : 0;
            }
            case BIC -> result = x & ~y;
            default -> result = x & y;
        }
        return flags | (result == 0 ? ZERO : 0) | (negative(result, size) ? NEGATIVE : 0);
    }

    private static boolean negative(long value, int size) {
        return (value >>> 8 * size - 1 & 1) != 0;
    }

    static boolean holds(Test test, long flags) {
        boolean z = (flags & ZERO) != 0;
        boolean n = (flags & NEGATIVE) != 0;
        boolean c = (flags & CARRY) != 0;
        boolean v = (flags & OVERFLOW) != 0;
        return switch (test) {
            case EQ -> z;
            case NE -> !z;
            case CS -> c;
            case CC -> !c;
            case MI -> n;
            case PL -> !n;
            case VS -> v;
            case VC -> !v;
            case HI -> c && !z;
            case LS -> !c || z;
            case GE -> n == v;
            case LT -> n != v;
            case GT -> !z && n == v;
            case LE -> z || n != v;
            case AL -> true;
        };
    }

    static long update(AtomicOperation operation, long old, long operand, int size) {
        long x = Memory.truncate(old, size);
        long y = Memory.truncate(operand, size);
        int shift = 64 - 8 * size;
        long signedX = x << shift >> shift;
        long signedY = y << shift >> shift;
        return Memory.truncate(switch (operation) {
            case ADD -> x + y;
            case CLR -> x & ~y;
            case EOR -> x ^ y;
            case SET -> x | y;
            case SMAX -> Math.max(signedX, signedY);
            case SMIN -> Math.min(signedX, signedY);
            case UMAX -> Long.compareUnsigned(x, y) > 0 ? x : y;
            case UMIN -> Long.compareUnsigned(x, y) < 0 ? x : y;
        }, size);
    }

    /** UBFM and SBFM: a field is taken down when it starts above 0, else moved up. */
    static long bitfield(Arm64Instruction.Bitfield field, long source) {
        int bits = field.target().wide() ? 64 : 32;
        long low = bits == 64 ? source : source & 0xffff_ffffL;
        int width = field.width() >= field.rotate() ? field.width() - field.rotate() + 1 : field.width() + 1;
        long taken = field.width() >= field.rotate() ? low >>> field.rotate() : low;
        int up = field.width() >= field.rotate() ? 0 : bits - field.rotate();
        long mask = width >= 64 ? -1L : (1L << width) - 1;
        long part = taken & mask;
        if (field.signed() && width < 64) {
            part = part << 64 - width >> 64 - width;
        }
        return part << up;
    }

    static long multiplyAdd(Arm64Instruction.MultiplyAdd multiply, long left, long right, long addend) {
        long x = left;
        long y = right;
        if (multiply.widening().isPresent()) {
            boolean signed = multiply.widening().get();
            x = signed ? (int) left : left & 0xffff_ffffL;
            y = signed ? (int) right : right & 0xffff_ffffL;
        }
        return multiply.subtract() ? addend - x * y : addend + x * y;
    }

    static long unary(UnaryOperation operation, long value, boolean wide) {
        int low = (int) value;
        return switch (operation) {
            case RBIT -> wide ? Long.reverse(value) : Integer.reverse(low) & 0xffff_ffffL;
            case REV -> wide ? Long.reverseBytes(value) : Integer.reverseBytes(low) & 0xffff_ffffL;
            case REV16 -> (value & 0x00ff_00ff_00ff_00ffL) << 8 | (value & 0xff00_ff00_ff00_ff00L) >>> 8;
            case REV32 -> Integer.reverseBytes(low) & 0xffff_ffffL
                    | (long) Integer.reverseBytes((int) (value >>> 32)) << 32;
            case CLZ -> wide ? Long.numberOfLeadingZeros(value) : Integer.numberOfLeadingZeros(low);
            case CLS -> wide
                    ? Long.numberOfLeadingZeros((value ^ value >> 1) << 1 | 1)
                    : Integer.numberOfLeadingZeros((low ^ low >> 1) << 1 | 1);
            case ABS -> wide ? Math.abs(value) : Math.abs(low);
        };
    }
}
