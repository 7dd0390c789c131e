package dev.axon64.propose.companion;

import java.util.Arrays;

/**
 * The last accesses to memory, cut into blocks (cache lines, say, or pages). Accesses to the block
 * that was accessed last are not kept: only a change of block is an event.
 */
public final class AccessWindow {
  /** Events kept. */
  public static final int EVENTS = 16;

  private static final int ROOM = 2 * EVENTS;

  private final int blockShift;
  private final long[] blocks = new long[ROOM];
  private final long[] addresses = new long[ROOM];
  private final long[] pcs = new long[ROOM];
  private final int[] sizes = new int[ROOM];
  private final boolean[] writes = new boolean[ROOM];
  private int newest = ROOM - 1;
  private int count;

  /**
   * @param blockShift a block's size as a power of two: 6 for lines of 64 bytes, 12 for pages
   */
  public AccessWindow(int blockShift) {
    this.blockShift = blockShift;
  }

  /** Forgets everything. */
  public void clear() {
    Arrays.fill(blocks, 0);
    count = 0;
  }

  /**
   * An access.
   *
   * @return whether it is an event: its block is another than the last one's
   */
  public boolean add(long pc, long address, int size, boolean write) {
    long block = address >> blockShift;
    if (count > 0 && blocks[newest] == block) {
      return false;
    }
    newest = newest + 1 & ROOM - 1;
    blocks[newest] = block;
    addresses[newest] = address;
    pcs[newest] = pc;
    sizes[newest] = size;
    writes[newest] = write;
    count = Math.min(count + 1, ROOM);
    return true;
  }

  /** Takes over what another one of the same block size holds. */
  public void assign(AccessWindow other) {
    System.arraycopy(other.blocks, 0, blocks, 0, ROOM);
    System.arraycopy(other.addresses, 0, addresses, 0, ROOM);
    System.arraycopy(other.pcs, 0, pcs, 0, ROOM);
    System.arraycopy(other.sizes, 0, sizes, 0, ROOM);
    System.arraycopy(other.writes, 0, writes, 0, ROOM);
    newest = other.newest;
    count = other.count;
  }

  /**
   * Adds an access like an older one, in another block.
   *
   * @param age of the older one
   * @param step blocks from the newest, not 0
   */
  public void repeat(int age, long step) {
    long block = block(0) + step;
    long inside = address(age) & (1L << blockShift) - 1;
    add(pc(age), (block << blockShift) + inside, size(age), write(age));
  }

  /** Events known, at most {@link #EVENTS}; one more is needed to know the first one's step. */
  public int events() {
    return Math.max(0, Math.min(EVENTS, count - 1));
  }

  /** The block of an event; 0 is the newest. */
  public long block(int age) {
    return blocks[place(age)];
  }

  /** Blocks from the event before to this one; 0 where that is unknown. */
  public long step(int age) {
    return age + 1 < count ? block(age) - block(age + 1) : 0;
  }

  /** The byte that was accessed. */
  long address(int age) {
    return addresses[place(age)];
  }

  long pc(int age) {
    return pcs[place(age)];
  }

  int size(int age) {
    return sizes[place(age)];
  }

  boolean write(int age) {
    return writes[place(age)];
  }

  /** Where in its block it was, from 0 up to 1. */
  double offset(int age) {
    long bytes = 1L << blockShift;
    return (double) (address(age) & bytes - 1) / bytes;
  }

  int blockShift() {
    return blockShift;
  }

  private int place(int age) {
    return newest - age & ROOM - 1;
  }
}
