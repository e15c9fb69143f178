package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class DrawingTest {
    static final List<String> NAMES = SavedMachines.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyProcessorIsDrawnOnceAndInsideThePicture(String name) throws Exception {
        Machine machine = SavedMachines.machine(name);
        Element svg = parsed(machine.svg());
        int width = Integer.parseInt(svg.getAttribute("width"));
        int height = Integer.parseInt(svg.getAttribute("height"));
        NodeList boxes = svg.getElementsByTagName("rect");
        int processors = 0;
        for (int i = 0; i < boxes.getLength(); i++) {
            Element box = (Element) boxes.item(i);
            processors += box.getAttribute("class").matches("processor|forbidden") ? 1 : 0;
            assertThat(number(box, "x") + number(box, "width")).isLessThanOrEqualTo(width);
            assertThat(number(box, "y") + number(box, "height")).isLessThanOrEqualTo(height);
        }
        assertThat(processors).isEqualTo(machine.topology().online().cardinality());
        List<String> texts = new ArrayList<>();
        NodeList labels = svg.getElementsByTagName("text");
        for (int i = 0; i < labels.getLength(); i++) {
            texts.add(labels.item(i).getTextContent());
        }
        machine.topology().online().stream().forEach(id -> assertThat(texts).containsOnlyOnce("P" + id));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void boxesOfProcessorsDoNotOverlap(String name) throws Exception {
        NodeList boxes = parsed(SavedMachines.machine(name).svg()).getElementsByTagName("rect");
        List<int[]> seen = new ArrayList<>();
        for (int i = 0; i < boxes.getLength(); i++) {
            Element box = (Element) boxes.item(i);
            if (box.getAttribute("class").matches("processor|forbidden|device")) {
                int[] here = {number(box, "x"), number(box, "y"), number(box, "x") + number(box, "width"),
                    number(box, "y") + number(box, "height")};
                assertThat(seen).noneMatch(other -> here[0] < other[2] && other[0] < here[2] && here[1] < other[3]
                        && other[1] < here[3]);
                seen.add(here);
            }
        }
    }

    @Test
    void equalBranchesAreCountedInTheText() {
        assertThat(SavedMachines.machine("server-two-sockets").drawing()).isEqualTo("""
                machine 504 GiB
                └─ 2 × package · node 252 GiB · L3 48 MiB
                   └─ 32 × L2 1.25 MiB · L1d 48 KiB · L1i 32 KiB · core · 2 threads  P0-31,64-95
                """);
        assertThat(SavedMachines.machine("board-mixed").drawing()).isEqualTo("""
                machine 3.72 GiB · package 0 · node 0 3.72 GiB
                ├─ L2 512 KiB
                │  └─ 4 × L1d 32 KiB · L1i 32 KiB · core E · 1 thread  P0-3
                └─ L2 1 MiB
                   └─ 2 × L1d 32 KiB · L1i 48 KiB · core P · 1 thread  P4-5
                """);
    }

    @Test
    void processorsThatMayNotBeUsedAreMarked() {
        Machine container = SavedMachines.machine("container-limits");
        assertThat(container.drawing()).contains("core 1 · P2 P3\n").contains("(not for this process)");
        assertThat(container.svg()).contains("class=\"forbidden\"").contains("red: not for this process");
    }

    @Test
    void namesFromFirmwareCannotBreakThePicture() throws Exception {
        Machine machine = SavedMachines.of("== /proc/cpuinfo\nprocessor : 0\nflags : lm\ncpu family : 6\n"
                + "model name : <script>\"&\u0001\u00ff\n");
        assertThat(parsed(machine.svg()).getElementsByTagName("script").getLength()).isZero();
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }

    private static Element parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(
                StandardCharsets.UTF_8))).getDocumentElement();
    }
}
