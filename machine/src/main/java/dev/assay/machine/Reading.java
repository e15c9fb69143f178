package dev.assay.machine;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The answer to one question about the machine: the value and where it was read, or why there is none.
 *
 * <p>
 * Nothing that is not known is ever zero, empty or null; whoever needs a number all the same says which, with
 * {@link #orElse}.
 */
public sealed interface Reading<T> {
    /** The value, and the file, call or register that told it. */
    record Known<T>(T value, String source) implements Reading<T> {
        public Known {
            Objects.requireNonNull(value, "a known reading has a value");
            Objects.requireNonNull(source, "a known reading has a source");
        }

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** The machine does not have it, or its kernel does not tell. */
    record Unsupported<T>(String reason) implements Reading<T> {
        @Override
        public String toString() {
            return "unsupported: " + reason;
        }
    }

    /** It could not be asked: no permission, or what was read makes no sense. */
    record Unreadable<T>(String reason) implements Reading<T> {
        @Override
        public String toString() {
            return "unreadable: " + reason;
        }
    }

    static <T> Reading<T> known(T value, String source) {
        return new Known<>(value, source);
    }

    static <T> Reading<T> unsupported(String reason) {
        return new Unsupported<>(reason);
    }

    static <T> Reading<T> unreadable(String reason) {
        return new Unreadable<>(reason);
    }

    default boolean isKnown() {
        return this instanceof Known<T>;
    }

    default Optional<T> optional() {
        return this instanceof Known<T>(T value, String _) ? Optional.of(value) : Optional.empty();
    }

    default T orElse(T otherwise) {
        return this instanceof Known<T>(T value, String _) ? value : otherwise;
    }

    /**
     * The value, for callers that cannot go on without it.
     *
     * @throws MachineException with the reason when it is not known
     */
    default T orElseThrow() {
        return switch (this) {
            case Known<T>(T value, String _) -> value;
            case Unsupported<T>(String reason) -> throw new MachineException(reason);
            case Unreadable<T>(String reason) -> throw new MachineException(reason);
        };
    }

    default T orElseGet(Supplier<? extends T> otherwise) {
        return this instanceof Known<T>(T value, String _) ? value : otherwise.get();
    }

    /** This answer when it is known, else the other one; when neither is, the reason of this one. */
    default Reading<T> or(Supplier<Reading<T>> other) {
        if (isKnown()) {
            return this;
        }
        Reading<T> second = other.get();
        return second.isKnown() ? second : this;
    }

    /**
     * The value as something else, with the same source. A value that {@code function} rejects with an
     * {@link IllegalArgumentException} becomes unreadable, with its message as the reason.
     */
    default <R> Reading<R> map(Function<? super T, ? extends R> function) {
        return switch (this) {
            case Known<T>(T value, String source) -> {
                try {
                    yield new Known<>(function.apply(value), source);
                } catch (IllegalArgumentException | ArithmeticException e) {
                    yield new Unreadable<>(source + ": " + e.getMessage());
                }
            }
            case Unsupported<T>(String reason) -> new Unsupported<>(reason);
            case Unreadable<T>(String reason) -> new Unreadable<>(reason);
        };
    }

    /** As {@link #map}, for a function that itself may not know. */
    default <R> Reading<R> flatMap(Function<? super T, Reading<R>> function) {
        return switch (this) {
            case Known<T>(T value, String _) -> function.apply(value);
            case Unsupported<T>(String reason) -> new Unsupported<>(reason);
            case Unreadable<T>(String reason) -> new Unreadable<>(reason);
        };
    }

    /** Where the value was read, or why there is none. */
    default String because() {
        return switch (this) {
            case Known<T>(T _, String source) -> source;
            case Unsupported<T>(String reason) -> reason;
            case Unreadable<T>(String reason) -> reason;
        };
    }
}
