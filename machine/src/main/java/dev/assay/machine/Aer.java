package dev.assay.machine;

import dev.assay.machine.Devices.AerRegisters;
import dev.assay.machine.Devices.PciError;
import dev.assay.machine.Devices.Severity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Advanced Error Reporting of PCI Express: the kernel's counters (Documentation/ABI/testing/sysfs-bus-pci-devices-
 * aer_stats) and the capability itself.
 *
 * <pre>
 * extended capability 0001h in configuration space, from 100h on:
 *   +0 header (id 15:0, next 31:20)  +4 uncorrectable status  +8 mask  +c severity  +10 correctable status  +14 mask
 * </pre>
 */
final class Aer {
    private static final int CAPABILITY = 1;
    private static final int FIRST = 0x100;

    /** Bit and name (PCI Express Base Specification 6.0, 7.8.4.2). */
    private static final Map<String, String> UNCORRECTABLE = Parse.pairs("""
            4 data link protocol
            5 surprise down
            12 poisoned TLP
            13 flow control protocol
            14 completion timeout
            15 completer abort
            16 unexpected completion
            17 receiver overflow
            18 malformed TLP
            19 ECRC
            20 unsupported request
            21 access control services violation
            22 uncorrectable internal
            23 blocked multicast TLP
            24 atomic operation egress blocked
            25 TLP prefix blocked
            26 poisoned TLP egress
            """, ' ');

    /** The same for 7.8.4.5. */
    private static final Map<String, String> CORRECTABLE = Parse.pairs("""
            0 receiver
            6 bad TLP
            7 bad DLLP
            8 replay number rollover
            12 replay timer timeout
            13 advisory non-fatal
            14 corrected internal
            15 header log overflow
            """, ' ');

    /** The kernel's abbreviations (drivers/pci/pcie/aer.c). */
    private static final Map<String, String> KERNEL = Parse.pairs("""
            RxErr receiver
            BadTLP bad TLP
            BadDLLP bad DLLP
            Rollover replay number rollover
            Timeout replay timer timeout
            NonFatalErr advisory non-fatal
            CorrIntErr corrected internal
            HeaderOF header log overflow
            DLP data link protocol
            SDES surprise down
            TLP poisoned TLP
            FCP flow control protocol
            CmpltTO completion timeout
            CmpltAbrt completer abort
            UnxCmplt unexpected completion
            RxOF receiver overflow
            MalfTLP malformed TLP
            ECRC ECRC
            UnsupReq unsupported request
            ACSViol access control services violation
            UncorrIntErr uncorrectable internal
            BlockedTLP blocked multicast TLP
            AtomicOpBlocked atomic operation egress blocked
            TLPBlockedErr TLP prefix blocked
            PoisonTLPBlocked poisoned TLP egress
            """, ' ');

    private Aer() {}

    /** Lines {@code BadTLP 3}; the total at the end is left out, as are errors that never happened. */
    static List<PciError> counts(String text, Severity severity) {
        List<PciError> errors = new ArrayList<>();
        Parse.pairs(text, ' ').forEach((name, value) -> {
            long count = Parse.number(value);
            if (count > 0 && !name.startsWith("TOTAL_ERR")) {
                errors.add(new PciError(severity, KERNEL.getOrDefault(name, name), count));
            }
        });
        return errors;
    }

    /** The registers out of a device's configuration space, all 4,096 bytes of it. */
    static AerRegisters registers(byte[] configuration) {
        ByteBuffer space = ByteBuffer.wrap(configuration).order(ByteOrder.LITTLE_ENDIAN);
        int at = FIRST;
        for (int steps = 0; steps < 256 && at >= FIRST && at + 24 <= configuration.length; steps++) {
            int header = space.getInt(at);
            if ((header & 0xffff) == CAPABILITY) {
                return new AerRegisters(names(space.getInt(at + 4), UNCORRECTABLE), names(space.getInt(at + 8),
                        UNCORRECTABLE), names(space.getInt(at + 12), UNCORRECTABLE),
                        names(space.getInt(at + 16),
                                CORRECTABLE),
                        names(space.getInt(at + 20), CORRECTABLE));
            }
            at = header >>> 20 & 0xffc;
        }
        throw new IllegalArgumentException("no Advanced Error Reporting within " + configuration.length
                + " bytes of configuration space");
    }

    private static List<String> names(int register, Map<String, String> names) {
        List<String> set = new ArrayList<>();
        for (int bit = 0; bit < 32; bit++) {
            if ((register >>> bit & 1) == 1) {
                set.add(names.getOrDefault("" + bit, "bit " + bit));
            }
        }
        return set;
    }
}
