package dev.assay.scan.corpus;

import java.util.Map;
import java.util.TreeMap;

@SuppressWarnings("unused")
final class DoubleCheckedLocking {
    static final class WrongInstance {
        private Map<String, String> it;

        Map<String, String> get() {
            if (it == null) {
                synchronized (this) {
                    if (it == null) {
                        it = new TreeMap<>();
                    }
                }
            }
            return it;
        }
    }

    static final class WrongStaticWithLocal {
        private static StringBuilder it;

        static StringBuilder get() {
            StringBuilder local = it;
            if (local != null) {
                return local;
            }
            synchronized (WrongStaticWithLocal.class) {
                if (it == null) {
                    it = new StringBuilder();
                }
                return it;
            }
        }
    }

    static final class WrongFlag {
        private boolean ready;
        private int[] table;

        int first() {
            if (!ready) {
                synchronized (this) {
                    if (!ready) {
                        table = new int[]{1};
                        ready = true;
                    }
                }
            }
            return table[0];
        }
    }

    static final class RightVolatile {
        private volatile Map<String, String> it;

        Map<String, String> get() {
            if (it == null) {
                synchronized (this) {
                    if (it == null) {
                        it = new TreeMap<>();
                    }
                }
            }
            return it;
        }
    }

    static final class RightSingleCheck {
        private Map<String, String> it;

        synchronized Map<String, String> get() {
            if (it == null) {
                it = new TreeMap<>();
            }
            return it;
        }
    }

    static final class RightImmutable {
        private String it;

        String get() {
            if (it == null) {
                synchronized (this) {
                    if (it == null) {
                        it = String.valueOf(System.nanoTime());
                    }
                }
            }
            return it;
        }
    }

    static final class RightHolder {
        private static final class Holder {
            static final Map<String, String> IT = new TreeMap<>();
        }

        static Map<String, String> get() {
            return Holder.IT;
        }
    }
}
