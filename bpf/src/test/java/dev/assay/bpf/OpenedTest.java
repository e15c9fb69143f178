package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
    private final List<String> closed = new ArrayList<>();

    private record Part(String name, List<String> closed, boolean broken) implements AutoCloseable {
        @Override
        public void close() {
            closed.add(name);
            if (broken) {
                throw new IllegalArgumentException(name + " is stuck");
            }
        }
    }

    @Test
    void whatWasOpenedLastIsClosedFirstAndOnlyOnce() {
        Opened open = new Opened();
        assertThat(open.add(new Part("map", closed, false)).name()).isEqualTo("map");
        open.add(new Part("program", closed, false));
        open.close();
        open.close();
        assertThat(closed).containsExactly("program", "map");
        assertThat(open.of(Part.class)).isEmpty();
    }

    @Test
    void whatFailsToCloseIsNamedAndKeepsNothingElseOpen() {
        Opened open = new Opened();
        open.add(new Part("map", closed, true));
        open.add(new Part("program", closed, false));
        open.add(new Part("link", closed, true));
        assertThatThrownBy(open::close).hasMessageContaining("link").hasRootCauseMessage("link is stuck");
        assertThat(closed).containsExactly("link", "program", "map");
    }
}
