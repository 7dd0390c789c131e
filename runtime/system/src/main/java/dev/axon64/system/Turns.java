package dev.axon64.system;

import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.system.cpu.Core;
import dev.axon64.system.cpu.Exceptions;
import dev.axon64.system.cpu.Psci;
import dev.axon64.system.cpu.Stops;
import dev.axon64.system.device.Bus;
import dev.axon64.system.device.GenericTimer;
import dev.axon64.system.device.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gives the processors turns: one thread runs all of them, and all else happens between. */
final class Turns implements Psci.Power, State.Of {
  /** The instructions of a turn where there are several processors. */
  private static final long TURN = 5_000;

  /** The most instructions between two looks at the terminal. */
  private static final long LOOK = 2_000_000;

  /** The same where things come at times of their own. */
  private static final long SHORT_LOOK = 50_000;

  private final Engine engine;
  private final Clock clock;
  private final Arrivals arrivals;
  private final CodeHooks hooks;
  private final List<Core> cores;
  private final List<Stops> stops = new ArrayList<>();
  private Core current;
  private long executed;

  /** Exceptions after which not even the handler's first instruction could be executed. */
  private long stuck;

  private volatile MachineEnd end;
  private volatile boolean pauses;

  /** The processor that a hook has paused; its hooks were called already. */
  private Core paused;

  Turns(
      List<Core> cores,
      Engine engine,
      Bus bus,
      Clock clock,
      Arrivals arrivals,
      CodeHooks hooks,
      Exceptions.Observer observer) {
    this.cores = cores;
    this.engine = engine;
    this.clock = clock;
    this.arrivals = arrivals;
    this.hooks = hooks;
    this.current = cores.getFirst();
    Psci psci = new Psci(cores, this);
    for (Core core : cores) {
      stops.add(new Stops(core, engine, bus, new Exceptions(core, observer), psci));
    }
  }

  @Override
  public void state(State state) throws IOException {
    executed = state.value(executed);
    stuck = state.value(stuck);
    if (state.isRead()) {
      end = null;
      pauses = false;
      paused = null;
    }
  }

  @Override
  public void off() {
    end = MachineEnd.OFF;
  }

  @Override
  public void reset() {
    end = MachineEnd.RESET;
  }

  void stop() {
    end = MachineEnd.STOPPED;
  }

  void pause() {
    pauses = true;
  }

  /** The processor whose turn it is. */
  int current() {
    return current.number;
  }

  long executed() {
    return executed;
  }

  /** As {@link Machine#run}. */
  MachineEnd run(long most) {
    while (end == null) {
      if (executed + stuck >= most) {
        return MachineEnd.LIMIT;
      }
      if (pauses) {
        pauses = false;
        arrivals.flush();
        return MachineEnd.PAUSED;
      }
      if (!round(most) && !pauses && end == null && !arrivals.rest(nextTimer())) {
        end = MachineEnd.HALTED;
      }
    }
    arrivals.flush();
    return end;
  }

  private long nextTimer() {
    long next = GenericTimer.NEVER;
    for (Core core : cores) {
      if (core.isOn) {
        next = Math.min(next, core.nextTimer());
      }
    }
    return next;
  }

  /** Gives each processor a turn, and returns whether any of them executes. */
  private boolean round(long most) {
    boolean busy = false;
    long start = clock.now();
    long latest = start;
    long turn = cores.size() > 1 ? TURN : arrivals.areOften() ? SHORT_LOOK : LOOK;
    for (int i = 0; i < cores.size() && goesOn(); i++) {
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

  private boolean goesOn() {
    return end == null && !pauses;
  }

  private boolean turn(Core core, Stops stops, long most) {
    current = core;
    if (cores.size() > 1) {
      core.cpu.excl_on = 0; // others may have written meanwhile
    }
    long left = most;
    boolean busy = false;
    while (left > 0 && goesOn() && core.isOn) {
      interrupt(core, stops);
      if (core.waits) {
        break;
      }
      busy = true;
      long event = core.nextTimer();
      long budget =
          event == GenericTimer.NEVER ? left : Math.min(left, clock.instructionsUntil(event));
      if (!hooks.isEmpty()) {
        budget = 1;
        if (isPausedBy(core)) {
          break;
        }
      }
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
      arrivals.take();
    }
    return busy;
  }

  private static void interrupt(Core core, Stops stops) {
    core.updateTimers();
    boolean interrupted = core.isInterrupted();
    core.cpu.irq_pending = interrupted ? 1 : 0;
    if (interrupted) {
      core.waits = false;
      if ((core.cpu.daif & 2) == 0) {
        stops.interrupt();
      }
    }
  }

  /** Calls the hooks for a processor's next instruction, and returns whether one has paused. */
  private boolean isPausedBy(Core core) {
    if (core == paused) {
      paused = null;
      return false;
    }
    hooks.reached(core);
    if (pauses) {
      paused = core;
    }
    return pauses;
  }

  private void count(long instructions) {
    executed += instructions;
    clock.executed(instructions);
  }
}
