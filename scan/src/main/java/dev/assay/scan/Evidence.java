package dev.assay.scan;

/**
 * One fact read from the bytes.
 *
 * @param path
 *            the file that holds it, nested archives by {@code !/}
 * @param says
 *            the fact, in words
 */
public record Evidence(String path, String says) {}
