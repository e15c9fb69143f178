package dev.assay.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/** The objects compiled from {@code src/test/resources/objects}, and small kernels made for them. */
final class Subjects {
    private Subjects() {}

    static byte[] bytes(String name) {
        try (InputStream in = Subjects.class.getResourceAsStream("/objects/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static ObjectFile object(String name) {
        return ObjectFile.parse(name, bytes(name));
    }

    static Btf.Member at(String name, int type, int bitOffset) {
        return new Btf.Member(name, type, bitOffset, 0);
    }

    /**
     * A kernel whose task_struct has {@code __state} at byte 24, {@code pid} at 40 and {@code tgid} at 44 (both signed,
     * four bytes), {@code comm[16]} at 48 and {@code thread_info.cpu} at 8.
     */
    static Btf kernel() {
        BtfWriter writer = new BtfWriter();
        int int32 = writer.integer("int", 4, true);
        int u32 = writer.integer("unsigned int", 4, false);
        int u64 = writer.integer("unsigned long", 8, false);
        int pid = writer.referring(Kind.TYPEDEF, "pid_t", int32);
        int ch = writer.integer("char", 1, true);
        int comm = writer.array(ch, u32, 16);
        int info = writer.composite(Kind.STRUCT, "thread_info", 16, at("flags", u64, 0), at("cpu", u32, 64));
        writer.composite(Kind.STRUCT, "task_struct", 64, at("thread_info", info, 0), at("stack", u64, 128), at(
                "__state", u32, 192), at("pid", pid, 320), at("tgid", pid, 352), at("comm", comm, 384));
        int pointer = writer.referring(Kind.PTR, "", 10);
        writer.composite(Kind.STRUCT, "list_head", 16, at("next", pointer, 0), at("prev", pointer, 64));
        return new Btf("small kernel", writer.bytes(ByteOrder.LITTLE_ENDIAN), null);
    }
}
