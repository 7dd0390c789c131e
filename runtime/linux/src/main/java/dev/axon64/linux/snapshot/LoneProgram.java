package dev.axon64.linux.snapshot;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.AddressSpace;

/**
 * A program that is the only file its guest sees.
 *
 * @param name in the guest's root
 * @param bytes of the file
 */
public record LoneProgram(String name, byte[] bytes) {
  private static final int PAGE = AddressSpace.PAGE;

  /**
   * The program of a snapshot; null if its guest has a root folder.
   *
   * @throws InputException if the snapshot is damaged
   */
  public static LoneProgram of(Snapshot snapshot) {
    GuestImage.Lone lone = snapshot.image().lone();
    if (lone == null) {
      return null;
    }
    int count = (lone.bytes() + PAGE - 1) / PAGE;
    if (lone.name() == null
        || lone.name().isEmpty()
        || lone.bytes() < 0
        || lone.first() < 0
        || lone.first() > snapshot.pages() - count) {
      throw new InputException(snapshot.file().toString(), "has a program that makes no sense");
    }
    byte[] bytes = new byte[lone.bytes()];
    try (PageReader reader = snapshot.reader()) {
      for (int i = 0; i < count; i++) {
        int at = i * PAGE;
        int length = Math.min(PAGE, bytes.length - at);
        System.arraycopy(reader.read(lone.first() + i), 0, bytes, at, length);
      }
    }
    return new LoneProgram(lone.name(), bytes);
  }

  /** Writes the file's bytes as pages without a number, and says where they are. */
  GuestImage.Lone write(SnapshotWriter writer) {
    int first = writer.pages();
    for (int at = 0; at < bytes.length; at += PAGE) {
      byte[] page = new byte[PAGE];
      System.arraycopy(bytes, at, page, 0, Math.min(PAGE, bytes.length - at));
      writer.add(-1, page);
    }
    return new GuestImage.Lone(name, first, bytes.length);
  }
}
