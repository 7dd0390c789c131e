package dev.axon64.codegen.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files beside their place and moves them in, so that no reader ever sees half a file. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code content} to {@code target}, making its folders.
   *
   * @throws InputException if the file cannot be written; {@code target} is then as it was before
   */
  public static void write(Path target, Content content) {
    Path absolute = target.toAbsolutePath();
    Path beside = null;
    try {
      if (isInPlace(absolute)) {
        try (OutputStream out = Files.newOutputStream(absolute)) {
          content.writeTo(out);
        }
        return;
      }
      Files.createDirectories(absolute.getParent());
      // Not createTempFile, whose files only their owner may read.
      String name = ".axon64-" + UUID.randomUUID() + ".part";
      beside = absolute.resolveSibling(name);
      try (OutputStream out = Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW)) {
        content.writeTo(out);
      }
      move(beside, absolute);
      beside = null;
    } catch (IOException e) {
      throw new InputException(
          target.toString(), "cannot be written (" + reason(e) + "); name a writable place", e);
    } finally {
      deleteQuietly(beside);
    }
  }

  /**
   * Makes sure that a file can be written, before long work whose result it is to be. Nothing is
   * left of the attempt.
   *
   * @throws InputException if it cannot
   */
  public static void checkWritable(Path target) {
    Path absolute = target.toAbsolutePath();
    try {
      if (Files.isDirectory(absolute)) {
        throw new InputException(target.toString(), "is a folder; name a file");
      }
      if (isInPlace(absolute)) {
        Files.newOutputStream(absolute, StandardOpenOption.WRITE).close();
      } else {
        Path beside = folderAbove(absolute).resolve(".axon64-" + UUID.randomUUID() + ".part");
        Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW).close();
        Files.delete(beside);
      }
    } catch (IOException e) {
      throw new InputException(
          target.toString(), "cannot be written (" + reason(e) + "); name a writable place", e);
    }
  }

  /**
   * Makes sure that files can be written to a folder, which is made if it is missing.
   *
   * @throws InputException if they cannot
   */
  public static void checkFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException(folder.toString(), "is a file; name a folder");
    }
    checkWritable(folder.resolve("any"));
  }

  /** The nearest folder above a file that is there already; others would be made in it. */
  private static Path folderAbove(Path absolute) throws IOException {
    Path above = absolute.getParent();
    while (!Files.exists(above)) {
      above = above.getParent();
    }
    if (!Files.isDirectory(above)) {
      throw new NotDirectoryException(above.toString());
    }
    return above;
  }

  /** Whether it is a device, a pipe or the like, which no file can take the place of. */
  private static boolean isInPlace(Path absolute) {
    return Files.exists(absolute) && !Files.isRegularFile(absolute) && !Files.isDirectory(absolute);
  }

  /** Writes bytes; see {@link #write(Path, Content)}. */
  public static void write(Path target, byte[] bytes) {
    write(target, out -> out.write(bytes));
  }

  /** Writes UTF-8 text; see {@link #write(Path, Content)}. */
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a whole file.
   *
   * @throws InputException if it is missing, not a file, unreadable or over {@code mostBytes}
   */
  public static byte[] read(Path file, long mostBytes) {
    try {
      if (!Files.exists(file)) {
        throw new InputException(file.toString(), "no such file");
      }
      if (!Files.isRegularFile(file)) {
        throw new InputException(file.toString(), "not a plain file");
      }
      long size = Files.size(file);
      if (size > mostBytes) {
        throw new InputException(
            file.toString(), size + " bytes are over the limit of " + mostBytes + " here");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InputException(file.toString(), "cannot be read (" + reason(e) + ")", e);
    }
  }

  /** Describes an error without the path that the message starts with. */
  public static String reason(IOException e) {
    String text = e.getMessage();
    return e.getClass().getSimpleName() + (text == null ? "" : ": " + text);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteQuietly(Path file) {
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A stray temporary file is better than hiding the first failure.
      return;
    }
  }
}
