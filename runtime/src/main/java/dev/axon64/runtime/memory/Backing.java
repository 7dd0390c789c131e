package dev.axon64.runtime.memory;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Where a mapping's pages come from when they are first touched. */
public abstract sealed class Backing {
  private Backing() {}

  /** Reads a file's bytes. */
  @FunctionalInterface
  public interface Source {
    /**
     * Fills a page with the file's bytes from {@code offset} on; what lies beyond the file stays 0.
     *
     * @return false if the whole page lies beyond the file, or cannot be read
     */
    boolean read(long offset, byte[] page);
  }

  /** Fresh zeroes. */
  static final class Anonymous extends Backing {
    static final Anonymous ONLY = new Anonymous();
  }

  /** A file's bytes, changes stay here. */
  static final class PrivateFile extends Backing {
    final Source source;

    PrivateFile(Source source) {
      this.source = source;
    }
  }

  /** Pages that all who map this object see. */
  static final class Shared extends Backing {
    final Source source;
    final Map<Long, Page> pages = new HashMap<>();

    /** The spaces that map it; without any, its pages are given back. */
    final Set<AddressSpace> users = Collections.newSetFromMap(new IdentityHashMap<>());

    Shared(Source source) {
      this.source = source;
    }

    void leave(AddressSpace space) {
      users.remove(space);
      if (users.isEmpty()) {
        pages.values().forEach(Page::release);
        pages.clear();
      }
    }
  }

  /** Zeroes, copied on write. */
  public static Backing anonymous() {
    return Anonymous.ONLY;
  }

  /** A file of which changes are kept to oneself. */
  public static Backing privateFile(Source source) {
    return new PrivateFile(source);
  }

  /** Zeroes that are shared with forked children. */
  public static Backing sharedAnonymous() {
    return new Shared(null);
  }

  /** A file shared by all who map this same object; see {@link #flush}. */
  public static Backing sharedFile(Source source) {
    return new Shared(source);
  }

  /** Takes a page's bytes back to its file. */
  @FunctionalInterface
  public interface Sink {
    void write(long offset, byte[] page);
  }

  /** Gives all touched pages of a shared backing to the sink; does nothing for others. */
  public void flush(Sink sink) {
    if (this instanceof Shared shared) {
      shared.pages.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(e -> sink.write(e.getKey(), e.getValue().bytes));
    }
  }

  boolean isShared() {
    return this instanceof Shared;
  }
}
