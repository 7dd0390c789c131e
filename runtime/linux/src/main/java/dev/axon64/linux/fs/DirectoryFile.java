package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import java.util.ArrayList;
import java.util.List;

/** An open folder: its entries as they were when reading began, and a position among them. */
public final class DirectoryFile extends OpenFile {
  private final DirectoryNode directory;
  private List<Entry> entries;
  private int position;

  /**
   * A name with what getdents64 tells about it.
   *
   * @param inode number of its node
   * @param type as {@link Stat#type} has it
   */
  public record Entry(String name, long inode, int type) {}

  public DirectoryFile(int flags, DirectoryNode directory) {
    super(flags, directory, directory.path());
    this.directory = directory;
  }

  /** The folder that is open. */
  public DirectoryNode directory() {
    return directory;
  }

  /** The entry at the position, or null at the end. */
  public Entry current() {
    if (entries == null) {
      entries = list();
    }
    return position < entries.size() ? entries.get(position) : null;
  }

  /** Moves the position to the next entry. */
  public void advance() {
    position++;
  }

  /** The position of the entry behind the current one, as lseek takes it. */
  public long nextCookie() {
    return position + 1L;
  }

  private List<Entry> list() {
    List<Entry> list = new ArrayList<>();
    list.add(entry(".", directory));
    list.add(entry("..", directory.parent()));
    for (String name : directory.names()) {
      try {
        Node node = directory.lookup(name);
        if (node != null) {
          list.add(entry(name, node));
        }
      } catch (SysError unreadable) {
        list.add(new Entry(name, 1, 0));
      }
    }
    return list;
  }

  private static Entry entry(String name, Node node) {
    Stat stat = node.stat();
    return new Entry(name, stat.inode(), stat.type());
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    throw new SysError(Errno.EISDIR);
  }

  @Override
  public int read(long at, byte[] to, int offset, int length) {
    throw new SysError(Errno.EISDIR);
  }

  @Override
  public long seek(long offset, int whence) {
    long to =
        switch (whence) {
          case Flags.SEEK_SET -> offset;
          case Flags.SEEK_CUR -> position + offset;
          default -> -1;
        };
    if (to < 0 || to > Integer.MAX_VALUE) {
      throw new SysError(Errno.EINVAL);
    }
    position = (int) to;
    if (position == 0) {
      entries = null;
    }
    return to;
  }

  @Override
  public void sync() {}
}
