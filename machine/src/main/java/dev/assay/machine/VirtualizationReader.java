package dev.assay.machine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Finds hypervisor and container from what each leaves behind: firmware tables, /sys/hypervisor, device tree, clock
 * sources, control groups.
 */
final class VirtualizationReader {
    private static final String DMI = "/sys/class/dmi/id/";
    private static final String NONE = Virtualization.NONE;
    private final Root root;
    private final CpuInfo info;
    private final Architecture architecture;

    VirtualizationReader(Root root, CpuInfo info, Architecture architecture) {
        this.root = root;
        this.info = info;
        this.architecture = architecture;
    }

    Virtualization read() {
        Reading<String> product = product();
        return new Virtualization(hypervisor(product), product, container(), wsl(), translation());
    }

    private Reading<String> product() {
        Reading<String> vendor = root.word(DMI + "sys_vendor");
        Reading<String> name = root.word(DMI + "product_name");
        return name.map(text -> vendor.isKnown() && !text.startsWith(vendor.orElse("")) ? vendor + " " + text : text)
                .or(() -> root.word("/proc/device-tree/model").map(text -> text.replace("\0", "").strip()))
                .or(() -> root.text("/proc/sysinfo").map(text -> "IBM machine type "
                        + Parse.pairs(text, ':').getOrDefault("Type", "unknown")));
    }

    private Reading<String> hypervisor(Reading<String> product) {
        String platform = microVm();
        if (wsl().orElse(NONE).equals("WSL2")) {
            return Reading.known("Hyper-V", "/proc/sys/kernel/osrelease");
        }
        Reading<String> xen = root.word("/sys/hypervisor/type");
        if (xen.isKnown()) {
            boolean control = root.text("/proc/xen/capabilities").orElse("").contains("control_d");
            return xen.map(type -> (type.equals("xen") ? "Xen" : type) + (control ? " (control domain)" : ""));
        }
        Reading<String> tree = deviceTree();
        if (tree.isKnown()) {
            return tree;
        }
        Reading<String> mainframe = root.text("/proc/sysinfo").map(VirtualizationReader::mainframe);
        if (mainframe.isKnown()) {
            return mainframe;
        }
        boolean x86 = info.line("flags").isPresent();
        boolean guest = (" " + info.line("flags").orElse("") + " ").contains(" hypervisor ");
        String firmware = product.map(VirtualizationReader::byProduct).orElse("");
        if (x86 && !guest) {
            return Reading.known(NONE, "/proc/cpuinfo has no flag hypervisor");
        }
        String clocks = root.word("/sys/devices/system/clocksource/clocksource0/available_clocksource").orElse("");
        String clock = clocks.contains("kvm-clock") ? "KVM" : clocks.contains("hyperv") ? "Hyper-V" : "";
        // Last, because machine code of our own costs the start of the foreign linker (60 ms).
        if (guest && clock.isEmpty() && root.isLive()) {
            Reading<String> signature = CpuId.hypervisorSignature().map(VirtualizationReader::bySignature);
            if (signature.isKnown()) {
                return signature.map(name -> named(name, firmware, platform));
            }
        }
        if (guest) {
            String name = !clock.isEmpty() ? clock : firmware.isEmpty() ? "a hypervisor that is not known" : firmware;
            return Reading.known(named(name, firmware, platform), "/proc/cpuinfo, flag hypervisor");
        }
        if (!firmware.isEmpty()) {
            boolean onKvm = List.of("Nitro", "Google", "OpenStack", "Alibaba").contains(firmware);
            return Reading.known(named(onKvm ? "KVM" : firmware, firmware, platform), product.because());
        }
        if (!platform.isEmpty()) {
            return Reading.known("KVM (" + platform + ")", "/sys/firmware/acpi/tables/FACP");
        }
        return product.isKnown()
                ? Reading.known(NONE, product.because() + ": " + product)
                : Reading.unsupported("neither firmware nor device tree tells (" + product.because() + ")");
    }

    /** {@code KVM}, or {@code KVM (Nitro)} when firmware or micro-VM tell more. */
    private static String named(String name, String firmware, String platform) {
        String detail = platform.isEmpty() ? firmware : platform;
        return detail.isEmpty() || name.contains(detail) ? name : name + " (" + detail + ")";
    }

    /** A micro-VM has no DMI; its ACPI tables still carry who wrote them (bytes 10 to 15 of the header, ACPI 5.2.6). */
    private String microVm() {
        return root.bytes("/sys/firmware/acpi/tables/FACP").map(table -> {
            String maker = table.length < 16 ? "" : new String(table, 10, 6, StandardCharsets.ISO_8859_1).strip();
            return switch (maker) {
                case "FIRECK" -> "Firecracker";
                case "CLOUDH" -> "Cloud Hypervisor";
                case "CROSVM" -> "crosvm";
                case "BOCHS" -> "QEMU";
                default -> "";
            };
        }).orElse("");
    }

    private Reading<String> deviceTree() {
        Reading<String> node = root.text("/proc/device-tree/hypervisor/compatible");
        if (node.isKnown()) {
            return node.map(text -> text.contains("xen") ? "Xen" : text.contains("vmware") ? "VMware" : "KVM");
        }
        return root.text("/proc/device-tree/compatible").map(text -> {
            if (text.contains("dummy-virt")) {
                return "KVM or QEMU (virt machine)";
            }
            if (text.contains("riscv-virtio")) {
                return "QEMU (virt machine)";
            }
            throw new IllegalArgumentException("not a virtual machine's device tree");
        });
    }

    private static String mainframe(String sysinfo) {
        String above = Parse.pairs(sysinfo, ':').get("VM00 Control Program");
        if (above != null) {
            return above.startsWith("KVM") ? "KVM" : above.replaceAll("\\s+", " ");
        }
        if (sysinfo.contains("LPAR Number")) {
            return "LPAR (PR/SM)";
        }
        throw new IllegalArgumentException("no line that tells");
    }

    private static String bySignature(String signature) {
        return switch (signature) {
            case "KVMKVMKVM", "Linux KVM Hv" -> "KVM";
            case "Microsoft Hv" -> "Hyper-V";
            case "VMwareVMware" -> "VMware";
            case "XenVMMXenVMM" -> "Xen";
            case "TCGTCGTCGTCG" -> "QEMU emulation (TCG)";
            case "VBoxVBoxVBox" -> "VirtualBox";
            case "bhyve bhyve" -> "bhyve";
            case "ACRNACRNACRN" -> "ACRN";
            case "prl hyperv", "lrpepyh vr" -> "Parallels";
            case "" -> throw new IllegalArgumentException("the hypervisor gives no signature");
            default -> signature;
        };
    }

    /** Empty where the product is a real computer. */
    private static String byProduct(String product) {
        String lower = product.toLowerCase(Locale.ROOT);
        if (lower.contains("amazon ec2") || lower.startsWith("amazon")) {
            return lower.contains(".metal") ? "" : "Nitro";
        }
        for (List<String> row : List.of(List.of("qemu", "QEMU"), List.of("kvm", "KVM"), List.of("vmware", "VMware"),
                List.of("virtualbox", "VirtualBox"), List.of("innotek", "VirtualBox"), List.of("virtual machine",
                        "Hyper-V"),
                List.of("google compute engine", "Google"), List.of("parallels",
                        "Parallels"),
                List.of("apple virtualization", "Apple Virtualization"), List.of("bhyve",
                        "bhyve"),
                List.of("openstack", "OpenStack"), List.of("alibaba cloud",
                        "Alibaba"),
                List.of("xen", "Xen"))) {
            if (lower.contains(row.getFirst())) {
                return row.getLast();
            }
        }
        return "";
    }

    private Reading<String> container() {
        if (root.exists("/.dockerenv")) {
            return Reading.known("docker", "/.dockerenv");
        }
        if (root.exists("/run/.containerenv")) {
            return Reading.known("podman", "/run/.containerenv");
        }
        Reading<String> stated = root.word("/run/systemd/container");
        if (stated.isKnown()) {
            return stated;
        }
        Reading<String> groups = root.text("/proc/self/cgroup").or(() -> root.text("/proc/1/cgroup"));
        return groups.map(text -> {
            for (String mark : List.of("kubepods", "docker", "containerd", "libpod", "lxc", "ecs")) {
                if (text.contains("/" + mark)) {
                    return mark.equals("kubepods") ? "kubernetes" : mark;
                }
            }
            return NONE;
        });
    }

    private Reading<String> wsl() {
        return root.word("/proc/sys/kernel/osrelease").or(() -> root.word("/proc/version")).map(release -> {
            String lower = release.toLowerCase(Locale.ROOT);
            return !lower.contains("microsoft") ? NONE : lower.contains("wsl2") ? "WSL2" : "WSL1";
        });
    }

    private Reading<String> translation() {
        if (!architecture.kernel().isKnown()) {
            return Reading.unsupported("the kernel's architecture is not known: " + architecture.kernel().because());
        }
        if (!architecture.translated()) {
            return Reading.known(NONE, "process and kernel are both " + architecture.process());
        }
        boolean rosetta = root.names("/proc/sys/fs/binfmt_misc").stream().anyMatch(name -> name.contains("rosetta"));
        return Reading.known(rosetta ? "rosetta" : "qemu-user", "the process is " + architecture.process()
                + ", the kernel " + architecture.kernel());
    }
}
