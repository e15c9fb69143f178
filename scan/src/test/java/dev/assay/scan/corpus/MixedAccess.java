package dev.assay.scan.corpus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

@SuppressWarnings("unused")
final class MixedAccess {
    static VarHandle handle(Class<?> owner) {
        throw new AssertionError(owner);
    }

    static final class WrongRead {
        private static final VarHandle STATE;
        private int state;

        static {
            try {
                STATE = MethodHandles.lookup().findVarHandle(WrongRead.class, "state", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        boolean claim() {
            return STATE.compareAndSet(this, 0, 1);
        }

        boolean claimed() {
            return state == 1;
        }
    }

    static final class WrongWrite {
        private static final VarHandle HEAD;
        private long head;

        static {
            try {
                HEAD = MethodHandles.lookup().findVarHandle(WrongWrite.class, "head", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        long head() {
            return (long) HEAD.getAcquire(this);
        }

        void move(long to) {
            head = to;
        }
    }

    static final class RightOnlyHandle {
        private static final VarHandle STATE;
        private int state;

        static {
            try {
                STATE = MethodHandles.lookup().findVarHandle(RightOnlyHandle.class, "state", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        RightOnlyHandle() {
            state = 1;
        }

        int state() {
            return (int) STATE.getAcquire(this);
        }
    }

    static final class RightVolatile {
        private static final VarHandle STATE;
        private volatile int state;

        static {
            try {
                STATE = MethodHandles.lookup().findVarHandle(RightVolatile.class, "state", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        boolean claim() {
            return STATE.compareAndSet(this, 0, 1);
        }

        boolean claimed() {
            return state == 1;
        }
    }
}
