package dev.assay.litmus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the Java model says of the classic tests in each access mode. */
class JavaModelTest {
    private static String observation(String threads, String condition) {
        LitmusTest test = LitmusParser.parse("test",
                "Java T\n{ x=0; y=0; }\n" + threads + "\nexists (" + condition + ")\n");
        return new ModelChecker(new ModelChecker.Settings(Optional.empty(), 2, false)).decide(test).observation();
    }

    @ParameterizedTest
    @CsvSource({"set,get,Sometimes", "setOpaque,getOpaque,Sometimes", "setRelease,getAcquire,Never",
        "setVolatile,getVolatile,Never"})
    void messagePassingNeedsReleaseAndAcquire(String set, String get, String expected) {
        assertThat(observation("P0 { X.set(1); Y." + set + "(1); }\nP1 { int a = Y." + get + "(); int b = X.get(); }",
                "1:a=1 /\\ 1:b=0")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"set,get,Sometimes", "setRelease,getAcquire,Sometimes", "setVolatile,getVolatile,Never"})
    void storeBufferingNeedsVolatile(String set, String get, String expected) {
        assertThat(observation(
                "P0 { X." + set + "(1); int a = Y." + get + "(); }\nP1 { Y." + set + "(1); int a = X." + get + "(); }",
                "0:a=0 /\\ 1:a=0")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"get,Sometimes", "getOpaque,Never"})
    void readsOfOneVariableStayInOrderFromOpaqueOn(String get, String expected) {
        assertThat(observation("P0 { X.setOpaque(1); }\nP1 { int a = X." + get + "(); int b = X." + get + "(); }",
                "1:a=1 /\\ 1:b=0")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"setRelease,getAcquire,Sometimes", "setVolatile,getVolatile,Never"})
    void independentReadersAgreeOnlyOnVolatileWrites(String set, String get, String expected) {
        assertThat(observation(
                "P0 { X." + set + "(1); }\nP1 { Y." + set + "(1); }\nP2 { int a = X." + get + "(); int b = Y." + get
                        + "(); }\nP3 { int a = Y." + get + "(); int b = X." + get + "(); }",
                "2:a=1 /\\ 2:b=0 /\\ 3:a=1 /\\ 3:b=0")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"getAndAdd,Never", "getAndAddAcquire,Never", "getAndAddRelease,Never"})
    void updatesAreAtomicInEveryMode(String add, String expected) {
        assertThat(observation("P0 { int a = X." + add + "(1); }\nP1 { int a = X." + add + "(1); }", "[x]=1"))
                .isEqualTo(expected);
    }

    @Test
    void theRightOperandIsReadOnlyWhereTheLeftOneLeavesTheAnswerOpen() {
        assertThat(observation("P0 { X.setOpaque(1); }\nP1 { int a = Y.getOpaque() == 1 && X.getAndAdd(2) == 1; }",
                "[x]=1")).isEqualTo("Always");
    }
}
