package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void heavyHexagonLatticesHaveTheSizesOfTheCode() {
        assertThat(Shapes.heavyHex(7).qubits()).isEqualTo(115);
        assertThat(Shapes.heavyHex(21).qubits()).isEqualTo(1081);
        Topology topology = Shapes.heavyHex(5).topology();
        assertThat(topology.diameter).isLessThan(Topology.UNREACHABLE);
        for (int p = 0; p < topology.size; p++) {
            assertThat(topology.degree(p)).isBetween(1, 3);
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsValue() {
        refused("{\"qubits\": 2, \"edges\": [[0, 0]]}", "with itself");
        refused("{\"qubits\": 2, \"edges\": [[0, 1], [0, 1]]}", "twice");
        refused("{\"qubits\": 2, \"edges\": [[0, 2]]}", "outside 0 to 1");
        refused("{\"qubits\": 0, \"edges\": []}", "not 0");
        refused("{\"qubits\": 2.5, \"edges\": []}", "2.5");
        refused("{\"qubits\": 2}", "list of pairs");
        refused("{\"qubits\": 2, \"edges\": [[0, 1]], \"durations_ns\": {\"cx\": -1}}", "-1");
        refused("{\"qubits\": 2, \"edges\": [[0, 1]], \"edge_errors\": [1.5]}", "1.5");
        refused("{\"qubits\": 2, \"edges\": [[0, 1]], \"edge_errors\": [0.1, 0.1]}", "one edge error per edge");
        refused("[1]", "JSON object");
        refused("{", "not JSON");
        assertThatThrownBy(() -> Devices.named("grid:0x4")).isInstanceOf(DeviceException.class);
        assertThatThrownBy(() -> Devices.named("blob:4")).hasMessageContaining("no shape 'blob'");
        assertThatThrownBy(() -> Devices.named("nowhere.json")).hasMessageContaining("no such file");
    }

    private static void refused(String json, String says) {
        assertThatThrownBy(() -> Devices.parse("t", json)).as(json).isInstanceOf(DeviceException.class)
                .hasMessageContaining(says);
    }
}
