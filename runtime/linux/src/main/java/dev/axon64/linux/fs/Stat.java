package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.time.Instant;

/**
 * What stat(2) tells of a node.
 *
 * @param device number of the file system
 * @param inode number in it
 * @param mode type and permissions
 * @param links names that it has
 * @param uid owner
 * @param gid group
 * @param special device number of a device, else 0
 * @param size bytes
 * @param accessed last read
 * @param modified last written
 * @param changed last changed in any way
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
  /** The type bits. */
  public int type() {
    return mode & Flags.S_IFMT;
  }

  /** Blocks of 512 bytes, as if stored without gaps. */
  public long blocks() {
    return (size + 511) / 512;
  }

  /** A device number from its parts, as the kernel packs them for user space. */
  public static long device(int major, int minor) {
    return (long) (minor & 0xff) | (long) major << 8 | (long) (minor & ~0xff) << 12;
  }
}
