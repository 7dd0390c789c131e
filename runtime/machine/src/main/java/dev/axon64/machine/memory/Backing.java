package dev.axon64.machine.memory;

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

    /** Whether there is nothing where the source has nothing, rather than zeroes. */
    final boolean ends;

    final Map<Long, Page> pages = new HashMap<>();

    /** The spaces that map it; without any, its pages are given back. */
    final Set<AddressSpace> users = Collections.newSetFromMap(new IdentityHashMap<>());

    Shared(Source source, boolean ends) {
      this.source = source;
      this.ends = ends;
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
    return new Shared(null, false);
  }

  /** What forked children share, with what it holds already; the source always answers. */
  public static Backing sharedAnonymous(Source source) {
    return new Shared(source, false);
  }

  /** A file shared by all who map this same object; see {@link #flush}. */
  public static Backing sharedFile(Source source) {
    return new Shared(source, true);
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

  /** What a mapping's untouched pages hold. */
  public enum Kind {
    /** Zeroes. */
    ZEROES,
    /** A file's bytes, as they were read first. */
    FILE,
    /** What all who map it have written, and before that zeroes. */
    SHARED,
    /** The same, but before that a file's bytes. */
    SHARED_FILE
  }

  /** Which kind it is. */
  public Kind kind() {
    return switch (this) {
      case Anonymous none -> Kind.ZEROES;
      case PrivateFile file -> Kind.FILE;
      case Shared shared -> shared.ends ? Kind.SHARED_FILE : Kind.SHARED;
    };
  }

  /**
   * Fills a page with what a first touch would find.
   *
   * @param page all zeroes
   * @return false if a first touch would find nothing, beyond the end of a file
   */
  public boolean original(long offset, byte[] page) {
    return switch (this) {
      case Anonymous none -> true;
      case PrivateFile file -> file.source.read(offset, page);
      case Shared shared -> {
        Page known = shared.pages.get(offset);
        if (known != null) {
          System.arraycopy(known.bytes, 0, page, 0, page.length);
        }
        yield known != null || shared.source == null || shared.source.read(offset, page);
      }
    };
  }

  boolean isShared() {
    return this instanceof Shared;
  }
}
