package dev.assay.scan.corpus;

@SuppressWarnings("unused")
final class FixedLineSize {
    static final class WrongConstant {
        static final int CACHE_LINE_SIZE = 64;
    }

    static final class WrongPadding {
        volatile long value;
        long p1, p2, p3, p4, p5, p6, p7;
    }

    static final class RightConstant {
        static final int CACHE_LINE_SIZE = 128;
    }

    static final class RightFields {
        long p1;
        long p2;
        static final int LINES_PER_PAGE = 64;
    }
}
