package dev.assay.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Native files and archives in the smallest form that their readers accept. */
final class Samples {
    static final int X86_64 = 62;
    static final int AARCH64 = 183;

    private Samples() {}

    /** A shared library with one loadable segment, a dynamic section that needs libc.so.6, and a note where one is given. */
    static byte[] elf(int machine, String note, String... needed) {
        ByteBuffer b = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        b.put(new byte[]{0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).position(16);
        b.putShort((short) 3).putShort((short) machine).putInt(1).putLong(0).putLong(64).putLong(0).putInt(0);
        b.putShort((short) 64).putShort((short) 56).putShort((short) 3).putShort((short) 0).putShort((short) 0)
                .putShort((short) 0);
        segment(b, 1, 0, 8192, 0x10000);
        segment(b, 2, 0x1000, 16L * (needed.length + 3), 8);
        segment(b, 4, 0x400, note.isEmpty() ? 0 : 24, 4);
        if (!note.isEmpty()) {
            b.position(0x400);
            b.putInt(note.length() + 1).putInt(0).putInt(1).put(note.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        }
        int strings = 0x1800;
        b.position(0x1000);
        int at = 1;
        for (String name : needed) {
            b.putLong(1).putLong(at);
            at += name.length() + 1;
        }
        b.putLong(5).putLong(strings).putLong(10).putLong(at).putLong(0).putLong(0);
        b.position(strings + 1);
        for (String name : needed) {
            b.put(name.getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        }
        return b.array();
    }

    static byte[] elf(int machine) {
        return elf(machine, "", "libc.so.6");
    }

    private static void segment(ByteBuffer b, int type, long offset, long size, long alignment) {
        b.putInt(type).putInt(5).putLong(offset).putLong(offset).putLong(offset).putLong(size).putLong(size)
                .putLong(alignment);
    }

    static byte[] machO(int cpu) {
        ByteBuffer b = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(0xfeedfacf).putInt(cpu).putInt(0).putInt(6).putInt(0).putInt(0).putInt(0).putInt(0);
        return b.array();
    }

    static byte[] universal(int... cpus) {
        ByteBuffer b = ByteBuffer.allocate(4096);
        b.putInt(0xcafebabe).putInt(cpus.length);
        for (int cpu : cpus) {
            b.putInt(cpu).putInt(0).putInt(4096).putInt(16).putInt(12);
        }
        return b.array();
    }

    static byte[] pe(int machine) {
        ByteBuffer b = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 'M').put((byte) 'Z').position(0x3c);
        b.putInt(0x80).position(0x80);
        b.putInt(0x00004550).putShort((short) machine).position(0x80 + 20);
        b.putShort((short) 0xf0).putShort((short) 0x2022).putShort((short) 0x20b);
        return b.array();
    }

    static byte[] staticLibrary(byte[] member) {
        String header = "%-16s%-12s%-6s%-6s%-8s%-10d`\n".formatted("a.o/", "0", "0", "0", "644", member.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(member);
        return out.toByteArray();
    }

    /** A class with one native method. */
    static byte[] nativeClass(String dotted) {
        return ClassFile.of().build(ClassDesc.of(dotted), builder -> builder.withMethod("call",
                MethodTypeDesc.of(ConstantDescs.CD_void), ClassFile.ACC_NATIVE | ClassFile.ACC_STATIC, _ -> {}));
    }

    static byte[] plainClass(String dotted) {
        return ClassFile.of().build(ClassDesc.of(dotted), _ -> {});
    }

    /** Name and bytes by turns. */
    static byte[] zip(Object... entries) {
        return archive(ZipEntry.DEFLATED, entries);
    }

    /** The same without compression, as Spring Boot nests its jars. */
    static byte[] stored(Object... entries) {
        return archive(ZipEntry.STORED, entries);
    }

    private static byte[] archive(int method, Object... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                ZipEntry entry = new ZipEntry((String) entries[i]);
                byte[] bytes = entries[i + 1] instanceof byte[] data
                        ? data
                        : ((String) entries[i + 1]).getBytes(StandardCharsets.UTF_8);
                if (method == ZipEntry.STORED) {
                    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
                    crc.update(bytes);
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(bytes.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
