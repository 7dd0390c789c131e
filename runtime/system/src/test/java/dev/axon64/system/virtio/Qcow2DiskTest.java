package dev.axon64.system.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of qcow2: those that are written here, and QEMU's own. */
class Qcow2DiskTest {
  private static final int CLUSTERS = 16;
  private static final int IMAGES = Boolean.getBoolean("axon64.campaign") ? 100_000 : 1_000;

  @TempDir Path folder;

  private static byte[] pattern(int seed, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (seed * 37 + i / 16);
    }
    return bytes;
  }

  private static Qcow2Image image(int version) {
    return new Qcow2Image(version, CLUSTERS)
        .plain(0, pattern(1, Qcow2Image.CLUSTER))
        .packed(1, pattern(2, Qcow2Image.CLUSTER))
        .packed(5, pattern(3, Qcow2Image.CLUSTER));
  }

  private Disk open(byte[] image) throws IOException {
    return Disk.open(Files.write(folder.resolve("image"), image), false);
  }

  private static byte[] read(Disk disk, long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    disk.read(at, bytes, 0, length);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void allKindsOfClustersAreRead(int version) throws IOException {
    Qcow2Image image = image(version);
    if (version == 3) {
      image.zero(2);
    }
    try (Disk disk = open(image.bytes())) {
      int size = Qcow2Image.CLUSTER;
      assertEquals((long) CLUSTERS * size, disk.size());
      byte[] all = read(disk, 0, CLUSTERS * size);
      byte[] expected = new byte[CLUSTERS * size];
      System.arraycopy(pattern(1, size), 0, expected, 0, size);
      System.arraycopy(pattern(2, size), 0, expected, size, size);
      System.arraycopy(pattern(3, size), 0, expected, 5 * size, size);
      assertArrayEquals(expected, all);
      assertArrayEquals(Arrays.copyOfRange(all, 3000, 9000), read(disk, 3000, 6000));
      disk.write(4000, pattern(9, 1000), 1000);
      assertArrayEquals(pattern(9, 1000), read(disk, 4000, 1000));
      assertArrayEquals(Arrays.copyOfRange(all, 5000, 9000), read(disk, 5000, 4000));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1, version",
    "8, 1, below it",
    "20, 40, header",
    "28, 0, header",
    "32, 1, encrypted",
    "36, 0, table",
    "40, 1, table",
    "76, 4, unknown features"
  })
  void whatCannotBeReadIsRefused(int at, int value, String why) {
    byte[] image = image(3).header(at, value).bytes();
    InputException refused = assertThrows(InputException.class, () -> open(image));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void imagesAreNotChanged() throws IOException {
    Path file = Files.write(folder.resolve("image"), image(3).bytes());
    assertThrows(InputException.class, () -> Disk.open(file, true));
  }

  /** Whatever is damaged is refused, or an error of the disk. */
  @Test
  void damagedImages() throws IOException {
    SplittableRandom random = new SplittableRandom(18);
    byte[] whole = image(3).bytes();
    Path file = folder.resolve("damaged");
    for (int i = 0; i < IMAGES; i++) {
      byte[] damaged =
          random.nextInt(8) == 0
              ? Arrays.copyOf(whole, random.nextInt(whole.length))
              : whole.clone();
      for (int n = random.nextInt(1, 6); n > 0 && damaged.length > 0; n--) {
        int part = random.nextInt(3);
        int at = part == 0 ? random.nextInt(112) : part * Qcow2Image.CLUSTER + random.nextInt(128);
        damaged[at % damaged.length] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try (Disk disk = Disk.open(file, false)) {
        for (int n = 0; n < 8 && disk.size() >= 8192; n++) {
          read(disk, random.nextLong(disk.size() - 4096), 4096);
        }
      } catch (InputException | IOException e) {
        assertTrue(e.getMessage() == null || !e.getMessage().isBlank());
      }
    }
  }

  /** Images that QEMU wrote, of each kind, hold what went into them. */
  @Test
  void readsWhatQemuWrites() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(18);
    byte[] content = new byte[1 << 20];
    for (int i = 0; i < content.length / 2; i += 4096) {
      Arrays.fill(content, i, i + 4096, (byte) random.nextInt());
    }
    Path raw = Files.write(folder.resolve("raw"), content);
    for (String options :
        List.of("compat=0.10", "compat=1.1", "compression_type=zstd", "cluster_size=512")) {
      for (boolean packs : new boolean[] {false, true}) {
        Path image = folder.resolve("qemu" + packs);
        List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f"));
        command.addAll(List.of("raw", "-O", "qcow2", "-o", options));
        if (packs) {
          command.add("-c");
        }
        command.addAll(List.of(raw.toString(), image.toString()));
        int status;
        try {
          status = new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
          System.out.println("qcow2: skipped: qemu-img is not installed");
          Assumptions.abort("skipped: qemu-img is not installed");
          return;
        }
        assertEquals(0, status);
        try (Disk disk = Disk.open(image, false)) {
          assertArrayEquals(content, read(disk, 0, content.length), options + " " + packs);
        }
      }
    }
  }
}
