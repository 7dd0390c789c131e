package dev.axon64.machine.memory;

/** A file's bytes; changes stay in the space that makes them. */
final class PrivateFileBacking extends Backing {
  private final Source source;

  PrivateFileBacking(Source source) {
    this.source = source;
  }

  @Override
  public Kind kind() {
    return Kind.FILE;
  }

  @Override
  public boolean original(long offset, byte[] page) {
    return source.read(offset, page);
  }

  @Override
  Page page(long offset, FirstTouch touch) {
    return touch.read(source, offset, false);
  }
}
