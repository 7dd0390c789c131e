package dev.axon64.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.elf.CodeRange;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Pace;
import dev.axon64.machine.lockstep.DifferenceFound;
import dev.axon64.machine.lockstep.LockstepEngine;
import dev.axon64.machine.lockstep.RegionLog;
import dev.axon64.machine.translate.Translator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs with damaged code, translated and in lockstep with the scalar engine: {@code
 * axon64.fuzz} of them in a campaign, else few.
 */
class TranslatedMutantsTest {
  private static final String[] PROGRAMS = {
    "demo/sieve", "bench/sort", "bench/sha256", "bench/interpreter", "bench/mixed", "linux/sha256"
  };

  private static final int DEFAULT = 60;
  private static final long INSTRUCTIONS = 40_000;
  private static final int PATIENCE = 4;

  private static final Limits LIMITS = new Limits(16L << 20, INSTRUCTIONS, 4, 16, 1 << 16, 1 << 20);

  @TempDir Path folder;
  private final Supplier<Engine> references =
      Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null);
  private long instructions;
  private long regions;

  @Test
  void noneDiffers() throws IOException {
    int count = Boolean.getBoolean("axon64.campaign") ? Integer.getInteger("axon64.fuzz") : DEFAULT;
    int first = Integer.getInteger("axon64.seed", 1);
    byte[][] programs = new byte[PROGRAMS.length][];
    for (int i = 0; i < PROGRAMS.length; i++) {
      try (InputStream in = getClass().getResourceAsStream("/dev/axon64/guests/" + PROGRAMS[i])) {
        programs[i] = in.readAllBytes();
      }
    }
    Path file = folder.resolve("mutant");
    for (int seed = first; seed < first + count; seed++) {
      Files.write(file, mutant(programs[seed % PROGRAMS.length], new Random(seed)));
      try {
        run(file, seed % 4 != 0);
      } catch (DifferenceFound found) {
        throw new AssertionError("mutant " + seed + ": " + found.difference(), found);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("mutant " + seed, e);
      }
    }
    System.out.printf(
        "%,d damaged programs, none differs in %,d instructions; %,d regions%n",
        count, instructions, regions);
    assertTrue(regions > count / 2, "hardly anything was translated");
  }

  /** Changes some words of the code: a bit, or to another word of the code, or to anything. */
  private static byte[] mutant(byte[] program, Random random) {
    byte[] mutant = program.clone();
    ByteBuffer bytes = ByteBuffer.wrap(mutant).order(ByteOrder.LITTLE_ENDIAN);
    List<CodeRange> code = ElfImage.parse(program, "program").executable();
    int changes = 1 + random.nextInt(12);
    for (int i = 0; i < changes; i++) {
      int at = place(code, random);
      switch (random.nextInt(3)) {
        case 0 -> bytes.putInt(at, bytes.getInt(at) ^ 1 << random.nextInt(32));
        case 1 -> bytes.putInt(at, bytes.getInt(place(code, random)));
        default -> bytes.putInt(at, random.nextInt());
      }
    }
    return mutant;
  }

  private static int place(List<CodeRange> code, Random random) {
    CodeRange range = code.get(random.nextInt(code.size()));
    return range.offset() + random.nextInt(range.size() / Integer.BYTES) * Integer.BYTES;
  }

  private void run(Path file, boolean flat) {
    RegionLog log = new RegionLog(new Translator());
    Supplier<Engine> translated =
        Engines.translated(
            ShippedDispatcher.A64::dispatcher,
            Pace.eager(PATIENCE),
            Runnable::run,
            new Translator(),
            log,
            null);
    instructions +=
        new LinuxMachine.Builder(() -> new LockstepEngine(translated.get(), references, log))
            .program(file.toString())
            .limits(LIMITS)
            .flatMemory(flat)
            .seed(1)
            .clock(GuestClock.virtual(Instant.EPOCH))
            .build()
            .run()
            .instructions();
    regions += log.made();
  }
}
