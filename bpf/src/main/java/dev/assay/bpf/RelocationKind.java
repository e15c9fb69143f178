package dev.assay.bpf;

import java.util.Locale;
import java.util.Optional;

/** What of a type an instruction depends on, in the order of their numbers (bpf.h, enum bpf_core_relo_kind). */
enum RelocationKind {
    FIELD_BYTE_OFFSET, FIELD_BYTE_SIZE, FIELD_EXISTS, FIELD_SIGNED, FIELD_LSHIFT_U64, FIELD_RSHIFT_U64, TYPE_ID_LOCAL,
    TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, ENUMVAL_EXISTS, ENUMVAL_VALUE, TYPE_MATCHES;

    private static final RelocationKind[] BY_NUMBER = values();

    static Optional<RelocationKind> of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }

    boolean field() {
        return ordinal() <= FIELD_RSHIFT_U64.ordinal();
    }

    boolean enumerator() {
        return this == ENUMVAL_EXISTS || this == ENUMVAL_VALUE;
    }

    boolean type() {
        return !field() && !enumerator();
    }

    /** Those that ask whether something is there, so that its absence is an answer. */
    boolean asks() {
        return switch (this) {
            case FIELD_EXISTS, TYPE_EXISTS, TYPE_MATCHES, ENUMVAL_EXISTS -> true;
            default -> false;
        };
    }

    /** The kernel's word in lower case, such as {@code field_byte_offset}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
