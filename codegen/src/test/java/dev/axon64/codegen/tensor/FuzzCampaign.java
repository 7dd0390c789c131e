package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Reads damaged files, {@code axon64.fuzz} of them. Each must be read, or be refused by an {@link
 * InputException} of one line, and must not make the reader allocate out of proportion. A mutant
 * that does anything else is left in {@code target/fuzz}.
 */
final class FuzzCampaign {
  /** The bytes that reading a mutant may allocate beyond a multiple of its size. */
  private static final long MOST_ALLOCATED = 4 << 20;

  private static final int MOST_GROWTH = 64;
  private static final long SEED = 0x41786f6e3634L;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final String format;
  private int read;
  private int refused;
  private long mostAllocated;

  private FuzzCampaign(String format) {
    this.format = format;
  }

  /**
   * @param format for the report
   * @param mutant makes a damaged file from a source of randomness
   */
  static void run(String format, Function<Random, byte[]> mutant) throws IOException {
    int count = Integer.getInteger("axon64.fuzz", 2000);
    FuzzCampaign campaign = new FuzzCampaign(format);
    for (int i = 0; i < count; i++) {
      byte[] bytes = mutant.apply(new Random(SEED + i));
      String failure = campaign.failure(bytes);
      if (failure != null) {
        Path kept = Files.createDirectories(Path.of("target", "fuzz")).resolve(format + "-" + i);
        Files.write(kept, bytes);
        throw new AssertionError(format + " mutant " + i + ", kept as " + kept + ": " + failure);
      }
    }
    System.out.printf(
        "fuzz %s: %d mutants, %d read, %d refused, at most %d bytes allocated for one%n",
        format, count, campaign.read, campaign.refused, campaign.mostAllocated);
    assertTrue(campaign.refused > count / 4, "too few mutants were damaged to mean anything");
  }

  private String failure(byte[] bytes) {
    long before = threads.getCurrentThreadAllocatedBytes();
    String failure = null;
    try {
      List<Tensor> tensors = TensorFiles.read(bytes, "mutant");
      read++;
      failure = tensors.isEmpty() ? "it was read as nothing" : null;
    } catch (InputException e) {
      refused++;
      String message = e.getMessage();
      if (message.lines().count() != 1 || !message.startsWith("mutant: ")) {
        failure = "its message is not one line about the file: " + message;
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      failure = e.toString() + " at " + List.of(e.getStackTrace()).stream().limit(3).toList();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    mostAllocated = Math.max(mostAllocated, allocated);
    if (failure == null && allocated > MOST_ALLOCATED + (long) MOST_GROWTH * bytes.length) {
      failure = allocated + " bytes were allocated for " + bytes.length;
    }
    return failure;
  }
}
