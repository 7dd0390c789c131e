package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged programs, {@code axon64.fuzz} of them: each ends within its limits or is refused in one
 * line, whatever its headers and its instructions have become.
 */
class MutantProgramTest {
  private static final long SEED = 0x6d7574L;
  private static final long INSTRUCTIONS = 20_000;
  private static final int HEADERS = 64 + 4 * 56;

  private static final Limits LIMITS = new Limits(16L << 20, INSTRUCTIONS, 4, 16, 1 << 16, 1 << 20);

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    4095,
    4096,
    0xffff,
    0x7fffffffL,
    0xffffffffL,
    1L << 47,
    1L << 48,
    -4096,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0xffff_f700_0000L,
    0xffff_ffff_e000L,
  };

  private final Supplier<Engine> engines =
      Engines.of(Engines.Policy.EACH, ShippedDispatcher.A64::dispatcher, null);

  @TempDir Path folder;
  private int refused;
  private int ended;

  @Test
  void endsOrIsRefused() throws IOException {
    byte[] program;
    try (InputStream in = getClass().getResourceAsStream("/dev/axon64/guests/demo/sieve")) {
      program = in.readAllBytes();
    }
    int count = Integer.getInteger("axon64.fuzz", 2000) / 2;
    Path file = folder.resolve("mutant");
    for (int i = 0; i < count; i++) {
      byte[] mutant = mutant(program, new Random(SEED + i));
      Files.write(file, mutant);
      try {
        run(file);
      } catch (RuntimeException e) {
        Path kept = Files.createDirectories(Path.of("target", "fuzz")).resolve("program-" + i);
        Files.write(kept, mutant);
        throw new AssertionError("mutant " + i + ", kept as " + kept, e);
      }
    }
    assertTrue(refused > 0 && ended > 0, refused + " refused, " + ended + " ended");
  }

  private void run(Path file) {
    try {
      ExitStatus status =
          new LinuxMachine.Builder(engines)
              .program(file.toString())
              .limits(LIMITS)
              .seed(1)
              .clock(GuestClock.virtual(Instant.EPOCH))
              .build()
              .run();
      assertTrue(status.instructions() <= INSTRUCTIONS);
      assertTrue(status.ending() != ExitStatus.Ending.MISDISPATCH, "the network knows all words");
      ended++;
    } catch (InputException e) {
      assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
      refused++;
    }
  }

  /** Changes some bytes of the headers or of anything else, some of them to extreme numbers. */
  private static byte[] mutant(byte[] program, Random random) {
    byte[] mutant = program.clone();
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      boolean header = random.nextInt(3) == 0;
      int at = random.nextInt(header ? HEADERS : mutant.length - 8);
      switch (random.nextInt(4)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt();
        case 2 -> put(mutant, at & -4, random.nextInt(), 4);
        default -> put(mutant, at & -8, EXTREMES[random.nextInt(EXTREMES.length)], 8);
      }
    }
    return random.nextInt(20) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
  }

  private static void put(byte[] bytes, int at, long value, int size) {
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
