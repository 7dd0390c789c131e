package dev.axon64.metal.grid;

import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.state.CpuState;
import dev.axon64.metal.guest.GuestRecords;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One guest's wish to execute, and what became of it. */
final class Turn {
  /** Pages behind one that a guest stopped for that are staged with it. */
  private static final int AHEAD = 3;

  private final SpaceImage image;
  private final CpuState cpu;
  private final long budget;
  private final byte[] record;
  private final GuestRecords guest;
  private boolean begun;
  private Stop stop;
  private InputException failure;

  Turn(SpaceImage image, CpuState cpu, long budget, GuestLayout layout) {
    this.image = image;
    this.cpu = cpu;
    this.budget = budget;
    record = new byte[layout.size()];
    guest = new GuestRecords(layout, ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN));
  }

  SpaceImage image() {
    return image;
  }

  /** The guest's registers as the device has them. */
  byte[] record() {
    return record;
  }

  /**
   * Prepares the next launch.
   *
   * @param slice the most instructions that it may execute
   */
  void prepare(long slice) {
    if (!begun) {
      image.refresh();
      image.stage(cpu.pc);
      guest.copyIn(0, cpu);
      begun = true;
    }
    long executed = guest.executed(0);
    guest.allow(0, executed, executed + Math.min(slice, budget - executed));
    guest.memory(0, image.firstSegment(), image.segments());
  }

  /** Whether it goes on at the next launch, after the page that it stopped for was staged. */
  boolean goesOn() {
    return switch (guest.code(0)) {
      case GuestLayout.BUDGET -> guest.executed(0) < budget;
      case GuestLayout.ABSENT -> stage(guest.argument(0));
      default -> false;
    };
  }

  private boolean stage(long address) {
    if (!image.stage(address)) {
      return false;
    }
    for (int i = 1; i <= AHEAD; i++) {
      image.stage(address + (long) i * AddressSpace.PAGE);
    }
    return true;
  }

  /** Takes memory and registers back, and ends it. */
  void end() {
    Stop why;
    try {
      image.takeBack();
      why = guest.copyOut(0, cpu);
    } catch (MemoryFault fault) { // the machine's limit on memory is reached
      guest.copyOut(0, cpu);
      why = new Stop.Fault(fault);
    }
    synchronized (this) {
      stop = why;
      notifyAll();
    }
  }

  /** Ends it because the device failed. */
  synchronized void fail(InputException why) {
    failure = why;
    notifyAll();
  }

  /**
   * Waits for its end. An interrupt is kept for later, since the guest's memory is elsewhere.
   *
   * @throws InputException if the device failed
   */
  synchronized Stop await() {
    boolean interrupted = false;
    while (stop == null && failure == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    return stop;
  }

  /** The number of instructions that were executed, once it has ended. */
  long executed() {
    return guest.executed(0);
  }
}
