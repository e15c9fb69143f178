package dev.assay.quantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CircuitPropertiesTest {
    /** Shrinks to few qubits and few steps. */
    @Provide
    Arbitrary<Circuit> circuits() {
        return Combinators.combine(Arbitraries.integers().between(2, 9), Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 50), Arbitraries.longs())
                .as((qubits, bits, count, seed) -> Circuit.of(qubits, bits,
                        Circuits.steps(new java.util.SplittableRandom(seed), qubits, bits, count, 2)));
    }

    /** Spanning trees with further couplings, directed or not: connected, and nothing else in common. */
    @Provide
    Arbitrary<Device> devices() {
        return Combinators.combine(Arbitraries.integers().between(9, 14), Arbitraries.integers().between(0, 12),
                Arbitraries.longs(), Arbitraries.of(true, false)).as((qubits, more, seed, directed) -> {
                    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
                    java.util.Set<Device.Edge> edges = new java.util.LinkedHashSet<>();
                    for (int q = 1; q < qubits; q++) {
                        edges.add(new Device.Edge(random.nextInt(q), q));
                    }
                    for (int i = 0; i < more; i++) {
                        int to = 1 + random.nextInt(qubits - 1);
                        edges.add(new Device.Edge(random.nextInt(to), to));
                    }
                    return new Device("any", qubits, java.util.List.copyOf(edges), directed, Map.of(),
                            java.util.List.of(), java.util.List.of(), 1);
                });
    }

    @Property(tries = 60)
    void anyCircuitOnAnyConnectedDeviceIsMappedAndDoesTheSame(@ForAll("circuits") Circuit any,
            @ForAll("devices") Device device, @ForAll MappingOptions.Objective objective) {
        // Read back once: gates that stdgates.inc lacks are then what they are defined as.
        Circuit circuit = Qasm.parse("any", Qasm.write3(any));
        Mapping mapping = Mapper.map(circuit, device, new MappingOptions(1, Duration.ofMillis(20), 1, objective));
        assertThat(Verifier.verify(circuit, mapping.circuit(), device, mapping.initialLayout()).violations()).isEmpty();
        Circuit again = Qasm.parse("mapped", MappedText.of(mapping));
        assertThat(Verifier.verify(circuit, again, device, mapping.initialLayout()).violations()).isEmpty();
    }

    @Property(tries = 200)
    void whatIsWrittenAndReadIsWrittenTheSameAgain(@ForAll("circuits") Circuit circuit) {
        String once = Qasm.write3(Qasm.parse("once", Qasm.write3(circuit)));
        assertThat(Qasm.write3(Qasm.parse("twice", once))).isEqualTo(once);
    }
}
