package dev.assay.quantum;

/** Circuits, devices and schedules as SVG, and as text for terminals. */
public final class Pictures {
    private Pictures() {}

    /** A circuit, its used qubits from top to bottom. */
    public static String circuitSvg(Circuit circuit) {
        return new CircuitPicture(circuit).svg();
    }

    /** The first steps of a circuit in letters. */
    public static String circuitText(Circuit circuit) {
        return new CircuitPicture(circuit).text();
    }

    /** A device; the more swaps a mapped circuit has on a coupling, the redder and wider it is. */
    public static String deviceSvg(Device device, Circuit mapped) {
        device.refuseUnmapped(mapped);
        return new DevicePicture(device, mapped).svg();
    }

    /** Couplings by swaps, most first. */
    public static String deviceText(Device device, Circuit mapped) {
        device.refuseUnmapped(mapped);
        return new DevicePicture(device, mapped).text();
    }

    /** When each qubit is busy, with a time axis. */
    public static String scheduleSvg(Schedule schedule) {
        return new SchedulePicture(schedule).svg();
    }

    /** When each qubit is busy, in letters. */
    public static String scheduleText(Schedule schedule) {
        return new SchedulePicture(schedule).text();
    }
}
