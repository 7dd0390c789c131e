package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Reason;
import java.util.Arrays;

/** A file that consists of its pages: those that were written, and zeroes between them. */
public final class StoredPages extends FilePages {
  /** The bytes of room that one page takes. */
  public static final int ROOM = Page.SIZE;

  private final MemoryLimit limit;
  private final Room room;
  private long size;

  /** What the file held at first, of which pages are made where they are needed. Never written. */
  private byte[] content = {};

  /** The pages of that which are not made yet; their room is taken. */
  private int unmade;

  /** The room that all files of a file system have together. */
  public interface Room {
    /** Takes room for a page; false if there is none. */
    boolean takePage();

    /** Gives back the room of so many pages. */
    void giveBackPages(int count);
  }

  /**
   * An empty file.
   *
   * @param limit of the spaces that may map it; its pages do not count against that
   */
  public StoredPages(MemoryLimit limit, Room room) {
    this.limit = limit.ofFiles();
    this.room = room;
  }

  /**
   * Gives an empty file its first bytes, which nobody changes from now on. Files that are alike may
   * have the same array, and make pages of their own only of what is mapped or written.
   *
   * @return how many there is room for
   */
  public int begin(byte[] bytes) {
    while ((long) unmade * Page.SIZE < bytes.length && room.takePage()) {
      unmade++;
    }
    int fits = (int) Math.min(bytes.length, (long) unmade * Page.SIZE);
    content = fits == bytes.length ? bytes : Arrays.copyOf(bytes, fits);
    size = fits;
    return fits;
  }

  private boolean isUnmade(long offset) {
    return offset < content.length && known(offset) == null;
  }

  /** Makes all pages, before some are taken away. */
  private void makeAll() {
    for (long offset = 0; offset < content.length; offset += Page.SIZE) {
      made(offset);
    }
    content = new byte[0];
  }

  /** The bytes that it has. */
  public long size() {
    return size;
  }

  /** The bytes of its pages; zeroes between them take no room. */
  public long storedBytes() {
    return (long) (pages.size() + unmade) * Page.SIZE;
  }

  /** Whether something was written to the page of a position. */
  public boolean isStored(long position) {
    long offset = position & -Page.SIZE;
    return known(offset) != null || isUnmade(offset);
  }

  /** Reads up to {@code length} bytes at a position; returns how many, 0 at the end. */
  public int read(long position, byte[] to, int offset, int length) {
    int count = Math.clamp(size - position, 0, length);
    int done = 0;
    while (done < count) {
      int at = (int) (position + done) & Page.SIZE - 1;
      int part = Math.min(count - done, Page.SIZE - at);
      Page page = known(position + done & -Page.SIZE);
      if (page == null) {
        int begun = Math.clamp(content.length - position - done, 0, part);
        System.arraycopy(content, begun == 0 ? 0 : (int) position + done, to, offset + done, begun);
        Arrays.fill(to, offset + done + begun, offset + done + part, (byte) 0);
      } else {
        page.read(at, to, offset + done, part);
      }
      done += part;
    }
    return count;
  }

  /** Writes bytes at a position; returns how many, fewer if there is no more room. */
  public int write(long position, byte[] from, int offset, int length) {
    beforeWrite(position, position + length);
    int done = 0;
    while (done < length) {
      int at = (int) (position + done) & Page.SIZE - 1;
      int part = Math.min(length - done, Page.SIZE - at);
      Page page = made(position + done & -Page.SIZE);
      if (page == null) {
        break;
      }
      page.write(at, from, offset + done, part);
      done += part;
      size = Math.max(size, position + done);
    }
    return done;
  }

  /** Cuts the file, or extends it with zeroes. */
  public void resize(long newSize) {
    if (newSize < size) {
      makeAll();
      int before = pages.size();
      lose(newSize);
      room.giveBackPages(before - pages.size());
      clear(newSize, newSize + Page.SIZE - 1 & -Page.SIZE);
    }
    size = newSize;
  }

  /** Makes zeroes of a part of the file; whole pages of it are given back. */
  @Override
  public boolean punch(long from, long to) {
    makeAll();
    long firstWhole = from + Page.SIZE - 1 & -Page.SIZE;
    long endWhole = to & -Page.SIZE;
    if (firstWhole > endWhole) {
      clear(from, to);
      return true;
    }
    clear(from, firstWhole);
    clear(endWhole, to);
    int before = pages.size();
    lose(firstWhole, endWhole, false);
    room.giveBackPages(before - pages.size());
    return true;
  }

  private void clear(long from, long to) {
    Page page = known(from & -Page.SIZE);
    if (page != null && to > from) {
      beforeWrite(from, to);
      page.write((int) from & Page.SIZE - 1, new byte[(int) (to - from)], 0, (int) (to - from));
    }
  }

  private Page made(long offset) {
    Page page = known(offset);
    if (page != null) {
      return page;
    }
    boolean begun = isUnmade(offset);
    if (!begun && !room.takePage()) {
      return null;
    }
    page = new Page(limit, true);
    limit.place(page);
    if (begun) {
      int from = (int) offset;
      page.write(0, content, from, Math.min(Page.SIZE, content.length - from));
      unmade--;
    }
    add(offset, page);
    return page;
  }

  /** Frees everything; nobody maps the file or has it open. */
  public void free() {
    room.giveBackPages(pages.size() + unmade);
    unmade = 0;
    content = new byte[0];
    releaseAll();
    size = 0;
  }

  /** Backs mappings with this file, see {@link FilePages#backing(boolean, Backing.Source)}. */
  public Backing backing(boolean shared) {
    return backing(shared, (offset, page) -> offset >= 0 && read(offset, page, 0, page.length) > 0);
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    Page page = offset < 0 || offset >= size ? null : made(offset);
    if (page == null) {
      throw touch.fault(Reason.BEYOND_FILE); // as Linux has it, also if there is no room
    }
    return page;
  }

  @Override
  void unmapped() {}
}
