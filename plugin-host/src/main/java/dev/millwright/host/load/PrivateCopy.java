package dev.millwright.host.load;

import dev.millwright.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A plugin's file as it was at one moment, named by its SHA-256, so that the original may be
/// replaced or deleted while its classes are in use.
///
/// @param sha256 of the original, in hexadecimal digits
/// @param file the copy of the file itself
/// @param bundle what classes are loaded from: the copy, or the folder that a zip was unpacked into
/// @param mark of the original; empty when it has just changed
public record PrivateCopy(String sha256, Path file, Path bundle, Optional<FileMark> mark) {
    private static final int MOST_ENTRIES = 20_000;
    private static final long MOST_PACKED = 256L << 20;
    private static final long MOST_BYTES = 1L << 30;

    /// Copy and check. The turn keeps copies of equal files apart. Throws [LoadException] when the
    /// file is not trusted, or not a whole jar or zip, and leaves nothing then.
    ///
    /// @param known jars that need not be read through again
    /// @param trust is given the SHA-256 and the copy before anything in it is looked at; throws
    ///   [LoadException]
    static PrivateCopy of(
            Path original, Path folder, int turn, KnownJars known, BiConsumer<String, Path> trust) {
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "new-", ".tmp");
            try {
                Optional<FileMark> mark = FileMark.of(original);
                String hash = copy(original, mark.flatMap(known::hashOf), fresh);
                if (!mark.equals(FileMark.of(original))) {
                    // What was taken for the known one may be another
                    mark = Optional.empty();
                    hash = Sha256.hex(fresh);
                }
                trust.accept(hash, fresh);
                boolean isZip = original.toString().endsWith(".zip");
                // What a zip is unpacked into has to be read anyway
                if (isZip || !known.contains(hash)) {
                    checkEntries(fresh, isZip);
                }
                Path copy = folder.resolve(hash + "-" + turn + (isZip ? ".zip" : ".jar"));
                Path bundle = isZip ? unpacked(fresh, folder.resolve(hash + "-" + turn)) : copy;
                Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE);
                return new PrivateCopy(hash, copy, bundle, mark);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException broken) {
            throw new LoadException("it is not a whole jar or zip: " + broken.getMessage(), broken);
        }
    }

    /// Whether it is used as it is, not unpacked.
    boolean isJar() {
        return bundle.equals(file);
    }

    private static String copy(Path original, Optional<String> known, Path fresh)
            throws IOException {
        if (Files.size(original) > MOST_PACKED) {
            throw new LoadException("it is larger than 256 MiB");
        }
        if (known.isPresent()) {
            var _ = Files.copy(original, fresh, StandardCopyOption.REPLACE_EXISTING);
            return known.get();
        }
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(original), digest)) {
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Reads every byte: the checksums tell a file that is not all there.
    private static void checkEntries(Path file, boolean isZip) throws IOException {
        long bytes = 0;
        Set<String> names = new HashSet<>();
        byte[] buffer = new byte[1 << 16];
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new LoadException("it has more than %d entries".formatted(MOST_ENTRIES));
            }
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                // Nobody unpacks a jar, where two such names may stand
                if (isZip && !names.add(entry.getName().toLowerCase(Locale.ROOT))) {
                    throw new LoadException(
                            "its entry '%s' is there twice".formatted(entry.getName()));
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    bytes += length(in, buffer, MOST_BYTES - bytes);
                }
            }
        }
    }

    /// Stops at the limit: a few bytes may stand for very many.
    private static long length(InputStream in, byte[] buffer, long most) throws IOException {
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
            if (bytes > most) {
                throw new LoadException("unpacked it is larger than 1 GiB");
            }
        }
        return bytes;
    }

    private static Path unpacked(Path zip, Path folder) throws IOException {
        delete(folder);
        Files.createDirectories(folder);
        try (ZipFile packed = new ZipFile(zip.toFile())) {
            Enumeration<? extends ZipEntry> entries = packed.entries();
            while (entries.hasMoreElements()) {
                unpack(packed, entries.nextElement(), folder);
            }
        } catch (IOException | RuntimeException unfit) {
            delete(folder);
            throw unfit;
        }
        return folder;
    }

    private static void unpack(ZipFile packed, ZipEntry entry, Path folder) throws IOException {
        Path target = target(entry.getName(), folder);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
        try (InputStream in = packed.getInputStream(entry)) {
            // Whatever the entry says of itself, a link or a device, it becomes a plain file
            Files.copy(in, target);
        }
    }

    private static Path target(String name, Path folder) {
        try {
            Path target = folder.resolve(name).normalize();
            if (target.startsWith(folder) && !name.contains("\\") && !name.contains(":")) {
                return target;
            }
        } catch (InvalidPathException impossible) {
            // Told like the others
        }
        throw new LoadException("its entry '%s' leads out of it".formatted(name));
    }

    /// Remove the copy; what cannot be removed now is removed at the next start.
    public void delete() {
        try {
            Files.deleteIfExists(file);
            delete(bundle);
        } catch (IOException | UncheckedIOException busy) {
            // The next start begins with an empty folder
        }
    }

    /// Remove a folder with all that is in it.
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(folder)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
