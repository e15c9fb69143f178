package dev.assay.machine;

import java.nio.file.Path;
import java.util.List;

/** The machines under src/test/resources/machines, by name. */
final class SavedMachines {
    static final Path DIRECTORY = Path.of("src/test/resources/machines");
    static final List<String> NAMES = List.of("laptop-hybrid", "server-two-sockets", "amd-chiplets", "graviton",
            "board-mixed", "apple-like", "riscv", "mainframe", "container-limits", "micro-vm", "wsl2",
            "power-container", "mac-apple-silicon", "mac-translated", "mac-intel", "windows-arm", "windows-server");

    private SavedMachines() {}

    static Root root(String name) {
        return Root.at(DIRECTORY.resolve(name));
    }

    static Machine machine(String name) {
        return Machine.read(root(name));
    }

    /** A machine of these files and no others. */
    static Machine of(String snapshot) {
        return Machine.read(Root.of(snapshot, "a test"));
    }
}
