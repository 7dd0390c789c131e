package dev.axon64.system;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.cpu.Core;
import dev.axon64.system.cpu.Exceptions;
import dev.axon64.system.cpu.Psci;
import dev.axon64.system.cpu.Stops;
import dev.axon64.system.device.Bus;
import dev.axon64.system.device.GenericTimer;
import dev.axon64.system.device.Gic;
import dev.axon64.system.device.GicCpuInterface;
import dev.axon64.system.device.GicDistributor;
import dev.axon64.system.device.Outside;
import dev.axon64.system.device.Pl011;
import dev.axon64.system.device.Pl031;
import dev.axon64.system.device.SerialInput;
import dev.axon64.system.virtio.VirtioDevice;
import dev.axon64.system.virtio.VirtioMmio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A machine with the devices of QEMU's {@code virt}. One thread runs all of its processors, each
 * for a turn, and all else happens between their instructions, so that two runs are the same.
 */
public final class Machine {
  /** The instructions of a turn where there are several processors. */
  private static final long TURN = 5_000;

  /** The most instructions between two looks at the terminal. */
  private static final long LOOK = 2_000_000;

  /** The same where things come from outside. */
  private static final long SHORT_LOOK = 50_000;

  /** The seconds that the clock shows at first: the first of January 2026. */
  private static final long EPOCH = 1_767_225_600L;

  private static final long SECOND = 1_000_000_000L;

  private final PhysicalMemory memory;
  private final Bus bus = new Bus();
  private final Gic gic;
  private final Clock clock;
  private final Terminal terminal;
  private final Engine engine;
  private final List<Core> cores = new ArrayList<>();
  private final List<Stops> stops = new ArrayList<>();
  private Core current;
  private long executed;

  /** Exceptions after which not even the handler's first instruction could be executed. */
  private long stuck;

  /** Where the terminal's input goes. */
  private SerialInput input;

  private boolean inputEnded;
  private Optional<Outside> outside = Optional.empty();
  private int slots;
  private volatile MachineEnd end;

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
    this.terminal = terminal;
    this.engine = engines.apply(memory);
    Pl011 uart = new Pl011(terminal::write, gic.line(Gic.SHARED + MemoryMap.UART_INTERRUPT));
    this.input = uart;
    addDevices(uart);
    Psci psci = new Psci(cores, new Switch());
    for (int i = 0; i < settings.processors(); i++) {
      Core core = new Core(i, memory, bus, gic, clock::now);
      cores.add(core);
      stops.add(new Stops(core, engine, bus, new Exceptions(core, observer), psci));
    }
    cores.forEach(core -> core.setAll(cores));
    current = cores.getFirst();
  }

  private void addDevices(Pl011 uart) {
    bus.add(
        MemoryMap.GIC_DISTRIBUTOR, MemoryMap.GIC_SIZE, new GicDistributor(gic, this::processor));
    bus.add(
        MemoryMap.GIC_CPU_INTERFACE, MemoryMap.GIC_SIZE, new GicCpuInterface(gic, this::processor));
    bus.add(MemoryMap.UART, MemoryMap.DEVICE_SIZE, uart);
    bus.add(MemoryMap.RTC, MemoryMap.DEVICE_SIZE, new Pl031(() -> EPOCH + clock.now() / SECOND));
  }

  private int processor() {
    return current.number;
  }

  private final class Switch implements Psci.Power {
    @Override
    public void off() {
      end = MachineEnd.OFF;
    }

    @Override
    public void reset() {
      end = MachineEnd.RESET;
    }
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
    bus.add(
        MemoryMap.VIRTIO + slots * MemoryMap.VIRTIO_SIZE,
        MemoryMap.VIRTIO_SIZE,
        new VirtioMmio(memory, device, gic.line(Gic.SHARED + MemoryMap.VIRTIO_INTERRUPT + slots)));
    slots++;
  }

  /** The number of instructions executed, on all processors. */
  public long executed() {
    return executed;
  }

  /** The time since it was switched on, in nanoseconds. */
  public long time() {
    return clock.now();
  }

  /** Starts the first processor. */
  public void start(long address, long argument) {
    cores.getFirst().start(address, argument);
  }

  /** Lets what is typed at the terminal go to this, not to the serial port. */
  public void setInput(SerialInput to) {
    input = to;
  }

  /** Connects it with something that things come from at any time. */
  public void connect(Outside to) {
    outside = Optional.of(to);
  }

  /** Ends it soon; any thread may ask. */
  public void stop() {
    end = MachineEnd.STOPPED;
    wake();
  }

  /** Ends a wait for the outside, since the terminal has something; any thread may ask. */
  public void wake() {
    outside.ifPresent(Outside::wake);
  }

  /**
   * Runs until the machine ends.
   *
   * @param most the most instructions to execute
   * @throws dev.axon64.system.cpu.Misdispatched if the network gave a word to a wrong kernel
   */
  public MachineEnd run(long most) {
    while (end == null) {
      if (executed + stuck >= most) {
        return MachineEnd.LIMIT;
      }
      if (!round(most)) {
        rest();
      }
    }
    terminal.flush();
    return end;
  }

  /** Gives each processor a turn, and returns whether any of them executes. */
  private boolean round(long most) {
    boolean busy = false;
    long start = clock.now();
    long latest = start;
    long turn = cores.size() > 1 ? TURN : outside.isEmpty() && !clock.isHosts() ? LOOK : SHORT_LOOK;
    for (int i = 0; i < cores.size() && end == null; i++) {
      Core core = cores.get(i);
      if (core.isOn) {
        clock.advance(start);
        busy |= turn(core, stops.get(i), Math.min(turn, most - executed - stuck));
        latest = Math.max(latest, clock.now());
      }
    }
    clock.advance(latest);
    return busy;
  }

  private boolean turn(Core core, Stops stops, long most) {
    current = core;
    if (cores.size() > 1) {
      core.cpu.excl_on = 0; // others may have written meanwhile
    }
    long left = most;
    boolean busy = false;
    while (left > 0 && end == null && core.isOn) {
      core.updateTimers();
      boolean interrupted = core.isInterrupted();
      core.cpu.irq_pending = interrupted ? 1 : 0;
      if (interrupted) {
        core.waits = false;
        if ((core.cpu.daif & 2) == 0) {
          stops.interrupt();
        }
      }
      if (core.waits) {
        break;
      }
      busy = true;
      long event = core.nextTimer();
      long budget =
          event == GenericTimer.NEVER ? left : Math.min(left, clock.instructionsUntil(event));
      Stop stop = engine.run(core.cpu, budget);
      long done = engine.executed();
      count(done);
      int more = stops.handle(stop);
      count(more);
      left -= done + more;
      if (done + more == 0) {
        stuck++;
        left--;
      }
    }
    if (busy) {
      takeInput(0);
      outside.ifPresent(Outside::look);
    }
    return busy;
  }

  private void count(long instructions) {
    executed += instructions;
    clock.executed(instructions);
  }

  /** Lets time pass to the next event, since all processors wait. */
  private void rest() {
    terminal.flush();
    if (takeInput(0)) {
      return;
    }
    long next = GenericTimer.NEVER;
    for (Core core : cores) {
      if (core.isOn) {
        next = Math.min(next, core.nextTimer());
      }
    }
    boolean listens = !inputEnded && input.listens();
    if (next == GenericTimer.NEVER && !listens && outside.isEmpty()) {
      end = MachineEnd.HALTED;
    } else if (listens || outside.isPresent() || clock.isHosts()) {
      pause(Math.min(next - clock.now(), SECOND), listens);
    } else {
      clock.advance(next);
    }
  }

  /** Lets as much of the machine's time pass as somebody outside sees. */
  private void pause(long most, boolean listens) {
    long start = System.nanoTime();
    boolean whole = false;
    if (outside.isPresent()) {
      outside.get().await(most);
      takeInput(0);
    } else if (listens) {
      whole = !takeInput(most) && !inputEnded;
    } else {
      LockSupport.parkNanos(most);
    }
    if (!inputEnded || outside.isPresent()) {
      clock.advance(clock.now() + (whole ? most : Math.min(System.nanoTime() - start, most)));
    }
  }

  private boolean takeInput(long nanoseconds) {
    boolean taken = false;
    while (!inputEnded && input.listens() && input.room() > 0) {
      int value = terminal.read(taken ? 0 : nanoseconds);
      if (value == Terminal.END) {
        inputEnded = true;
      } else if (value == Terminal.NOTHING_YET) {
        break;
      } else {
        input.receive(value);
        taken = true;
      }
    }
    return taken;
  }
}
