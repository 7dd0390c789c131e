package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.time.Instant;

/**
 * The attributes of a node as stat(2) tells them.
 *
 * @param device number of the file system
 * @param inode number in the file system
 * @param mode type and permissions
 * @param links how many names the node has
 * @param uid owner
 * @param gid group
 * @param special device number of a device; 0 for anything else
 * @param size in bytes
 * @param accessed when the contents were last read
 * @param modified when the contents were last written
 * @param changed when anything of the node was last changed
 */
public record Stat(
    long device,
    long inode,
    int mode,
    int links,
    int uid,
    int gid,
    long special,
    long size,
    Instant accessed,
    Instant modified,
    Instant changed) {
  /** The number of the file system /proc. */
  public static final long PROC = 0x14;

  /** The same of a node that has no names any more. */
  Stat withoutNames() {
    return new Stat(device, inode, mode, 0, uid, gid, special, size, accessed, modified, changed);
  }

  /** The type bits of the mode. */
  public int type() {
    return mode & Flags.S_IFMT;
  }

  /** Blocks of 512 bytes, as if the file had no gaps. */
  public long blocks() {
    return (size + 511) / 512;
  }

  /** A device number from its two parts, as the kernel packs it for programs. */
  public static long device(int major, int minor) {
    return (long) (minor & 0xff) | (long) major << 8 | (long) (minor & ~0xff) << 12;
  }
}
