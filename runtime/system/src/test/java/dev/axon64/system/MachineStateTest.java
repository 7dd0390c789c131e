package dev.axon64.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.cpu.Misdispatched;
import dev.axon64.system.virtio.BlockDevice;
import dev.axon64.system.virtio.ChangedDisk;
import dev.axon64.system.virtio.Disk;
import dev.axon64.system.virtio.EntropyDevice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a machine that runs. */
class MachineStateTest {
  private static final int DAMAGES = Boolean.getBoolean("axon64.campaign") ? 20_000 : 300;
  private static final long MOST = 50_000_000;

  @TempDir Path folder;

  private static TestMachine machine(int processors) {
    TestMachine machine =
        new TestMachine(
            Policy.PAGE, Models.shipped("a64"), 16L << 20, processors, (core, syndrome) -> {});
    machine.machine().attach(new EntropyDevice(1));
    return machine;
  }

  private static byte[] save(Machine machine) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    machine.save(out);
    return out.toByteArray();
  }

  private static void restore(Machine machine, byte[] state) {
    machine.restore(new ByteArrayInputStream(state), "state");
  }

  /** A program with exceptions, translation, interrupts and timers goes on as if nothing were. */
  @ParameterizedTest
  @ValueSource(longs = {1, 1_000, 9_000})
  void goesOnElsewhere(long instructions) throws IOException {
    byte[] program = TestMachine.guest("machine/checks");
    TestMachine whole = machine(1);
    assertEquals(MachineEnd.OFF, whole.run(program));

    TestMachine first = machine(1);
    first.machine().memory().write(TestMachine.START, program, 0, program.length);
    first.machine().start(TestMachine.START, 0);
    assertEquals(MachineEnd.LIMIT, first.machine().run(instructions));
    byte[] state = save(first.machine());
    TestMachine second = machine(1);
    // What is there already goes.
    second.machine().memory().write(TestMachine.START + 0x10_0000, program, 0, program.length);
    restore(second.machine(), state);
    assertEquals(MachineEnd.OFF, second.machine().run(MOST));
    assertEquals(whole.sent(), first.sent() + second.sent());
    assertEquals(whole.machine().executed(), second.machine().executed());
    assertEquals(whole.machine().time(), second.machine().time());
    // And back again, on the machine that was saved.
    restore(first.machine(), state);
    assertEquals(MachineEnd.OFF, first.machine().run(MOST));
    assertEquals(whole.machine().executed(), first.machine().executed());
  }

  @Test
  void changesOfDisksAreKept() throws IOException {
    Path file = Files.write(folder.resolve("disk"), new byte[1 << 20]);
    byte[] state;
    byte[] read = new byte[512];
    try (Disk disk = Disk.open(file, false)) {
      TestMachine machine = machine(1);
      machine.machine().attach(new BlockDevice(disk, "disk"));
      disk.write(70_000, new byte[] {1, 2, 3}, 3);
      state = save(machine.machine());
    }
    try (Disk disk = new ChangedDisk(Disk.open(file, false))) {
      TestMachine machine = machine(1);
      machine.machine().attach(new BlockDevice(disk, "disk"));
      restore(machine.machine(), state);
      disk.read(70_000, read, 0, 3);
      assertEquals(2, read[1]);
    }
  }

  @Test
  void otherMachinesAreRefused() throws IOException {
    byte[] state = save(machine(1).machine());
    Machine other = machine(2).machine();
    InputException refused = assertThrows(InputException.class, () -> restore(other, state));
    assertTrue(refused.getMessage().contains("other memory"), refused.getMessage());
    assertThrows(InputException.class, () -> restore(other, new byte[100]));
    byte[] half = Arrays.copyOf(state, state.length / 2);
    assertThrows(InputException.class, () -> restore(machine(1).machine(), half));
  }

  /** Whatever a snapshot says, the host goes on. */
  @Test
  void damagedStates() throws IOException {
    SplittableRandom random = new SplittableRandom(18);
    TestMachine machine = machine(2);
    byte[] program = TestMachine.guest("machine/hello");
    machine.machine().memory().write(TestMachine.START, program, 0, program.length);
    machine.machine().start(TestMachine.START, 0);
    machine.machine().run(50);
    byte[] whole;
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(save(machine.machine())))) {
      whole = in.readAllBytes();
    }
    int refused = 0;
    Machine other = machine(2).machine();
    for (int i = 0; i < DAMAGES; i++) {
      byte[] damaged = whole.clone();
      for (int n = random.nextInt(1, 20); n > 0; n--) {
        damaged[random.nextInt(24, whole.length - 4104)] = (byte) random.nextInt();
      }
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
        out.write(damaged);
      }
      try {
        restore(other, packed.toByteArray());
        other.run(other.executed() + 500);
      } catch (InputException e) {
        refused++;
      } catch (Misdispatched e) {
        throw new AssertionError("the right weights give no wrong answers", e);
      }
    }
    assertTrue(refused > 0 && refused < DAMAGES, refused + " refused");
  }
}
