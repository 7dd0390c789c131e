package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.identity.Capabilities;
import dev.axon64.linux.identity.Identity;

/** What permission bits and owners of files let somebody do (path_resolution(7)). */
public final class Permissions {
  /** To execute a file, or to walk through a folder. */
  public static final int EXECUTE = 1;

  public static final int WRITE = 2;
  public static final int READ = 4;
  private static final int ANY_EXECUTE = 0111;

  private Permissions() {}

  /** Whether somebody may do all that is wanted with a node. */
  public static boolean allow(Identity who, Stat stat, int wanted) {
    int shift = who.user().file() == stat.uid() ? 6 : who.isInGroup(stat.gid()) ? 3 : 0;
    return (wanted & ~(stat.mode() >> shift)) == 0 || overrides(who, stat, wanted);
  }

  private static boolean overrides(Identity who, Stat stat, int wanted) {
    boolean folder = stat.type() == Flags.S_IFDIR;
    boolean reads = folder ? (wanted & WRITE) == 0 : wanted == READ;
    if (reads && who.can(Capabilities.DAC_READ_SEARCH)) {
      return true;
    }
    boolean executable = folder || (wanted & EXECUTE) == 0 || (stat.mode() & ANY_EXECUTE) != 0;
    return executable && who.can(Capabilities.DAC_OVERRIDE);
  }

  /** Whether somebody may walk through every folder. */
  public static boolean enterAnyFolder(Identity who) {
    return who.can(Capabilities.DAC_OVERRIDE) || who.can(Capabilities.DAC_READ_SEARCH);
  }

  /** Fails with EACCES if somebody may not do all that is wanted with a node. */
  public static void check(Identity who, Stat stat, int wanted) {
    if (!allow(who, stat, wanted)) {
      throw new SysError(Errno.EACCES);
    }
  }

  /** Whether somebody owns a node, or may do what its owner may. */
  public static boolean own(Identity who, Stat stat) {
    return who.user().file() == stat.uid() || who.can(Capabilities.FOWNER);
  }
}
