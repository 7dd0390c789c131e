package dev.axon64.emulator;

import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import dev.axon64.system.Machine;
import dev.axon64.system.MachineSettings;
import dev.axon64.system.Terminal;
import dev.axon64.system.cpu.Exceptions;

/** The settings of a whole machine. */
public final class MachineBuilder {
  private static final long UNIT = 2L << 20;
  private static final int MOST_PROCESSORS = 8;

  private Network network = ShippedDispatcher.A64.network();
  private Engines.Policy policy = Engines.Policy.PAGE;
  private long memory = MachineSettings.MEMORY;
  private int processors = 1;
  private int perInstruction = MachineSettings.PER_INSTRUCTION;
  private Terminal terminal = Terminal.NOBODY;
  private Exceptions.Observer observer = (core, syndrome) -> {};

  MachineBuilder() {}

  /** Sets the network that dispatches; without it, the shipped {@code a64} does. */
  public MachineBuilder network(Network model) {
    network = model;
    return this;
  }

  /** Sets when the network is asked; without it, for a page when it is first executed. */
  public MachineBuilder policy(Engines.Policy when) {
    policy = when;
    return this;
  }

  /**
   * Sets the number of bytes of memory, which begins at 0x40000000; 512 MiB without it.
   *
   * @throws InputException if it is no multiple of 2 MiB
   */
  public MachineBuilder memory(long bytes) {
    if (bytes < UNIT || bytes % UNIT != 0) {
      throw new InputException("memory", bytes + " bytes are no multiple of 2 MiB");
    }
    memory = bytes;
    return this;
  }

  /**
   * Sets the number of processors; one without it.
   *
   * @throws InputException if it is not 1 to 8
   */
  public MachineBuilder processors(int number) {
    if (number < 1 || number > MOST_PROCESSORS) {
      throw new InputException("processors", number + " are not possible; give 1 to 8");
    }
    processors = number;
    return this;
  }

  /**
   * Sets the machine's time that an instruction takes; 10 ns without it.
   *
   * @throws InputException if it is not positive
   */
  public MachineBuilder instructionTime(int nanoseconds) {
    if (nanoseconds < 1) {
      throw new InputException("time of an instruction", nanoseconds + " ns are not possible");
    }
    perInstruction = nanoseconds;
    return this;
  }

  /** Lets the machine's time be the host's. */
  public MachineBuilder realTime() {
    perInstruction = MachineSettings.REAL_TIME;
    return this;
  }

  /** Sets the other end of the serial line; without it, nobody is there. */
  public MachineBuilder terminal(Terminal other) {
    terminal = other;
    return this;
  }

  /** Sets who is told of exceptions. */
  public MachineBuilder onException(Exceptions.Observer told) {
    observer = told;
    return this;
  }

  /** Makes the machine, with its memory empty and its processors off. */
  public Machine build() {
    return new Machine(
        new MachineSettings(memory, processors, perInstruction),
        ram -> Engines.ofMachine(policy, network, ram),
        terminal,
        observer);
  }
}
