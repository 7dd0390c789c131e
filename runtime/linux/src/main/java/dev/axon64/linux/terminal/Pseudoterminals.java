package dev.axon64.linux.terminal;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.MemoryFolder;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.fs.Stat;
import java.util.BitSet;
import java.util.function.Supplier;

/** The pseudoterminals of a machine: /dev/ptmx opens the next one, /dev/pts has their terminals. */
public final class Pseudoterminals {
  static final String FOLDER = "/dev/pts";
  static final int MAJOR = 136;
  static final int SLAVE_MODE = 0620;
  private static final int MOST = 4096;
  private static final int ALTERNATE = 5;
  private static final int MULTIPLEXER = 2;

  private final Jobs jobs;
  private final MemoryFolder folder;
  private final Supplier<int[]> caller;
  private final BitSet used = new BitSet();

  /**
   * @param folder the one at /dev/pts
   * @param caller the user and the group whose call is being made
   */
  public Pseudoterminals(Jobs jobs, MemoryFolder folder, Supplier<int[]> caller) {
    this.jobs = jobs;
    this.folder = folder;
    this.caller = caller;
    folder.put("ptmx", multiplexer());
  }

  /** The device that opens a new pseudoterminal. */
  public DeviceNode multiplexer() {
    return new DeviceNode(Stat.device(ALTERNATE, MULTIPLEXER), this::open);
  }

  private OpenFile open(DeviceNode node, int flags) {
    int number = used.nextClearBit(0);
    if (number >= MOST) {
      throw new SysError(Errno.ENOSPC);
    }
    used.set(number);
    String name = Integer.toString(number);
    Pair pair = new Pair(jobs, number, caller.get(), () -> forget(number, name));
    folder.put(name, pair.slave());
    return pair.master(flags, node);
  }

  private void forget(int number, String name) {
    folder.take(name);
    used.clear(number);
  }

  /** Gives a terminal the next number; it keeps it. */
  int reserve(DeviceNode node) {
    int number = used.nextClearBit(0);
    used.set(number);
    folder.put(Integer.toString(number), node);
    return number;
  }
}
