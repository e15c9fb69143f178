package dev.assay.machine;

import dev.assay.machine.Devices.Link;
import dev.assay.machine.Devices.Nvme;
import dev.assay.machine.Devices.PciDevice;
import dev.assay.machine.Devices.PciError;
import dev.assay.machine.Devices.Severity;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link Devices} from sysfs, and drives' health from the drives. */
final class DevicesReader {
    private static final String PCI = "/sys/bus/pci/devices";
    private static final String NVME = "/sys/class/nvme";
    private final Root root;

    DevicesReader(Root root) {
        this.root = root;
    }

    Devices read() {
        List<PciDevice> pci = root.names(PCI).stream().filter(name -> name.matches(
                "[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]")).map(this::device).toList();
        List<Nvme> nvme = root.names(NVME).stream().filter(name -> name.matches("nvme[0-9]{1,4}")).map(this::drive)
                .toList();
        return new Devices(pci, nvme);
    }

    private PciDevice device(String address) {
        String path = PCI + "/" + address + "/";
        String code = root.word(path + "class").orElse("0x").replace("0x", "");
        String kind = code.length() < 4 ? "" : Devices.CLASSES.getOrDefault(code.substring(0, 4), "class " + code);
        return new PciDevice(address, kind, root.word(path + "vendor").orElse("unknown"),
                root.word(path + "device").orElse("unknown"), root.link(path + "driver"), node(path), link(path),
                errors(path), root.bytes(path + "config").flatMap(this::registers));
    }

    private Reading<Devices.AerRegisters> registers(byte[] configuration) {
        return configuration.length < 0x118
                ? Reading.unreadable("only " + configuration.length
                        + " bytes of configuration space may be read; root sees all, PCI Express has 4096")
                : Reading.known(configuration, "configuration space").map(Aer::registers);
    }

    /** -1 is the kernel's word for no node. */
    private Reading<Integer> node(String path) {
        return root.number(path + "numa_node").map(Math::toIntExact).flatMap(node -> node >= 0
                ? Reading.known(node, path + "numa_node")
                : Reading.unsupported("the firmware names no node for it"));
    }

    /** {@code 16.0 GT/s PCIe} and {@code 4}; {@code Unknown} or 255 lanes on devices without a link. */
    private Reading<Link> link(String path) {
        return root.word(path + "current_link_speed").flatMap(speed -> root.number(path + "current_link_width")
                .flatMap(width -> root.word(path + "max_link_speed").flatMap(best -> root.number(path
                        + "max_link_width").map(
                                widest -> new Link(gigatransfers(speed), lanes(width),
                                        gigatransfers(best), lanes(widest))))));
    }

    private static double gigatransfers(String text) {
        int blank = text.indexOf(' ');
        if (blank < 1 || !text.substring(blank).startsWith(" GT/s")) {
            throw new IllegalArgumentException("a speed in GT/s was expected, not '" + Parse.shown(text) + "'");
        }
        return Double.parseDouble(text.substring(0, blank));
    }

    private static int lanes(long width) {
        if (width < 1 || width > 32) {
            throw new IllegalArgumentException("a link has 1 to 32 lanes, not " + width);
        }
        return (int) width;
    }

    private Reading<List<PciError>> errors(String path) {
        Reading<String> correctable = root.text(path + "aer_dev_correctable");
        return correctable.flatMap(one -> root.text(path + "aer_dev_nonfatal").flatMap(two -> root.text(path
                + "aer_dev_fatal").map(three -> {
                    List<PciError> errors = new ArrayList<>(Aer.counts(three, Severity.FATAL));
                    errors.addAll(Aer.counts(two, Severity.NON_FATAL));
                    errors.addAll(Aer.counts(one, Severity.CORRECTABLE));
                    return List.copyOf(errors);
                })));
    }

    private Nvme drive(String name) {
        String path = NVME + "/" + name + "/";
        Reading<Devices.NvmeHealth> health = root.isLive()
                ? SmartLog.ask("/dev/" + name)
                : root.bytes("/dev/" + name + ".smart-log").map(SmartLog::decode);
        return new Nvme(name, root.word(path + "model"), root.word(path + "firmware_rev"), root.word(path + "state"),
                node(path).or(() -> node(path + "device/")), health);
    }
}
