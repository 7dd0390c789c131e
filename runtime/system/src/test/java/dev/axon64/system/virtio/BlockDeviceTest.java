package dev.axon64.system.virtio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import dev.axon64.system.share.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks, through a queue, and drivers that break its rules. */
class BlockDeviceTest {
  private static final int SECTOR = 512;
  private static final int SECTORS = 300;
  private static final int TRIES = Boolean.getBoolean("axon64.campaign") ? 300_000 : 5_000;

  @TempDir Path folder;

  private final byte[] contents = new byte[SECTOR * SECTORS];
  private Path file;

  private Disk disk(boolean writable) throws IOException {
    new Random(1).nextBytes(contents);
    file = Files.write(folder.resolve("disk"), contents);
    return Disk.open(file, writable);
  }

  private static byte[] request(int kind, long sector, byte... data) {
    return ByteBuffer.allocate(16 + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(kind)
        .putInt(0)
        .putLong(sector)
        .put(data)
        .array();
  }

  private static byte status(byte[] answer) {
    return answer[answer.length - 1];
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsAndWrites(boolean writable) throws IOException {
    try (Disk disk = disk(writable)) {
      Driver driver = new Driver(new BlockDevice(disk, "disk")).start();
      assertEquals(SECTORS, driver.registers.load(0x100, 8));
      byte[] answer = driver.ask(request(0, 7), 2 * SECTOR + 1);
      assertTrue(driver.interrupted);
      driver.registers.store(0x64, 4, 1);
      assertFalse(driver.interrupted);
      assertEquals(0, status(answer));
      assertArrayEquals(
          Arrays.copyOfRange(contents, 7 * SECTOR, 9 * SECTOR), Arrays.copyOf(answer, 2 * SECTOR));
      byte[] changed = new byte[SECTOR];
      Arrays.fill(changed, (byte) 'x');
      assertEquals(0, status(driver.ask(request(1, 8, changed), 1)));
      assertEquals(0, status(driver.ask(request(4, 0), 1)));
      answer = driver.ask(request(0, 7), 3 * SECTOR + 1);
      assertArrayEquals(changed, Arrays.copyOfRange(answer, SECTOR, 2 * SECTOR));
      assertArrayEquals(
          Arrays.copyOfRange(contents, 9 * SECTOR, 10 * SECTOR),
          Arrays.copyOfRange(answer, 2 * SECTOR, 3 * SECTOR));
      byte[] expected = contents.clone();
      if (writable) {
        System.arraycopy(changed, 0, expected, 8 * SECTOR, SECTOR);
      }
      assertArrayEquals(expected, Files.readAllBytes(file));
    }
  }

  @Test
  void refusesWhatDoesNotLieOnIt() throws IOException {
    try (Disk disk = disk(false)) {
      Driver driver = new Driver(new BlockDevice(disk, "disk")).start();
      assertEquals(1, status(driver.ask(request(0, SECTORS), SECTOR + 1)));
      assertEquals(1, status(driver.ask(request(0, -1), SECTOR + 1)));
      assertEquals(1, status(driver.ask(request(0, Long.MAX_VALUE), SECTOR + 1)));
      assertEquals(1, status(driver.ask(request(0, 0), SECTOR)));
      assertEquals(1, status(driver.ask(request(1, SECTORS - 1, new byte[2 * SECTOR]), 1)));
      assertEquals(2, status(driver.ask(request(99, 0), 1)));
      byte[] name = driver.ask(request(8, 0), 21);
      assertEquals("disk", new String(name, 0, 4, java.nio.charset.StandardCharsets.US_ASCII));
      assertFalse(driver.isBroken());
    }
  }

  @Test
  void aDriverThatBreaksTheRulesStopsTheDevice() throws IOException {
    try (Disk disk = disk(false)) {
      Driver driver = new Driver(new BlockDevice(disk, "disk")).start();
      assertNull(driver.ask(new byte[3], 1));
      assertTrue(driver.isBroken());
      assertNull(driver.ask(request(0, 0), SECTOR + 1));
      Driver circle = new Driver(new BlockDevice(disk, "disk")).start();
      circle.descriptor(0, Driver.MEMORY, 16, 1, 0);
      circle.send();
      assertTrue(circle.isBroken());
      Driver outside = new Driver(new BlockDevice(disk, "disk")).start();
      outside.descriptor(0, -16, 32, 0, 0);
      outside.send();
      assertTrue(outside.isBroken());
    }
  }

  /** Queues of random bytes: no host exception, nothing outside memory, an end. */
  @Test
  void anyQueue() throws IOException {
    Random random = new Random(Long.getLong("axon64.seed", 18));
    try (Disk disk = disk(false)) {
      for (int i = 0; i < TRIES; i++) {
        NetDevice net = new NetDevice(new byte[6]);
        ConsoleDevice console = new ConsoleDevice(value -> {});
        VirtioDevice[] devices = {
          new BlockDevice(disk, "d"),
          new EntropyDevice(1),
          net,
          console,
          new FolderDevice(new SharedFolder(folder), "share")
        };
        Driver driver = new Driver(devices[random.nextInt(devices.length)]);
        driver.start();
        for (int n = 0; n < 12; n++) {
          long address = Driver.MEMORY + 0x1000 + random.nextInt(0x20) * 0x100L;
          driver.put(address + random.nextInt(0x40), 1 << random.nextInt(4), random.nextLong());
          driver.descriptor(
              random.nextInt(Driver.SIZE),
              Driver.MEMORY + random.nextInt(1 << 20),
              random.nextInt(1 << random.nextInt(1, 24)),
              random.nextInt(4),
              random.nextInt(Driver.SIZE + 1));
          if (driver.device == net) {
            net.receive(new byte[random.nextInt(2000)], random.nextInt(2) * 1460);
          } else if (driver.device == console && console.room() > 0) {
            console.receive(7);
          }
          if (random.nextInt(3) == 0) {
            driver.send();
          } else {
            long register = random.nextInt(0x140) & -4;
            if (random.nextBoolean()) {
              driver.registers.store(register, 4, random.nextInt() & 0xffff_ffffL);
            } else {
              driver.registers.load(register, 4);
            }
          }
        }
      }
    }
  }

  @Test
  void refusesFilesThatAreNoDisks() throws IOException {
    Path odd = Files.write(folder.resolve("odd"), new byte[100]);
    assertThrows(InputException.class, () -> Disk.open(odd, false));
    assertThrows(InputException.class, () -> Disk.open(folder.resolve("none"), false));
  }

  @Test
  void randomNumbersAreTheSameEachTime() {
    byte[] first = new Driver(new EntropyDevice(5)).start().ask(new byte[0], 64);
    byte[] second = new Driver(new EntropyDevice(5)).start().ask(new byte[0], 64);
    assertArrayEquals(first, second);
    assertFalse(Arrays.equals(first, new byte[64]));
  }
}
