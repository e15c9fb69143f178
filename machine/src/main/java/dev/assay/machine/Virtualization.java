package dev.assay.machine;

/**
 * What lies between the program and the silicon.
 *
 * @param hypervisor {@code none} on bare metal, else its name
 * @param product what the firmware says this computer is: {@code Amazon EC2 c7g.metal}
 * @param container {@code none} outside, else its kind: {@code docker}
 * @param wsl the Windows Subsystem for Linux, {@code none} elsewhere
 * @param translation the translator of machine code in use ({@code qemu-user}, {@code rosetta}), {@code none} else
 */
public record Virtualization(Reading<String> hypervisor, Reading<String> product, Reading<String> container,
        Reading<String> wsl, Reading<String> translation) {
    public static final String NONE = "none";

    /** Whether a hypervisor is known to be there. */
    public boolean virtualised() {
        return !hypervisor.orElse(NONE).equals(NONE);
    }

    public boolean contained() {
        return !container.orElse(NONE).equals(NONE);
    }

    public boolean translated() {
        return !translation.orElse(NONE).equals(NONE);
    }

    /** {@code bare metal}, {@code KVM (Firecracker), docker}, … */
    public String title() {
        StringBuilder title = new StringBuilder(switch (hypervisor) {
            case Reading.Known<String>(String name, String _) -> name.equals(NONE) ? "bare metal" : name;
            case Reading.Unsupported<String> _,Reading.Unreadable<String> _ -> "unknown whether virtual";
        });
        for (Reading<String> layer : java.util.List.of(wsl, container, translation)) {
            layer.optional().filter(name -> !name.equals(NONE)).ifPresent(name -> title.append(", ").append(name));
        }
        return title.toString();
    }
}
