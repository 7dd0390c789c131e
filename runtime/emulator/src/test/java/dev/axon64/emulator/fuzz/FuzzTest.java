package dev.axon64.emulator.fuzz;

import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.emulator.Axon64;
import dev.axon64.emulator.Elf;
import dev.axon64.emulator.Emulator;
import dev.axon64.machine.engine.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FuzzTest {
  private static final long STACK = 0x7000_0000L;
  private static final long INPUT = 0x6000_0000L;
  private static final int MOST = 256;

  private static Harness parser() throws IOException {
    Emulator emulator =
        Axon64.emulator()
            .build()
            .map(STACK - 0x1000, 0x1000, READ | WRITE)
            .map(INPUT, 0x1000, READ)
            .sp(STACK - 0x100);
    try (InputStream in = FuzzTest.class.getResourceAsStream("/dev/axon64/guests/fuzz/parser.o")) {
      long parse = Elf.parse(in.readAllBytes(), "parser.o").loadInto(emulator).address("parse");
      return new Harness(emulator, parse, INPUT + 0x1000 - MOST, MOST, new CoverageMap(), 10_000);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aHarnessCallsAgainAndAgain() throws IOException {
    Harness harness = parser();
    for (int i = 0; i < 3; i++) {
      assertEquals(new Stop.Until(), harness.run(text("@a=1;b=\"two\";c=3")));
      assertEquals(3, harness.emulator().w(0));
      assertEquals(new Stop.Until(), harness.run(text("none")));
      assertEquals(-1, harness.emulator().w(0));
      assertEquals(new Stop.Until(), harness.run(new byte[0]));
    }
    assertEquals(9, harness.executions());
  }

  /** Each time the same, whatever was run before. */
  @Test
  void coverageIsThatOfTheInputAlone() throws IOException {
    Harness harness = parser();
    harness.run(text("@a=1;"));
    byte[] first = harness.coverage().bytes().clone();
    int edges = harness.coverage().edges();
    assertTrue(edges > 4);
    harness.run(text("@abc=\"1\";"));
    assertTrue(harness.coverage().edges() > edges);
    harness.run(text("@a=1;"));
    assertArrayEquals(first, harness.coverage().bytes());
  }

  @Test
  void aFunctionThatCrashesSaysWhere() throws IOException {
    Harness harness = parser();
    byte[] tooLong = text("@a=\"" + "x".repeat(40) + "\";");
    GuestCrash crash = assertThrows(GuestCrash.class, () -> harness.test(tooLong));
    assertInstanceOf(Stop.Fault.class, crash.stop());
    assertDoesNotThrow(() -> harness.test(text("@a=\"x\";")));
  }

  /** The worked example of the document: the planted bug, from one valid input. */
  @Test
  void thePlantedBugIsFound() throws IOException {
    Harness harness = parser();
    Fuzzer fuzzer = new Fuzzer(harness, MOST, 1).seed(text("@a=1;"));
    Optional<Fuzzer.Finding> finding = fuzzer.run(3_000_000);
    assertTrue(finding.isPresent(), () -> fuzzer.corpus().size() + " inputs, no crash");
    byte[] input = finding.get().input();
    assertTrue(Harness.isCrash(harness.run(input)));
    String found = new String(input, StandardCharsets.ISO_8859_1);
    assertTrue(found.startsWith("@") && found.contains("=\""), found);
    assertTrue(input.length < 60, found);
    System.out.println("found in " + finding.get().executions() + " executions");
  }

  @Test
  void theSameSeedTriesTheSame() throws IOException {
    Optional<Fuzzer.Finding> one = new Fuzzer(parser(), MOST, 5).seed(text("@a=\"1")).run(20_000);
    Optional<Fuzzer.Finding> two = new Fuzzer(parser(), MOST, 5).seed(text("@a=\"1")).run(20_000);
    assertEquals(one.isPresent(), two.isPresent());
    one.ifPresent(finding -> assertArrayEquals(finding.input(), two.get().input()));
  }

  /** Without memory, what a call wrote is there in the next. */
  @Test
  void registersAloneCanBeReset() {
    Emulator emulator =
        Axon64.emulator()
            .build()
            .map(0x10000, 0x1000, READ | EXECUTE)
            .map(0x20000, 0x1000, READ | WRITE)
            // ldr x3, [x2]; add x3, x3, #1; str x3, [x2]; ret
            .write(0x10000, 0xf9400043, 0x91000463, 0xf9000043, 0xd65f03c0)
            .x(2, 0x20000);
    Harness harness = new Harness(emulator, 0x10000, 0x20800, 16, new CoverageMap(64), 100);
    for (int i = 0; i < 5; i++) {
      harness.run(new byte[] {1, 2, 3});
    }
    assertEquals(1, emulator.x(3));
    harness.keepingMemory();
    for (int i = 0; i < 5; i++) {
      harness.run(new byte[] {1, 2, 3});
    }
    assertEquals(6, emulator.x(3));
    assertEquals(3, emulator.x(1));
  }

  @Test
  void aBudgetThatIsUsedUpIsNoCrash() {
    Emulator emulator =
        Axon64.emulator()
            .build()
            .map(0x10000, 0x1000, READ | EXECUTE)
            .map(0x20000, 0x1000, READ)
            .write(0x10000, 0x14000000);
    Harness harness = new Harness(emulator, 0x10000, 0x20000, 16, new CoverageMap(), 100);
    assertEquals(Stop.BUDGET, harness.run(new byte[100]));
    assertFalse(Harness.isCrash(Stop.BUDGET));
    assertDoesNotThrow(() -> harness.test(new byte[1]));
  }

  /** However many edges there were: some are cleared one by one, more all at once. */
  @Test
  void aMapIsClearedAltogether() {
    CoverageMap map = new CoverageMap();
    for (int blocks : new int[] {3, 1023, 1024, 5000}) {
      for (int times = 0; times < 256; times++) { // counts are 0 again, and go on
        for (int i = 0; i < blocks; i++) {
          map.block(null, 4L * i);
        }
      }
      map.block(null, 0);
      assertTrue(map.edges() > 0);
      map.clear();
      assertArrayEquals(new byte[CoverageMap.SIZE], map.bytes(), blocks + " blocks");
    }
  }

  @Test
  void mapsHaveSizesThatAreMasks() {
    assertThrows(IllegalArgumentException.class, () -> new CoverageMap(100));
    assertThrows(IllegalArgumentException.class, () -> new CoverageMap(0));
  }
}
