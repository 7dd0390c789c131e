package dev.axon64.linux.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.linux.process.GuestClock;
import dev.axon64.linux.process.Limits;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.memory.AddressSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged snapshots, {@code axon64.fuzz} of them: each is refused in one line, or the guest does
 * not need what is damaged and ends as it should.
 */
class SnapshotDamageTest {
  private static final int MUTANTS = Integer.getInteger("axon64.fuzz", 2000) / 4;
  private static final long SEED = 0x64616dL;

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  private static void refused(String end, Path file) {
    InputException refusal = assertThrows(InputException.class, () -> Snapshot.open(file));
    assertEquals(file + ": " + end, refusal.getMessage());
  }

  private Path taken(SnapshotGuest guest) throws IOException {
    Path file = folder.resolve("taken");
    guest.snapshot(guest.run().status().instructions() / 2, file);
    return file;
  }

  private SnapshotGuest guest() throws IOException {
    return SnapshotGuest.lone(folder, "/dev/axon64/guests/loops/sum", "1", "7");
  }

  @Test
  void isRefusedOrDoesNotMatter() throws IOException {
    SnapshotGuest guest = guest();
    Path file = taken(guest);
    byte[] whole = Files.readAllBytes(file);
    SnapshotGuest.Outcome right = guest.restore(file, null);
    Path mutant = folder.resolve("mutant");
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] bytes = mutant(whole);
      Files.write(mutant, bytes);
      try {
        assertEquals(right, guest.restore(mutant, null), "seed %x, mutant %d".formatted(SEED, i));
      } catch (InputException e) {
        assertFalse(e.getMessage().contains("\n"));
        assertTrue(e.getMessage().startsWith(mutant + ": "), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > MUTANTS / 4, "refused " + refused);
  }

  private byte[] mutant(byte[] whole) {
    byte[] bytes = whole.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(40));
      case 2 -> bytes[bytes.length - 1 - random.nextInt(200)] ^= (byte) (1 + random.nextInt(255));
      default -> {
        for (int i = random.nextInt(5); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
    return bytes;
  }

  /** States with right checksums that no capture writes. */
  @Test
  void statesThatMakeNoSenseAreRefused() throws IOException {
    SnapshotGuest guest = guest();
    Path file = taken(guest);
    String state = new Gson().toJson(Snapshot.open(file).image());
    int refused = 0;
    int tries = MUTANTS / 5;
    for (int i = 0; i < tries; i++) {
      Path forged = folder.resolve("forged");
      forge(mutant(state), Snapshot.open(file), forged);
      try {
        Snapshot snapshot = Snapshot.open(forged);
        try (LazyPages pages = new LazyPages(snapshot, null, 0)) {
          runABit(snapshot, pages);
        }
      } catch (InputException e) {
        assertFalse(e.getMessage().contains("\n"));
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  /** A machine whose spec declares other registers cannot go on with this guest. */
  @Test
  void otherRegistersAreRefused() throws IOException {
    Path file = taken(guest());
    String state = new Gson().toJson(Snapshot.open(file).image());
    Path forged = folder.resolve("forged");
    Map<String, String> cases =
        Map.of(
            state.replace("\"TPIDR\":", "\"ACCT\":"), "no register TPIDR",
            state.replace("\"TPIDR\":[", "\"TPIDR\":[0,"), "a register of another size, TPIDR",
            state.replace("\"TPIDR\":", "\"ACCT\":[1],\"TPIDR\":"),
                "a register ACCT that this one lacks");
    for (Map.Entry<String, String> one : cases.entrySet()) {
      forge(one.getKey(), Snapshot.open(file), forged);
      Snapshot snapshot = Snapshot.open(forged);
      try (LazyPages pages = new LazyPages(snapshot, null, 0)) {
        InputException refusal = assertThrows(InputException.class, () -> runABit(snapshot, pages));
        assertEquals(
            "%s: is of another machine: it has %s; read it with the Axon64 that wrote it"
                .formatted(forged, one.getValue()),
            refusal.getMessage());
      }
    }
  }

  private static void runABit(Snapshot snapshot, LazyPages pages) {
    long before = Math.clamp(snapshot.image().instructions(), 0, Long.MAX_VALUE / 2);
    new LinuxMachine.Builder(
            Engines.of(Engines.Policy.EACH, ShippedDispatcher.A64::dispatcher, null))
        .clock(GuestClock.virtual(Instant.ofEpochSecond(1_700_000_000)))
        .limits(new Limits(16L << 20, before + 2_000, 4, 16, 1 << 16, 1 << 20))
        .restore(snapshot, pages)
        .build()
        .run();
  }

  private String mutant(String state) {
    StringBuilder text = new StringBuilder(state);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, "0123456789-,:[]{}\"an".charAt(random.nextInt(20)));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(30)));
        default -> text.insert(at, random.nextInt());
      }
    }
    return text.toString();
  }

  private static void forge(String state, Snapshot from, Path to) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (SnapshotWriter writer = new SnapshotWriter(out);
        PageReader reader = from.reader()) {
      for (int i = 0; i < from.pages(); i++) {
        writer.add(from.index().number(i), reader.read(i));
      }
      writer.finish(state.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(to, out.toByteArray());
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path file = taken(guest());
    byte[] whole = Files.readAllBytes(file);
    Path other = folder.resolve("other");
    Path missing = folder.resolve("missing");
    refused("no such file; give a snapshot", missing);
    Files.writeString(other, "hello, this is something else altogether, long enough");
    refused("is not a snapshot; give a file that holds one", other);
    Files.write(other, new byte[3]);
    refused("is not a snapshot; give a file that holds one", other);
    Files.write(other, Arrays.copyOf(whole, whole.length - 5));
    refused(
        "is damaged: its end is not what was written, perhaps it was cut off; take the snapshot"
            + " again",
        other);
    byte[] newer = whole.clone();
    newer[8] = 3;
    Files.write(other, newer);
    refused("is a snapshot of version 3, which this Axon64 does not read; take it again", other);
    byte[] page = whole.clone();
    page[SnapshotLayout.PREAMBLE + 10] ^= 1;
    Files.write(other, page);
    Snapshot snapshot = Snapshot.open(other);
    try (PageReader reader = snapshot.reader()) {
      InputException refusal = assertThrows(InputException.class, () -> reader.read(0));
      assertEquals(
          other + ": is damaged: page 0 is not what was written; take the snapshot again",
          refusal.getMessage());
      assertEquals(AddressSpace.PAGE, reader.read(1).length);
    }
  }
}
