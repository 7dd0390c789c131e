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
 * @param stored bytes that are stored, fewer than the size where a file has gaps
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
    Instant changed,
    long stored) {
  /** Bytes of a block, of which files have whole ones. */
  private static final int BLOCK = 4096;

  /** The attributes of a node that has no gaps. */
  public Stat(
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
    this(device, inode, mode, links, uid, gid, special, size, accessed, modified, changed, size);
  }

  /** The number of the file system /proc. */
  public static final long PROC = 0x14;

  /** The same of a node that has no names any more. */
  Stat withoutNames() {
    return new Stat(
        device, inode, mode, 0, uid, gid, special, size, accessed, modified, changed, stored);
  }

  /** The same of a file with gaps, of which only so many bytes are stored. */
  Stat storing(long bytes) {
    return new Stat(
        device, inode, mode, links, uid, gid, special, size, accessed, modified, changed, bytes);
  }

  /** The type bits of the mode. */
  public int type() {
    return mode & Flags.S_IFMT;
  }

  /** Units of 512 bytes that it takes, in whole blocks. */
  public long blocks() {
    return type() == Flags.S_IFREG ? (stored + BLOCK - 1) / BLOCK * (BLOCK / 512) : 0;
  }

  /** A device number from its two parts, as the kernel packs it for programs. */
  public static long device(int major, int minor) {
    return (long) (minor & 0xff) | (long) major << 8 | (long) (minor & ~0xff) << 12;
  }
}
