package dev.assay.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One eight-byte instruction (RFC 9669, section 3). A load of 64 bits takes two.
 *
 * <pre>
 *   | 8 opcode | 4 source, 4 destination (swapped in big-endian) | 16 offset | 32 immediate |
 * </pre>
 */
record Instruction(int opcode, int destination, int source, int offset, int immediate) {
    static final int BYTES = 8;
    static final int LD = 0;
    static final int LDX = 1;
    static final int ST = 2;
    static final int STX = 3;
    static final int ALU = 4;
    static final int JMP = 5;
    static final int JMP32 = 6;
    static final int ALU64 = 7;
    /** Load of a 64-bit immediate; the next instruction holds its upper half. */
    static final int LOAD_64 = 0x18;
    static final int CALL = 0x85;
    static final int EXIT = 0x95;
    /** What libbpf and this loader put where a relocation failed: a call of a helper that does not exist. */
    static final int POISON = 195896080;

    public Instruction {
        if (opcode != (opcode & 0xff) || destination != (destination & 0xf) || source != (source & 0xf)
                || offset != (short) offset) {
            throw new IllegalArgumentException("opcode 0-255, registers 0-15, offset 16 bits: " + opcode + " "
                    + destination + " " + source + " " + offset);
        }
    }

    static Instruction poison() {
        return new Instruction(CALL, 0, 0, 0, POISON);
    }

    int family() {
        return opcode & 7;
    }

    boolean wide() {
        return opcode == LOAD_64;
    }

    boolean poisoned() {
        return opcode == CALL && source == 0 && immediate == POISON;
    }

    /** Bytes that a load or store moves. */
    int accessBytes() {
        return switch (opcode & 0x18) {
            case 0x00 -> 4;
            case 0x08 -> 2;
            case 0x10 -> 1;
            default -> 8;
        };
    }

    Instruction withImmediate(int value) {
        return new Instruction(opcode, destination, source, offset, value);
    }

    Instruction withOffset(int value) {
        return new Instruction(opcode, destination, source, value, immediate);
    }

    Instruction withSource(int value) {
        return new Instruction(opcode, destination, value, offset, immediate);
    }

    Instruction withAccessBytes(int bytes) {
        int size = switch (bytes) {
            case 1 -> 0x10;
            case 2 -> 0x08;
            case 4 -> 0x00;
            case 8 -> 0x18;
            default -> throw new IllegalArgumentException("an access is 1, 2, 4 or 8 bytes, not " + bytes);
        };
        return new Instruction(opcode & ~0x18 | size, destination, source, offset, immediate);
    }

    static List<Instruction> decode(byte[] code, ByteOrder order) {
        if (code.length % BYTES != 0) {
            throw new BpfException.Malformed("instructions are 8 bytes each; " + code.length + " bytes are not");
        }
        ByteBuffer buffer = ByteBuffer.wrap(code).order(order);
        List<Instruction> list = new ArrayList<>(code.length / BYTES);
        for (int at = 0; at < code.length; at += BYTES) {
            int registers = code[at + 1] & 0xff;
            boolean little = order == ByteOrder.LITTLE_ENDIAN;
            list.add(new Instruction(code[at] & 0xff, little ? registers & 0xf : registers >>> 4, little
                    ? registers >>> 4
                    : registers & 0xf, buffer.getShort(at + 2), buffer.getInt(at + 4)));
        }
        return list;
    }

    static byte[] encode(List<Instruction> list, ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.allocate(list.size() * BYTES).order(order);
        for (Instruction one : list) {
            buffer.put((byte) one.opcode);
            buffer.put((byte) (order == ByteOrder.LITTLE_ENDIAN
                    ? one.source << 4 | one.destination
                    : one.destination << 4 | one.source));
            buffer.putShort((short) one.offset);
            buffer.putInt(one.immediate);
        }
        return buffer.array();
    }
}
