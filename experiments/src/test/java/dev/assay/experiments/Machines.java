package dev.assay.experiments;

import dev.assay.machine.Machine;
import dev.assay.machine.Root;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machines that chapters are tested on: this one and saved ones that differ from it. */
final class Machines {
    private Machines() {}

    static Map<String, Machine> all() {
        Map<String, Machine> machines = new LinkedHashMap<>();
        machines.put("this machine", Machine.read());
        for (String name : new String[]{"server-aarch64", "laptop-128-byte-lines", "silent-vm"}) {
            machines.put(name, saved(name));
        }
        return machines;
    }

    static Machine saved(String name) {
        try {
            return Machine.read(Root.at(Path.of(Machines.class.getResource("/machines/" + name + ".txt").toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
