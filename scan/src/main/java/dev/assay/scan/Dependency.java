package dev.assay.scan;

import java.nio.file.Path;

/** One artifact that a build file asks for, by its coordinates {@code group:artifact[:classifier]:version}. */
sealed interface Dependency {
    String coordinates();

    /** It lies here. */
    record Found(String coordinates, Path file) implements Dependency {}

    /** It, or what it needs itself, could not be had. */
    record Missing(String coordinates, String reason) implements Dependency {}
}
