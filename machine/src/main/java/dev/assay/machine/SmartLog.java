package dev.assay.machine;

import dev.assay.machine.Devices.NvmeHealth;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The health log of an NVMe drive: Get Log Page 02h, 512 bytes (NVM Express Base Specification 2.0, figure 207).
 *
 * <pre>
 *   0 critical warning   1 temperature in kelvin (2 bytes)   3 spare %   4 spare threshold %   5 percentage used
 *  32 data units read   48 data units written   64 …  128 power-on hours   144 unsafe shutdowns   160 media errors
 * (16-byte little-endian counts from 32 on; a data unit is 1,000 blocks of 512 bytes)
 * </pre>
 */
final class SmartLog {
    private static final Libc.Function OPEN = Libc.intFunction("open", 2);
    private static final Libc.Function CLOSE = Libc.intFunction("close", 1);
    private static final Libc.Function IOCTL = Libc.intFunction("ioctl", 3);
    private static final int BYTES = 512;
    private static final long NVME_IOCTL_ADMIN_CMD = 0xC0484E41L; // _IOWR('N', 0x41, struct nvme_admin_cmd), 72 bytes
    private static final double DATA_UNIT = 512_000;
    private static final String[] WARNINGS = {"spare below its threshold", "temperature out of bounds",
        "reliability degraded", "read only", "volatile memory backup failed", "persistent memory region read only"};

    private SmartLog() {}

    static NvmeHealth decode(byte[] log) {
        if (log.length < BYTES) {
            throw new IllegalArgumentException("a SMART log has " + BYTES + " bytes, not " + log.length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        List<String> warnings = new ArrayList<>();
        for (int bit = 0; bit < WARNINGS.length; bit++) {
            if ((log[0] >>> bit & 1) == 1) {
                warnings.add(WARNINGS[bit]);
            }
        }
        return new NvmeHealth(log[5] & 0xff, log[3] & 0xff, log[4] & 0xff, (bytes.getShort(1) & 0xffff) - 273.0,
                count(log, 32) * DATA_UNIT, count(log, 48) * DATA_UNIT, count(log, 128), count(log, 144),
                count(log, 160), List.copyOf(warnings));
    }

    private static double count(byte[] log, int at) {
        byte[] bigEndian = new byte[16];
        for (int i = 0; i < 16; i++) {
            bigEndian[i] = log[at + 15 - i];
        }
        return new BigInteger(1, bigEndian).doubleValue();
    }

    /** Asks the drive; the command reads and changes nothing. */
    static Reading<NvmeHealth> ask(String device) {
        try (Arena arena = Arena.ofConfined()) {
            Libc.Result opened = OPEN.call(arena.allocateFrom(device), 0);
            if (opened.failed()) {
                return Reading.unreadable("opening " + device + " was refused: " + Libc.describe(opened.errno())
                        + "; run as root");
            }
            try {
                MemorySegment log = arena.allocate(BYTES, 8);
                MemorySegment command = arena.allocate(72, 8);
                command.set(ValueLayout.JAVA_BYTE, 0, (byte) 2); // Get Log Page
                command.set(ValueLayout.JAVA_INT, 4, -1); // the whole controller
                command.set(ValueLayout.JAVA_LONG, 24, log.address());
                command.set(ValueLayout.JAVA_INT, 36, BYTES);
                command.set(ValueLayout.JAVA_INT, 40, 2 | BYTES / 4 - 1 << 16); // page 02h, dwords less one
                Libc.Result result = IOCTL.call(opened.value(), NVME_IOCTL_ADMIN_CMD, command);
                return result.value() != 0
                        ? Reading.unreadable(device + " gave no log: "
                                + (result.failed() ? Libc.describe(result.errno()) : "status " + result.value()))
                        : Reading.known(log.toArray(ValueLayout.JAVA_BYTE), device).map(SmartLog::decode);
            } finally {
                CLOSE.call(opened.value());
            }
        }
    }
}
