package dev.assay.litmus;

import java.util.HexFormat;
import java.util.stream.Collectors;

/** Machine code as a listing: on each line the bytes, a space, and what they mean. */
final class HexCode {
    private HexCode() {}

    static byte[] of(String listing) {
        return HexFormat.of().parseHex(listing.lines().map(line -> line.strip().split(" ", 2)[0])
                .collect(Collectors.joining()));
    }
}
