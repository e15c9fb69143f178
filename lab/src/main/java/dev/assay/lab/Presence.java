package dev.assay.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A lock that every laboratory on the machine tries to hold, so that two at once notice each other. */
final class Presence implements AutoCloseable {
    private final FileChannel channel;
    private final Optional<FileLock> lock;

    private Presence(FileChannel channel, Optional<FileLock> lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static Presence enter() {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "assay.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            shareWithOtherUsers(file);
            try {
                return new Presence(channel, Optional.ofNullable(channel.tryLock()));
            } catch (OverlappingFileLockException e) {
                return new Presence(channel, Optional.empty());
            }
        } catch (IOException e) {
            // Where the file cannot be opened (another user's, or no space), presence cannot be told; the noise
            // watch still sees the other laboratory's processor time.
            return new Presence(null, Optional.empty());
        }
    }

    private static void shareWithOtherUsers(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException | UnsupportedOperationException e) {
            // Not ours to change; opening it was enough.
        }
    }

    /** Whether no other laboratory holds the lock, as far as one can tell. */
    boolean alone() {
        return channel == null || lock.isPresent();
    }

    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("the presence lock could not be closed", e);
            }
        }
    }
}
