package dev.axon64.system;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.cpu.Core;
import dev.axon64.system.cpu.Exceptions;
import dev.axon64.system.device.Bus;
import dev.axon64.system.device.Device;
import dev.axon64.system.device.Gic;
import dev.axon64.system.device.GicCpuInterface;
import dev.axon64.system.device.GicDistributor;
import dev.axon64.system.device.InterruptLine;
import dev.axon64.system.device.Outside;
import dev.axon64.system.device.Pl011;
import dev.axon64.system.device.Pl031;
import dev.axon64.system.device.SerialInput;
import dev.axon64.system.device.State;
import dev.axon64.system.virtio.VirtioDevice;
import dev.axon64.system.virtio.VirtioMmio;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A machine with the devices of QEMU's {@code virt}. One thread runs all of its processors, each
 * for a turn, and all else happens between their instructions, so that two runs are the same.
 */
public final class Machine {
  /** The seconds that the clock shows at first: the first of January 2026. */
  private static final long EPOCH = 1_767_225_600L;

  private static final long SECOND = 1_000_000_000L;
  private static final int MEBIBYTE = 20;

  private final PhysicalMemory memory;
  private final Bus bus = new Bus();
  private final Gic gic;
  private final Clock clock;
  private final Arrivals arrivals;
  private final CodeHooks hooks = new CodeHooks();
  private final List<Core> cores = new ArrayList<>();
  private final Turns turns;
  private final List<State.Of> parts = new ArrayList<>();

  /** What a snapshot's machine must have in common with this one. */
  private final List<Integer> shape = new ArrayList<>();

  private int slots;

  /**
   * @param engines makes the engine that executes for a memory
   * @param observer is told of exceptions
   */
  public Machine(
      MachineSettings settings,
      Function<PhysicalMemory, Engine> engines,
      Terminal terminal,
      Exceptions.Observer observer) {
    this.memory = new PhysicalMemory(MemoryMap.MEMORY, settings.memory());
    this.gic = new Gic(settings.processors());
    this.clock =
        settings.perInstruction() == MachineSettings.REAL_TIME
            ? new HostClock()
            : new VirtualClock(settings.perInstruction());
    Pl011 uart = new Pl011(terminal::write, line(MemoryMap.UART_INTERRUPT));
    this.arrivals = new Arrivals(clock, terminal, uart);
    for (int i = 0; i < settings.processors(); i++) {
      cores.add(new Core(i, memory, bus, gic, clock::now));
    }
    cores.forEach(core -> core.setAll(cores));
    this.turns = new Turns(cores, engines.apply(memory), bus, clock, arrivals, hooks, observer);
    addDevices(uart);
    shape.add(settings.processors());
    shape.add((int) (settings.memory() >> MEBIBYTE));
    shape.add(settings.perInstruction() == MachineSettings.REAL_TIME ? 1 : 0);
    parts.addAll(List.of(turns, clock, gic, uart));
    parts.addAll(cores);
  }

  private void addDevices(Pl011 uart) {
    bus.add(MemoryMap.GIC_DISTRIBUTOR, MemoryMap.GIC_SIZE, new GicDistributor(gic, turns::current));
    bus.add(
        MemoryMap.GIC_CPU_INTERFACE, MemoryMap.GIC_SIZE, new GicCpuInterface(gic, turns::current));
    bus.add(MemoryMap.UART, MemoryMap.DEVICE_SIZE, uart);
    bus.add(MemoryMap.RTC, MemoryMap.DEVICE_SIZE, new Pl031(() -> EPOCH + clock.now() / SECOND));
  }

  /** Its memory. */
  public PhysicalMemory memory() {
    return memory;
  }

  /** The devices, to which others may be added. */
  public Bus bus() {
    return bus;
  }

  /** The interrupt controller. */
  public Gic gic() {
    return gic;
  }

  /** The number of processors. */
  public int processors() {
    return cores.size();
  }

  /** The number of slots that have virtio devices. */
  public int virtioSlots() {
    return slots;
  }

  /**
   * Puts a virtio device into the next free slot.
   *
   * @throws IllegalStateException if there is none
   */
  public void attach(VirtioDevice device) {
    if (slots == MemoryMap.VIRTIO_SLOTS) {
      throw new IllegalStateException("all slots have devices");
    }
    VirtioMmio registers = new VirtioMmio(memory, device, line(MemoryMap.VIRTIO_INTERRUPT + slots));
    bus.add(MemoryMap.VIRTIO + slots * MemoryMap.VIRTIO_SIZE, MemoryMap.VIRTIO_SIZE, registers);
    parts.add(registers);
    shape.add(device.id());
    slots++;
  }

  /**
   * Adds a device at a range of physical addresses. If it is a {@link State.Of}, snapshots have its
   * state.
   *
   * @throws IllegalArgumentException if another is there
   */
  public void add(long address, long size, Device device) {
    bus.add(address, size, device);
    if (device instanceof State.Of part) {
      parts.add(part);
    }
  }

  /**
   * A wire to the interrupt controller.
   *
   * @param number of the interrupt among those that processors share, from 0
   */
  public InterruptLine line(int number) {
    return gic.line(Gic.SHARED + number);
  }

  /**
   * A processor, whose registers may be changed while the machine does not run.
   *
   * @param number from 0
   */
  public Core processor(int number) {
    return cores.get(number);
  }

  /**
   * Calls a hook before instructions at virtual addresses. While there are hooks, the machine
   * executes one instruction after the other, which takes several times as long.
   *
   * @param to the address behind the last
   * @return what removes it
   */
  public Runnable onCode(long from, long to, CodeHook hook) {
    return hooks.add(from, to, hook);
  }

  /**
   * Pauses before the instruction at a virtual address.
   *
   * @return what removes the breakpoint
   */
  public Runnable breakAt(long address) {
    return onCode(address, address + Integer.BYTES, core -> pause());
  }

  /** Lets {@link #run} return soon, so that it can be called again; any thread may ask. */
  public void pause() {
    turns.pause();
    wake();
  }

  /**
   * Writes a snapshot; not while the machine runs.
   *
   * @throws IOException if it cannot be written, or a device has no snapshots
   */
  public void save(OutputStream to) throws IOException {
    new MachineState(memory, parts, shape).save(to);
  }

  /**
   * Goes to the state of a snapshot, which a machine of the same shape has written. Connections of
   * its network are not part of it.
   *
   * @param where what messages call it
   * @throws dev.axon64.codegen.support.InputException if it is damaged, or of another machine
   */
  public void restore(InputStream from, String where) {
    new MachineState(memory, parts, shape).load(from, where);
  }

  /** The number of instructions executed, on all processors. */
  public long executed() {
    return turns.executed();
  }

  /** The time since it was switched on, in nanoseconds. */
  public long time() {
    return clock.now();
  }

  /** Puts words into memory. */
  public void write(long address, int... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(words);
    memory.write(address, bytes.array(), 0, bytes.capacity());
  }

  /** Starts the first processor. */
  public void start(long address, long argument) {
    cores.getFirst().start(address, argument);
  }

  /** Lets what is typed at the terminal go to this, not to the serial port. */
  public void setInput(SerialInput to) {
    arrivals.setInput(to);
  }

  /** Connects it with something that things come from at any time. */
  public void connect(Outside to) {
    arrivals.connect(to);
  }

  /** Ends it soon; any thread may ask. */
  public void stop() {
    turns.stop();
    wake();
  }

  /** Ends a wait for the outside, since the terminal has something; any thread may ask. */
  public void wake() {
    arrivals.wake();
  }

  /**
   * Runs until the machine ends, or is paused.
   *
   * @param most the most instructions to execute, counted from its beginning
   * @throws dev.axon64.system.cpu.Misdispatched if the network gave a word to a wrong kernel
   */
  public MachineEnd run(long most) {
    return turns.run(most);
  }
}
