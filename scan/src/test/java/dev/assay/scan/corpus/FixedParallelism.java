package dev.assay.scan.corpus;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

@SuppressWarnings("unused")
final class FixedParallelism {
    static final class WrongFixed {
        static ExecutorService pool() {
            return Executors.newFixedThreadPool(16);
        }
    }

    static final class WrongForkJoin {
        static ForkJoinPool pool() {
            return new ForkJoinPool(8);
        }
    }

    static final class RightDerived {
        static ExecutorService pool() {
            return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        }
    }

    static final class RightOne {
        static ExecutorService pool() {
            return Executors.newFixedThreadPool(1);
        }
    }
}
