package dev.assay.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ExecutableMemoryTest {
    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "the bytes are x86-64")
    void runsTheBytesThatItWasGiven() throws Throwable {
        // lea rax, [rdi + rsi]; ret
        byte[] add = {0x48, (byte) 0x8d, 0x04, 0x37, (byte) 0xc3};
        try (ExecutableMemory memory = ExecutableMemory.of(add)) {
            var handle = memory.function(0, FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG));
            assertThat((long) handle.invokeExact(40L, 2L)).isEqualTo(42);
        }
    }

    @Test
    void pinsTheCallingThreadAndReadsItBack() throws Exception {
        BitSet before = Affinity.current();
        BitSet[] seen = new BitSet[1];
        Thread thread = new Thread(() -> {
            Affinity.pin(before.nextSetBit(0));
            seen[0] = Affinity.current();
        });
        thread.start();
        thread.join();
        assertThat(seen[0].cardinality()).isEqualTo(1);
        assertThat(Affinity.current()).isEqualTo(before);
    }
}
