package dev.assay.machine;

/** Machines that are not Linux. */
final class Foreign {
    private Foreign() {}

    static Machine read() {
        throw new MachineException("the machine sheet reads Linux, macOS and Windows; this is "
                + System.getProperty("os.name"));
    }
}
