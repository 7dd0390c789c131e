package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A snapshot: the guest's state, and where each page is. The pages stay in the file. */
public final class Snapshot {
  private final Path file;
  private final long bytes;
  private final GuestImage image;
  private final PageIndex index;

  Snapshot(Path file, long bytes, GuestImage image, PageIndex index) {
    this.file = file;
    this.bytes = bytes;
    this.image = image;
    this.index = index;
  }

  /**
   * Reads all but the pages.
   *
   * @throws InputException if the file is not a snapshot, or a damaged one
   */
  public static Snapshot open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(file.toString(), "no such file; give a snapshot");
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return SnapshotParser.parse(file, in);
    } catch (IOException e) {
      throw new InputException(
          file.toString(), "cannot be read (" + AtomicFiles.reason(e) + ")", e);
    }
  }

  static InputException damaged(Path file, String how) {
    return new InputException(file.toString(), "is damaged: " + how + "; take the snapshot again");
  }

  /** The file that holds it. */
  public Path file() {
    return file;
  }

  /** The size of the file in bytes. */
  public long bytes() {
    return bytes;
  }

  /** The guest's state. */
  public GuestImage image() {
    return image;
  }

  /** How many pages it has. */
  public int pages() {
    return index.pages();
  }

  /** Where the pages are. */
  PageIndex index() {
    return index;
  }

  /** A reader of the pages, to be used by one thread. */
  public PageReader reader() {
    return new PageReader(this);
  }
}
