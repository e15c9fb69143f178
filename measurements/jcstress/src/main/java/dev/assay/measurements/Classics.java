package dev.assay.measurements;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The classic questions as jcstress tests, with the accesses of Assay's own tests of the same names ('+' and '-' are '_'). Every outcome
 * counts as interesting, so that jcstress reports all of them; which ones are allowed is left to Assay's model.
 */
public class Classics {
    /** Two ints and their handles. */
    public static class Two {
        static final VarHandle X = handle("x");
        static final VarHandle Y = handle("y");
        int x;
        int y;

        private static VarHandle handle(String name) {
            try {
                return MethodHandles.lookup().findVarHandle(Two.class, name, int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class SB extends Two {
        @Actor
        public void actor0(II_Result r) {
            X.set(this, 1);
            r.r1 = (int) Y.get(this);
        }

        @Actor
        public void actor1(II_Result r) {
            Y.set(this, 1);
            r.r2 = (int) X.get(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class SB_opaques extends Two {
        @Actor
        public void actor0(II_Result r) {
            X.setOpaque(this, 1);
            r.r1 = (int) Y.getOpaque(this);
        }

        @Actor
        public void actor1(II_Result r) {
            Y.setOpaque(this, 1);
            r.r2 = (int) X.getOpaque(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class SB_release_acquires extends Two {
        @Actor
        public void actor0(II_Result r) {
            X.setRelease(this, 1);
            r.r1 = (int) Y.getAcquire(this);
        }

        @Actor
        public void actor1(II_Result r) {
            Y.setRelease(this, 1);
            r.r2 = (int) X.getAcquire(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class SB_volatiles extends Two {
        @Actor
        public void actor0(II_Result r) {
            X.setVolatile(this, 1);
            r.r1 = (int) Y.getVolatile(this);
        }

        @Actor
        public void actor1(II_Result r) {
            Y.setVolatile(this, 1);
            r.r2 = (int) X.getVolatile(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class SB_fences extends Two {
        @Actor
        public void actor0(II_Result r) {
            X.setOpaque(this, 1);
            VarHandle.fullFence();
            r.r1 = (int) Y.getOpaque(this);
        }

        @Actor
        public void actor1(II_Result r) {
            Y.setOpaque(this, 1);
            VarHandle.fullFence();
            r.r2 = (int) X.getOpaque(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class MP extends Two {
        @Actor
        public void actor0() {
            X.set(this, 1);
            Y.set(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r1 = (int) Y.get(this);
            r.r2 = (int) X.get(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class MP_opaques extends Two {
        @Actor
        public void actor0() {
            X.setOpaque(this, 1);
            Y.setOpaque(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r1 = (int) Y.getOpaque(this);
            r.r2 = (int) X.getOpaque(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class MP_release_acquire extends Two {
        @Actor
        public void actor0() {
            X.set(this, 1);
            Y.setRelease(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r1 = (int) Y.getAcquire(this);
            r.r2 = (int) X.get(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class MP_volatiles extends Two {
        @Actor
        public void actor0() {
            X.set(this, 1);
            Y.setVolatile(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r1 = (int) Y.getVolatile(this);
            r.r2 = (int) X.get(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class LB extends Two {
        @Actor
        public void actor0(II_Result r) {
            r.r1 = (int) X.get(this);
            Y.set(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r2 = (int) Y.get(this);
            X.set(this, 1);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class LB_opaques extends Two {
        @Actor
        public void actor0(II_Result r) {
            r.r1 = (int) X.getOpaque(this);
            Y.setOpaque(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r2 = (int) Y.getOpaque(this);
            X.setOpaque(this, 1);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class CoRR extends Two {
        @Actor
        public void actor0() {
            X.setOpaque(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r1 = (int) X.get(this);
            r.r2 = (int) X.get(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class CoRR_opaques extends Two {
        @Actor
        public void actor0() {
            X.setOpaque(this, 1);
        }

        @Actor
        public void actor1(II_Result r) {
            r.r1 = (int) X.getOpaque(this);
            r.r2 = (int) X.getOpaque(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class IRIW_volatiles extends Two {
        @Actor
        public void actor0() {
            X.setVolatile(this, 1);
        }

        @Actor
        public void actor1() {
            Y.setVolatile(this, 1);
        }

        @Actor
        public void actor2(IIII_Result r) {
            r.r1 = (int) X.getVolatile(this);
            r.r2 = (int) Y.getVolatile(this);
        }

        @Actor
        public void actor3(IIII_Result r) {
            r.r3 = (int) Y.getVolatile(this);
            r.r4 = (int) X.getVolatile(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class Counter_getAndAdd extends Two {
        @Actor
        public void actor0(III_Result r) {
            r.r1 = (int) X.getAndAddRelease(this, 1);
        }

        @Actor
        public void actor1(III_Result r) {
            r.r2 = (int) X.getAndAddAcquire(this, 1);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            r.r3 = (int) X.getVolatile(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class Counter_plain extends Two {
        @Actor
        public void actor0() {
            int a = (int) X.get(this);
            X.set(this, a + 1);
        }

        @Actor
        public void actor1() {
            int a = (int) X.get(this);
            X.set(this, a + 1);
        }

        @Arbiter
        public void arbiter(I_Result r) {
            r.r1 = (int) X.getVolatile(this);
        }
    }

    @JCStressTest
    @Outcome(expect = ACCEPTABLE_INTERESTING)
    @State
    public static class Counter_cas extends Two {
        @Actor
        public void actor0(II_Result r) {
            r.r1 = X.compareAndSet(this, 0, 1) ? 1 : 0;
        }

        @Actor
        public void actor1(II_Result r) {
            r.r2 = X.compareAndSet(this, 0, 2) ? 1 : 0;
        }
    }
}
