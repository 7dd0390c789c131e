package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.time.Instant;
import java.util.function.Supplier;

/** A character device, which accepts changes of its attributes without effect. */
public final class DeviceNode extends Node {
  private final Opener opener;
  private final boolean again;
  private final Supplier<Stat> stat;

  /** Stands for something that is open, which opening it again gives once more (/proc/self/fd). */
  public DeviceNode(OpenFile open) {
    this.opener = (node, flags) -> open;
    this.again = true;
    this.stat = open::stat;
  }

  private DeviceNode(Supplier<Stat> stat, Opener opener) {
    this.opener = opener;
    this.again = false;
    this.stat = stat;
  }

  /** Stands for something that has attributes of its own and is opened like a device. */
  public static DeviceNode standingFor(Supplier<Stat> stat, Opener opener) {
    return new DeviceNode(stat, opener);
  }

  /** Opens a device. */
  @FunctionalInterface
  public interface Opener {
    /**
     * Makes an open file.
     *
     * @param flags access mode and status flags
     */
    OpenFile open(DeviceNode node, int flags);
  }

  /**
   * A device.
   *
   * @param special its device number
   */
  public DeviceNode(long special, Opener opener) {
    this(special, 0666, new int[2], opener);
  }

  private DeviceNode(long special, int mode, int[] owner, Opener opener) {
    Instant made = Instant.now();
    Stat fixed =
        new Stat(
            5, special, Flags.S_IFCHR | mode, 1, owner[0], owner[1], special, 0, made, made, made);
    this.opener = opener;
    this.again = false;
    this.stat = () -> fixed;
  }

  /** Whether it stands for something that is open already, which needs no permission. */
  public boolean isOpenAgain() {
    return again;
  }

  /**
   * A device that belongs to somebody.
   *
   * @param special its device number
   * @param mode permissions
   * @param owner user and group
   */
  public static DeviceNode owned(long special, int mode, int[] owner, Opener opener) {
    return new DeviceNode(special, mode, owner, opener);
  }

  /** Opens it with these access mode and status flags. */
  public OpenFile open(int flags) {
    return opener.open(this, flags);
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
