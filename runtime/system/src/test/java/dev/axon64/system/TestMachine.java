package dev.axon64.system;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.cpu.Exceptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A machine whose serial line is texts. */
public final class TestMachine {
  /** Where programs are put. */
  public static final long START = 0x4008_0000L;

  private static final long MEMORY = 64L << 20;
  private static final long MOST = 50_000_000;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Machine machine;
  private byte[] input = new byte[0];
  private int taken;

  /** Makes one with the default model. */
  public TestMachine(Policy policy) {
    this(policy, Models.shipped("a64"), MEMORY, 1, (core, syndrome) -> {});
  }

  /** Makes one. */
  public TestMachine(
      Policy policy, Network network, long memory, int processors, Exceptions.Observer observer) {
    MachineSettings settings =
        new MachineSettings(memory, processors, MachineSettings.PER_INSTRUCTION);
    machine =
        new Machine(settings, ram -> Engines.ofMachine(policy, network, ram), new Line(), observer);
  }

  private final class Line implements Terminal {
    @Override
    public void write(int value) {
      sent.write(value);
    }

    @Override
    public int read(long nanoseconds) {
      return taken < input.length ? input[taken++] : END;
    }

    @Override
    public void flush() {
      // nobody waits
    }
  }

  /** Gives it something to read on its serial line. */
  public TestMachine input(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** The machine. */
  public Machine machine() {
    return machine;
  }

  /** Runs words of code from the start address on. */
  public MachineEnd run(int... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    return run(bytes.array());
  }

  /** Runs a program from the start address on. */
  public MachineEnd run(byte[] program) {
    machine.memory().write(START, program, 0, program.length);
    machine.start(START, 0);
    return machine.run(MOST);
  }

  /** What it has sent. */
  public String sent() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  /** A file of the prebuilt guests. */
  public static byte[] guest(String name) throws IOException {
    try (InputStream in = TestMachine.class.getResourceAsStream("/dev/axon64/guests/" + name)) {
      return in.readAllBytes();
    }
  }
}
