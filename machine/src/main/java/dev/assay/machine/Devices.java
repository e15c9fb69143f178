package dev.assay.machine;

import java.util.List;
import java.util.Map;

/** What is plugged in, as far as it matters to a program: where it hangs, how fast its link is, what goes wrong. */
public record Devices(List<PciDevice> pci, List<Nvme> nvme) {
    public Devices {
        pci = List.copyOf(pci);
        nvme = List.copyOf(nvme);
    }

    /**
     * One PCI device (Documentation/ABI/testing/sysfs-bus-pci).
     *
     * @param address domain:bus:device.function
     * @param kind its class in words
     * @param node the NUMA node it is closest to
     * @param link the link now and at best
     * @param errors errors counted by Advanced Error Reporting
     * @param masks what its error registers hold; needs root, since ordinary users see 64 bytes of the configuration
     */
    public record PciDevice(String address, String kind, String vendorId, String deviceId, Reading<String> driver,
            Reading<Integer> node, Reading<Link> link, Reading<List<PciError>> errors, Reading<AerRegisters> masks) {}

    /** Speeds in gigatransfers per second per lane, widths in lanes. */
    public record Link(double gigatransfers, int lanes, double bestGigatransfers, int bestLanes) {
        /** Whether it runs below what both ends could do. */
        public boolean reduced() {
            return gigatransfers < bestGigatransfers || lanes < bestLanes;
        }
    }

    /** How bad an error is (PCI Express Base Specification, 6.2). */
    public enum Severity {
        CORRECTABLE, NON_FATAL, FATAL
    }

    /** One kind of error that happened at least once. */
    public record PciError(Severity severity, String error, long count) {}

    /**
     * The capability's registers, decoded to the names of their bits.
     *
     * @param seenUncorrectable status bits that are set; {@code fatal} those of all that count as fatal
     */
    public record AerRegisters(List<String> seenUncorrectable, List<String> maskedUncorrectable, List<String> fatal,
            List<String> seenCorrectable, List<String> maskedCorrectable) {}

    /**
     * One NVMe drive.
     *
     * @param health from its SMART log; needs root
     */
    public record Nvme(String name, Reading<String> model, Reading<String> firmware, Reading<String> state,
            Reading<Integer> node, Reading<NvmeHealth> health) {}

    /**
     * The SMART log (NVM Express Base Specification 2.0, figure 207).
     *
     * @param percentageUsed of the life that the maker expects; may exceed 100
     * @param bytesWritten by the host since it was made
     */
    public record NvmeHealth(int percentageUsed, int sparePercent, int spareThresholdPercent, double celsius,
            double bytesRead, double bytesWritten, double powerOnHours, double unsafeShutdowns, double mediaErrors,
            List<String> warnings) {}

    /** The names of PCI classes that occur in practice, by the first four digits (PCI Code and ID Assignment). */
    static final Map<String, String> CLASSES = Parse.pairs("""
            0100 SCSI storage
            0101 IDE storage
            0104 RAID storage
            0106 SATA storage
            0107 SAS storage
            0108 NVMe storage
            0180 storage
            0200 Ethernet
            0207 InfiniBand
            0280 network
            0300 display
            0302 3D accelerator
            0380 display
            0403 audio
            0500 memory
            0502 CXL memory
            0580 memory
            0600 host bridge
            0601 ISA bridge
            0604 PCI bridge
            0c03 USB
            0c05 SMBus
            1080 encryption
            1200 accelerator
            """, ' ');
}
