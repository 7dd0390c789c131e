package dev.axon64.app.profile;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.state.CpuState;

/** Looks at the guest's stack after every so many instructions of all its threads. */
final class Samples {
  private final GuestSymbols symbols;
  private final long every;
  private final CallTree tree = new CallTree("all");
  private AddressSpace memory;
  private long since;
  private long count;

  /**
   * @param every instructions between two samples
   */
  Samples(GuestSymbols symbols, long every) {
    this.symbols = symbols;
    this.every = every;
  }

  /** A thread goes on. */
  void enter(CpuState cpu) {
    memory = cpu.memory;
  }

  /** Instructions before the next sample is due. */
  long untilNext() {
    return every - since;
  }

  /** A thread has executed so many instructions. */
  void executed(CpuState cpu, long instructions) {
    since += instructions;
    if (since >= every) {
      tree.add(GuestStack.of(cpu, symbols), since);
      since = 0;
      count++;
    }
  }

  /** What stands at an address of the thread that runs now. */
  GuestSymbols.Place place(long address) {
    return symbols.at(memory, address);
  }

  /** The calls that were seen. */
  CallTree tree() {
    return tree;
  }

  /** The number of samples. */
  long count() {
    return count;
  }

  long every() {
    return every;
  }
}
