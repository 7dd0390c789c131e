package dev.axon64.linux;

import dev.axon64.linux.ExitStatus.Ending;
import dev.axon64.linux.abi.Signals;
import dev.axon64.linux.call.Syscalls;
import dev.axon64.linux.net.HostNet;
import dev.axon64.linux.net.HostService;
import dev.axon64.linux.process.Kernel;
import dev.axon64.linux.process.ProcessMemory;
import dev.axon64.linux.process.SignalDelivery;
import dev.axon64.linux.process.Task;
import dev.axon64.linux.process.Wait;
import dev.axon64.linux.signal.SigInfo;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets the threads of a machine take turns of a fixed number of instructions, in the order of their
 * numbers. The order is the same in every run in which the host's input and clock are.
 */
final class Scheduler {
  private static final long TURN = 100_000;

  /** The same where nothing waits for the only thread: what ends a turn costs an engine time. */
  private static final long TURN_ALONE = 2_000_000;

  private final Kernel kernel;
  private final Syscalls calls;
  private final SignalDelivery delivery;
  private final Supplier<? extends Engine> factory;
  private final FaultReport reports;
  private final Consumer<String> lines;
  private final Map<ProcessMemory, Engine> engines = new IdentityHashMap<>();
  private final FaultSignals faults;
  private final IdleWait idle;
  private HostService service = HostService.NONE;
  private Ending ending;

  /** Whether anything has happened since each thread was last looked at. */
  private boolean changed;

  /** Instructions after which a snapshot is to be taken. */
  private long snapshotAt = Long.MAX_VALUE;

  /** The thread whose turn was last; null before the first one. */
  private Task last;

  /** Instructions left of the turn of the next thread; 0 if it begins a new one. */
  private long leftOver;

  Scheduler(
      Kernel kernel,
      Syscalls calls,
      Supplier<? extends Engine> factory,
      FaultReport reports,
      Consumer<String> lines) {
    this.kernel = kernel;
    this.calls = calls;
    this.factory = factory;
    this.reports = reports;
    this.lines = lines;
    this.faults = new FaultSignals(kernel, lines);
    this.idle = new IdleWait(kernel, lines);
    this.delivery = new SignalDelivery(kernel, this::dying);
    kernel.memoryGone = engines::remove;
  }

  /** Stops for a snapshot when so many instructions have been executed. */
  void snapshotAt(long instructions) {
    snapshotAt = instructions;
  }

  /** Lets something of the host serve the guests between their turns. */
  void serve(HostService host) {
    service = host;
  }

  /** Instructions left of the turn in which it stopped for a snapshot. */
  long leftOver() {
    return leftOver;
  }

  /** Begins within a turn of which so many instructions are left. */
  void goOn(long left) {
    leftOver = Math.clamp(left, 1, TURN_ALONE);
  }

  /**
   * Runs until the first process has ended, or nothing can go on.
   *
   * @return null if the first process ended by itself; otherwise why the run is over
   */
  Ending run() {
    while (!kernel.first.isZombie() && ending == null) {
      hear();
      if (leftOver == 0) { // timers do not expire within a turn
        kernel.signals.expireTimers();
        kernel.alarms.ring(kernel.clock.monotonic());
      }
      kernel.input.tellWatchers();
      HostNet net = kernel.network.host();
      if (net != null) {
        net.poll();
      }
      service.poll();
      changed = false;
      for (Task task : kernel.tasks()) {
        if (!task.dead && goesOn(task)) {
          changed = true;
          guardedTurn(task);
        }
        if (kernel.first.isZombie() || ending != null) {
          break;
        }
      }
      if (Thread.interrupted()) {
        ending = Ending.INTERRUPTED;
      } else if (!changed && !kernel.first.isZombie() && ending == null) {
        service.settle();
        ending = idle.await(service).orElse(null);
      }
    }
    service.settle();
    return ending;
  }

  /** Takes what the host has typed and signalled meanwhile. */
  private void hear() {
    kernel.hostSignals.deliver();
    if (kernel.console != null) {
      kernel.console.poll();
      if (kernel.first.stopped) {
        kernel.console.suspend();
        kernel.jobs.signal(kernel.first.group, Signals.SIGCONT);
      }
    }
  }

  /** Whether a thread can execute instructions; wakes it if its wait is over. */
  private boolean goesOn(Task task) {
    if (task.isHeld()) {
      return false;
    }
    if (task.hasToResume()) {
      kernel.caller = task;
      changed = true;
      kernel.tracer.resume(task);
      if (task.dead || task.isHeld()) {
        return false;
      }
    }
    if (!task.parked) {
      return true;
    }
    Wait wait = task.wait;
    kernel.caller = task;
    if (wait.ready().getAsBoolean()) { // also if a signal has come meanwhile
      changed = true;
      call(task);
    } else if (kernel.clock.monotonic() >= wait.deadline()) {
      changed = true;
      task.timedOut = true;
      call(task);
    }
    if (task.parked && !task.isHeld()) {
      delivery.deliver(task);
    }
    changed |= task.dead || task.isHeld();
    return !task.parked && !task.dead && !task.isHeld();
  }

  /** The length of a thread's turn as things are now. */
  private long length(Task task) {
    boolean alone = kernel.hasOneTask() && task.process.timerAt == 0 && kernel.alarms.isEmpty();
    return alone ? TURN_ALONE : TURN;
  }

  /**
   * Gives a thread its turn. If the host cuts a file within it, pages that are mapped are gone
   * before we know; the JVM then throws this error, some instructions later.
   */
  private void guardedTurn(Task task) {
    kernel.beforeTurn.run();
    try {
      turn(task);
    } catch (InternalError e) {
      if (!String.valueOf(e.getMessage()).contains("unsafe memory access")) {
        throw e; // the JVM's own trouble
      }
      kernel.beforeTurn.run();
      lines.accept(
          "%s[%d]: killed, the host has cut a file that it uses".formatted(task.name, task.id));
      kernel.end.process(task.process, Signals.SIGBUS);
    }
  }

  /**
   * Opens the exclusive monitor of a thread that goes on after others: they may have stored where
   * it is about to store on condition that nobody has.
   */
  private void switchTo(Task task) {
    if (last != null && last != task) {
      task.cpu.excl_on = 0;
    }
    last = task;
  }

  private void turn(Task task) {
    switchTo(task);
    long left = leftOver > 0 ? leftOver : length(task);
    leftOver = 0;
    while (left > 0 && !task.parked && ending == null) {
      delivery.deliver(task);
      if (task.dead || task.isHeld()) {
        return;
      }
      if (kernel.instructions >= snapshotAt) {
        ending = Ending.SNAPSHOT;
        leftOver = left;
        return;
      }
      long most = Math.min(snapshotAt, kernel.limits.instructions()) - kernel.instructions;
      long budget = Math.min(kernel.tracedCalls.isStepped(task) ? 1 : left, most);
      if (budget <= 0) {
        ending = Ending.INSTRUCTION_LIMIT;
        return;
      }
      Engine engine = engines.computeIfAbsent(task.process.memory, memory -> factory.get());
      Stop stop = engine.run(task.cpu, budget);
      long executed = engine.executed();
      left -= Math.max(executed, 1);
      kernel.instructions += executed;
      task.instructions += executed;
      kernel.clock.executed(executed);
      handle(task, stop);
      if (task.dead || task.isHeld()) {
        return;
      }
      left = Math.min(left, length(task));
    }
  }

  private void call(Task task) {
    calls.call(task);
    kernel.tracedCalls.afterCall(task);
  }

  private void handle(Task task, Stop stop) {
    switch (stop) {
      case Stop.Budget none -> kernel.tracedCalls.stepped(task);
      case Stop.SystemCall call -> {
        task.cpu.excl_on = 0; // as every return from an exception does
        if (!kernel.tracedCalls.beforeCall(task, () -> call(task))) {
          call(task);
        }
      }
      case Stop.Trap trap -> faults.trap(task, trap);
      case Stop.Undefined undefined ->
          faults.raise(
              task,
              Signals.SIGILL,
              1,
              task.cpu.pc,
              0,
              "undefined instruction %08x".formatted(undefined.word()));
      case Stop.Misdispatch wrong -> misdispatch(task, wrong);
      case Stop.Fault fault -> faults.memory(task, fault.fault());
      case Stop.Ended ended -> throw new IllegalStateException("no engine stops so: " + ended);
    }
  }

  private void misdispatch(Task task, Stop.Misdispatch wrong) {
    reports
        .lines(
            task,
            SigInfo.fault(Signals.SIGILL, 1, task.cpu.pc),
            "misdispatch: the network gave %08x to kernel %d, which does not own it"
                .formatted(wrong.word(), wrong.kernel()))
        .forEach(lines);
    kernel.end.process(task.process, Signals.SIGILL);
    ending = Ending.MISDISPATCH;
  }

  /** Reports a fault that ends a process; whoever sends other signals knows why. */
  private void dying(Task task, SigInfo info) {
    boolean fault =
        switch (info.signal()) {
          case Signals.SIGSEGV, Signals.SIGBUS, Signals.SIGILL, Signals.SIGTRAP, Signals.SIGFPE ->
              info.code() > 0;
          default -> false;
        };
    if (fault) {
      String detail = info.code() == Signals.SI_KERNEL ? "no usable stack" : faults.detail();
      reports.lines(task, info, detail).forEach(lines);
    }
  }
}
