package dev.axon64.machine.elf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged programs, {@code axon64.fuzz} of them: each is read, code and all, or refused by an
 * {@link InputException} of one line, and nothing is allocated out of proportion.
 */
class ElfFuzzTest {
  private static final long SEED = 0x456c66L;
  private static final long MOST_ALLOCATED = 1 << 20;
  private static final int MOST_GROWTH = 64;

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    3,
    8,
    0xfff,
    0x7fff,
    0xffff,
    SampleElf.SIZE,
    SampleElf.SIZE - 1,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    1L << 32,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private int read;
  private int refused;
  private long mostAllocated;

  @Test
  void readsOrRefusesWhateverItIsGiven() throws IOException {
    int count = Integer.getInteger("axon64.fuzz", 2000);
    for (int i = 0; i < count; i++) {
      byte[] bytes = mutant(new Random(SEED + i));
      String failure = failure(bytes);
      if (failure != null) {
        Path kept = Files.createDirectories(Path.of("target", "fuzz")).resolve("elf-" + i);
        Files.write(kept, bytes);
        throw new AssertionError("mutant " + i + ", kept as " + kept + ": " + failure);
      }
    }
    System.out.printf(
        "fuzz elf: %d mutants, %d read, %d refused, at most %d bytes allocated for one%n",
        count, read, refused, mostAllocated);
    assertTrue(refused > count / 4 && read > count / 100, "too few mutants meant anything");
  }

  private static byte[] mutant(Random random) {
    SampleElf elf = new SampleElf();
    if (random.nextInt(4) == 0) {
      elf.withoutSections();
    }
    int changes = random.nextBoolean() ? 1 : 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      changeField(elf, random);
    }
    byte[] bytes = elf.bytes();
    int at = random.nextInt(bytes.length);
    int other = random.nextInt(bytes.length);
    switch (random.nextInt(8)) {
      case 0 -> bytes = Arrays.copyOf(bytes, at);
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> System.arraycopy(bytes, at, bytes, other, bytes.length - Math.max(at, other));
      case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(100));
      default -> {
        return bytes;
      }
    }
    return bytes;
  }

  /** A field of the header, of a segment or of a section, by its true place and width. */
  private static void changeField(SampleElf elf, Random random) {
    long value =
        random.nextInt(3) == 0
            ? random.nextInt(SampleElf.SIZE)
            : EXTREMES[random.nextInt(EXTREMES.length)];
    switch (random.nextInt(4)) {
      case 0 -> elf.with(32 + 8 * random.nextInt(2), 8, value);
      case 1 -> elf.with(52 + 2 * random.nextInt(6), 2, value);
      case 2 -> {
        int segment = random.nextInt(SampleElf.SEGMENT_COUNT);
        int field = random.nextInt(8);
        elf.segment(segment, field < 2 ? 4 * field : 8 * field - 8, field < 2 ? 4 : 8, value);
      }
      default -> {
        int section = random.nextInt(SampleElf.SECTION_COUNT);
        int at = 4 * random.nextInt(16);
        boolean wide = at >= 8 && at % 8 == 0 && at != 40;
        elf.section(section, at, wide ? 8 : 4, value);
      }
    }
  }

  private String failure(byte[] bytes) {
    long before = threads.getCurrentThreadAllocatedBytes();
    String failure = null;
    try {
      ElfImage image = ElfImage.parse(bytes, "mutant");
      CodeWords words = image.words();
      image.interpreter();
      read++;
      failure = words.words().length != words.addresses().length ? "lengths differ" : null;
    } catch (InputException e) {
      refused++;
      String message = e.getMessage();
      if (message.lines().count() != 1 || !message.startsWith("mutant: ")) {
        failure = "its message is not one line about the file: " + message;
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      failure = e + " at " + List.of(e.getStackTrace()).stream().limit(3).toList();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    mostAllocated = Math.max(mostAllocated, allocated);
    if (failure == null && allocated > MOST_ALLOCATED + (long) MOST_GROWTH * bytes.length) {
      failure = allocated + " bytes were allocated for " + bytes.length;
    }
    return failure;
  }
}
