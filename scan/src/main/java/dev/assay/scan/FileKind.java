package dev.assay.scan;

/** What a file is by its first bytes; its name is not asked. */
enum FileKind {
    ELF, MACH_O, PE, ARCHIVE, CLASS, ZIP, JMOD, GZIP, XZ, ZSTD, BZIP2, TAR, TEXT, OTHER;

    static final int FAT_MAGIC = 0xcafebabe;
    static final int FAT_MAGIC_64 = 0xcafebabf;
    /** How many first bytes are enough to tell. */
    static final int HEAD = 512;

    static FileKind of(byte[] head) {
        if (head.length < 4) {
            return TEXT;
        }
        Window bytes = Window.big(head);
        int magic = bytes.i32(0);
        return switch (magic) {
            case 0x7f454c46 -> ELF;
            case 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe -> MACH_O;
            case FAT_MAGIC_64 -> MACH_O;
            case FAT_MAGIC -> javaOrUniversal(bytes);
            case 0x504b0304, 0x504b0506 -> ZIP;
            case 0x4a4d0100 -> JMOD;
            case 0xfd377a58 -> XZ;
            case 0x28b52ffd -> ZSTD;
            case 0x213c6172 -> head.length >= 8 && bytes.text(0, 8).equals("!<arch>\n") ? ARCHIVE : OTHER;
            default -> byShorterMagic(bytes, magic);
        };
    }

    static boolean isClass(Window bytes) {
        return bytes.length() >= 8 && bytes.i32(0) == FAT_MAGIC && javaOrUniversal(bytes) == CLASS;
    }

    /**
     * Class files and universal Mach-O files share a magic number. The next word is the class version, whose major part
     * is 45 or more, or the number of members, which is small.
     */
    private static FileKind javaOrUniversal(Window bytes) {
        if (bytes.length() < 8) {
            return OTHER;
        }
        long next = bytes.u32(4);
        return next > 0 && next < 45 ? MACH_O : CLASS;
    }

    private static FileKind byShorterMagic(Window bytes, int magic) {
        int two = magic >>> 16;
        if (two == 0x4d5a) {
            return PE;
        }
        if (two == 0x1f8b) {
            return GZIP;
        }
        if (magic >>> 8 == 0x425a68) {
            return BZIP2;
        }
        if (bytes.length() >= 263 && bytes.text(257).startsWith("ustar")) {
            return TAR;
        }
        return text(bytes) ? TEXT : OTHER;
    }

    private static boolean text(Window bytes) {
        int most = Math.min(bytes.length(), HEAD);
        for (int i = 0; i < most; i++) {
            int b = bytes.u8(i);
            if (b < 9 || b > 13 && b < 32 && b != 27) {
                return false;
            }
        }
        return true;
    }
}
