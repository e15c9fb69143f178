package dev.assay.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlavourTest {
    @Test
    void theLastTripleUnderscoreBetweenOtherCharactersBeginsAFlavour() {
        assertThat(Flavour.essential("task_struct___old")).isEqualTo("task_struct");
        assertThat(Flavour.essential("a___b___c")).isEqualTo("a___b");
        assertThat(Flavour.essential("task____struct")).isEqualTo("task____struct");
        assertThat(Flavour.essential("___x")).isEqualTo("___x");
        assertThat(Flavour.essential("x___")).isEqualTo("x___");
        assertThat(Flavour.same("s___1", "s___2")).isTrue();
    }
}
