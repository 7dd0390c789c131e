package dev.axon64.metal.device;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.Digests;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Binaries of built programs on disk. Only a binary that was written whole is read; a cache that
 * cannot be written is none.
 *
 * @param folder where they lie
 */
public record BinaryCache(Path folder) {
  private static final long MOST_BYTES = 1L << 28;

  /**
   * The user's cache: {@code $XDG_CACHE_HOME/axon64/programs}, by default in {@code ~/.cache}. The
   * property {@code axon64.cache} names another folder.
   */
  public static BinaryCache ofUser() {
    String named = System.getProperty("axon64.cache");
    if (named != null) {
      return new BinaryCache(Path.of(named));
    }
    String home = System.getenv("XDG_CACHE_HOME");
    Path caches =
        home == null || home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(home);
    return new BinaryCache(caches.resolve("axon64").resolve("programs"));
  }

  /** The key of what was built from texts: a program's source, options, device and driver. */
  public static String key(String... texts) {
    StringBuilder all = new StringBuilder();
    for (String text : texts) {
      all.append(text.length()).append(':').append(text);
    }
    return Digests.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a binary; empty if there is none. */
  public Optional<byte[]> read(String key) {
    Path file = folder.resolve(key);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(AtomicFiles.read(file, MOST_BYTES))
          : Optional.empty();
    } catch (InputException unreadable) {
      return Optional.empty();
    }
  }

  /** Keeps a binary. */
  public void write(String key, byte[] binary) {
    try {
      AtomicFiles.write(folder.resolve(key), binary);
    } catch (InputException unwritable) { // the next build takes as long as this one
      return;
    }
  }
}
