package dev.axon64.machine.memory;

/** How many bytes of a range's touched pages are of which kind. */
public final class Residence {
  private long sharedClean;
  private long sharedWritten;
  private long ownClean;
  private long ownWritten;
  private long anonymous;
  private long proportional;

  Residence() {}

  /** Counts a page, unless it is the one that stands for all untouched memory. */
  void add(Page page) {
    if (page.isZero()) {
      return;
    }
    int users = Math.max(1, page.shared ? page.references - 1 : page.references);
    if (users > 1 && page.isWritten()) {
      sharedWritten += Page.SIZE;
    } else if (users > 1) {
      sharedClean += Page.SIZE;
    } else if (page.isWritten()) {
      ownWritten += Page.SIZE;
    } else {
      ownClean += Page.SIZE;
    }
    anonymous += page.shared || !page.isWritten() ? 0 : Page.SIZE;
    proportional += Page.SIZE / users;
  }

  /** All that are there. */
  public long all() {
    return sharedClean + sharedWritten + ownClean + ownWritten;
  }

  /** Those that several spaces see and nobody has written. */
  public long sharedClean() {
    return sharedClean;
  }

  /** Those that several spaces see and somebody has written. */
  public long sharedWritten() {
    return sharedWritten;
  }

  /** Those that only this space sees and nobody has written. */
  public long ownClean() {
    return ownClean;
  }

  /** Those that only this space sees and somebody has written. */
  public long ownWritten() {
    return ownWritten;
  }

  /** Those that were written and are no file's. */
  public long anonymous() {
    return anonymous;
  }

  /** All, each divided by the number of spaces that see it. */
  public long proportional() {
    return proportional;
  }
}
