package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.time.Instant;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** A character device. Times and owners cannot be changed, but asking for it does no harm. */
public final class DeviceNode extends Node {
  private final IntFunction<OpenFile> opener;
  private final Supplier<Stat> stat;

  /**
   * Something that is open already and can be opened again as itself, as below /proc/self/fd.
   *
   * @param open gets another user
   */
  public DeviceNode(OpenFile open) {
    this.opener = flags -> open;
    this.stat = open::stat;
  }

  /**
   * @param special its device number
   * @param opener makes an open file from open flags
   */
  public DeviceNode(long special, IntFunction<OpenFile> opener) {
    Instant made = Instant.now();
    Stat fixed = new Stat(5, special, Flags.S_IFCHR | 0666, 1, 0, 0, special, 0, made, made, made);
    this.opener = opener;
    this.stat = () -> fixed;
  }

  /** Opens it with these flags. */
  public OpenFile open(int flags) {
    return opener.apply(flags);
  }

  @Override
  public Stat stat() {
    return stat.get();
  }

  @Override
  Attributes attributes() {
    return Attributes.IGNORED;
  }
}
