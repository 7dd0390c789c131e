package dev.axon64.propose;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import dev.axon64.machine.state.CpuState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A guest without an operating system, at the start of its code. */
public final class BareGuest {
  private BareGuest() {}

  /**
   * Makes one.
   *
   * @param code a page of it, at most
   * @param size of its data, in whole pages
   */
  public static CpuState of(long codeAt, int[] code, long dataAt, long size) {
    CpuState cpu = new CpuState();
    cpu.memory = new AddressSpace(new MemoryLimit(1 << 28));
    cpu.memory.map(codeAt, AddressSpace.PAGE, AddressSpace.READ | AddressSpace.EXECUTE, "code");
    cpu.memory.map(dataAt, size, AddressSpace.READ | AddressSpace.WRITE, "data");
    ByteBuffer words = ByteBuffer.allocate(4 * code.length).order(ByteOrder.LITTLE_ENDIAN);
    words.asIntBuffer().put(code);
    cpu.memory.poke(codeAt, words.array());
    cpu.pc = codeAt;
    return cpu;
  }
}
