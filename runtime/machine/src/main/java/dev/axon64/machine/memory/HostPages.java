package dev.axon64.machine.memory;

import dev.axon64.machine.memory.MemoryFault.Reason;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.HashMap;
import java.util.Map;

/**
 * A file of the host, whose pages are those that the host has of it in memory, so that the host's
 * processes see them too. The host is asked for windows of the file, each when it is needed.
 *
 * <p>Pages behind the end of the file must not be touched, since the JVM does not survive that in
 * an orderly way. The guest's own changes of the size are told at once; those of others are found
 * by {@link #check}.
 */
public final class HostPages extends FilePages {
  private static final long WINDOW = 1 << 24;

  private final MemoryLimit limit;
  private final Opener opener;
  private final Map<Long, Window> windows = new HashMap<>();
  private FileChannel channel;
  private boolean writable;

  /** Behind the last byte that a window may show. */
  private long end;

  /** A part of the file, as long as it was then. */
  private record Window(Arena arena, MemorySegment bytes) {}

  /** Opens the file again. */
  @FunctionalInterface
  public interface Opener {
    /** Opens it for reading, and for writing too if that is asked for. */
    FileChannel open(boolean write) throws IOException;
  }

  /**
   * A file that is opened when a shared mapping is first touched.
   *
   * @param limit of the spaces that may map it; its pages do not count against that
   */
  public HostPages(MemoryLimit limit, Opener opener) {
    this.limit = limit.ofFiles();
    this.opener = opener;
  }

  /** Whether the host has been asked for pages that are still in use. */
  public boolean isInUse() {
    return channel != null;
  }

  /** Looks for another size of the file, and takes pages that are lost from all spaces. */
  public void check() {
    if (channel == null) {
      return;
    }
    try {
      long size = channel.size();
      if (size < end) {
        cut(size);
      } else if (size > end && !RawMemory.available()) {
        lose(end & -Page.SIZE, end, false); // its bytes could be reached up to there only
        end = size;
      }
    } catch (IOException e) {
      cut(0);
    }
  }

  /** Takes the pages behind a new end from all spaces, before the file is cut there. */
  public void cut(long size) {
    lose(size);
    end = Math.min(end, size); // windows stay: they show what the file has when it grows again
  }

  /** Says that bytes are about to be written to the file. */
  public void writing(long from, long to) {
    beforeWrite(from, to);
  }

  /** Says that bytes have been written to the file. */
  public void written(long from, long to) {
    forgetCopies(from, to);
    if (to > end) {
      check();
    }
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    Page page = known(offset);
    try {
      open();
      long size = channel.size();
      if (offset < 0 || offset >= size) {
        throw touch.fault(Reason.BEYOND_FILE);
      }
      end = Math.max(end, size);
      if (page == null) {
        page = new Page(limit, true);
        page.placeOutside(bytes(offset, size), writable);
        add(offset, page);
      }
      return page;
    } catch (IOException e) {
      throw touch.fault(Reason.BEYOND_FILE);
    }
  }

  private void open() throws IOException {
    if (channel != null) {
      return;
    }
    try {
      channel = opener.open(true);
      writable = true;
    } catch (IOException e) {
      channel = opener.open(false);
      writable = false;
    }
  }

  /** A page's bytes; the pages around it are fetched anew if the file has grown. */
  private MemorySegment bytes(long offset, long size) throws IOException {
    long start = offset - offset % WINDOW;
    long wanted = Math.min(size, offset + Page.SIZE) - start;
    Window known = windows.get(start);
    if (known == null || known.bytes.byteSize() < wanted) {
      if (known != null) {
        lose(start, start + WINDOW, false);
        known.arena.close();
      }
      MapMode mode = writable ? MapMode.READ_WRITE : MapMode.READ_ONLY;
      Arena arena = Arena.ofShared();
      known = new Window(arena, channel.map(mode, start, Math.min(WINDOW, size - start), arena));
      windows.put(start, known);
    }
    return known.bytes.asSlice(offset - start, wanted - (offset - start));
  }

  @Override
  boolean punch(long from, long to) {
    return false; // the JVM has no such call
  }

  @Override
  void unmapped() {
    releaseAll();
    windows.values().forEach(window -> window.arena.close());
    windows.clear();
    end = 0;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        end = 0; // it was only read from
      }
      channel = null;
    }
  }
}
