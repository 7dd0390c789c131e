package dev.axon64.system.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.system.MachineEnd;
import dev.axon64.system.TestMachine;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Kernels' headers, plain, packed and damaged. */
class KernelImageTest {
  private static final int TRIES = Boolean.getBoolean("axon64.campaign") ? 100_000 : 5_000;
  private static final int SIZE = 4096;

  /** A kernel that switches the machine off. */
  private static byte[] kernel() {
    ByteBuffer image = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    image.putInt(0x14000010).putInt(0); // b 64
    image.putLong(0).putLong(SIZE).putLong(0xa);
    image.putInt(56, 0x644d5241);
    image.putInt(64, 0xd2800100).putInt(68, 0xf2b08000).putInt(72, 0xd4000002);
    return image.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] zstd(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStream out = new ZstdOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** The program for EFI that holds a packed kernel. */
  private static byte[] zboot(byte[] packed, String type) {
    ByteBuffer program = ByteBuffer.allocate(256 + packed.length).order(ByteOrder.LITTLE_ENDIAN);
    program.putInt(0x5a4d).putInt(0x676d697a).putInt(256).putInt(packed.length);
    program.put(24, type.getBytes(StandardCharsets.US_ASCII));
    program.put(256, packed);
    return program.array();
  }

  @Test
  void starts() {
    TestMachine machine = new TestMachine(Policy.PAGE);
    new LinuxBoot(machine.machine())
        .start(
            KernelImage.of(kernel(), "kernel"),
            Optional.of(new byte[100]),
            "quiet",
            Optional.empty());
    assertEquals(MachineEnd.OFF, machine.machine().run(1000));
    assertEquals(4, machine.machine().executed());
  }

  @Test
  void unpacks() throws IOException {
    byte[] kernel = kernel();
    assertArrayEquals(kernel, PackedImage.unpack(kernel, "plain"));
    assertArrayEquals(kernel, PackedImage.unpack(gzip(kernel), "gzip"));
    assertArrayEquals(kernel, PackedImage.unpack(zboot(gzip(kernel), "gzip"), "zboot"));
    assertArrayEquals(kernel, PackedImage.unpack(zstd(kernel), "zstd"));
    // The kernel's build appends the size.
    byte[] sized = Arrays.copyOf(zstd(kernel), zstd(kernel).length + 4);
    assertArrayEquals(kernel, PackedImage.unpack(zboot(sized, "zstd22"), "zboot"));
    byte[] other = zboot(gzip(kernel), "lzma");
    InputException refused =
        assertThrows(InputException.class, () -> PackedImage.unpack(other, "other"));
    assertTrue(refused.getMessage().contains("lzma"), refused.getMessage());
  }

  @Test
  void tooLittleMemory() {
    byte[] bytes = kernel();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(16, 1L << 30);
    LinuxBoot boot = new LinuxBoot(new TestMachine(Policy.PAGE).machine());
    KernelImage image = KernelImage.of(bytes, "large");
    InputException refused =
        assertThrows(
            InputException.class, () -> boot.start(image, Optional.empty(), "", Optional.empty()));
    assertTrue(refused.getMessage().contains("give the machine more"), refused.getMessage());
  }

  /** Damaged kernels are refused in one line, or have a place and a size that can be checked. */
  @Test
  void damage() throws IOException {
    Random random = new Random(Long.getLong("axon64.seed", 18));
    byte[][] good = {
      kernel(), gzip(kernel()), zboot(gzip(kernel()), "gzip"), zboot(zstd(kernel()), "zstd")
    };
    int refused = 0;
    for (int i = 0; i < TRIES; i++) {
      byte[] bad = good[random.nextInt(good.length)].clone();
      for (int n = random.nextInt(6); n >= 0; n--) {
        bad[random.nextInt(Math.min(bad.length, 128))] = (byte) random.nextInt();
      }
      byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad;
      TestMachine machine = null;
      try {
        KernelImage image = KernelImage.of(PackedImage.unpack(cut, "bad"), "bad");
        machine = i % 50 == 0 ? new TestMachine(Policy.EACH) : null;
        if (machine != null) {
          new LinuxBoot(machine.machine()).start(image, Optional.empty(), "", Optional.empty());
        }
      } catch (InputException e) {
        refused++;
      }
    }
    assertTrue(refused > TRIES / 4, refused + " refused");
  }
}
