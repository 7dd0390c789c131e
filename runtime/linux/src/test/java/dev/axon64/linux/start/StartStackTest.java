package dev.axon64.linux.start;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.identity.Identity;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The stack image of a new program, read as a program reads it. */
class StartStackTest {
  private static final byte[] RANDOM = "sixteen bytes ok".getBytes(StandardCharsets.US_ASCII);

  private final AddressSpace memory = new AddressSpace(new MemoryLimit(64L << 20));

  private StartStack.Placed write(List<String> arguments, List<String> environment) {
    new ProgramLoader(memory).mapStack(false);
    return StartStack.write(
        memory,
        new StartStack.Contents(
            arguments.stream().map(StartStackTest::bytes).toList(),
            environment.stream().map(StartStackTest::bytes).toList(),
            bytes("/bin/program"),
            new ProgramLoader.Loaded(0x400100, 0x400040, 5, 0x500000),
            0x7000_0000L,
            RANDOM,
            Identity.of(7, 8)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String string(long address) {
    StringBuilder text = new StringBuilder();
    for (long at = address; memory.load8(at) != 0; at++) {
      text.append((char) memory.load8(at));
    }
    return text.toString();
  }

  private List<String> strings(long vector) {
    List<String> strings = new ArrayList<>();
    for (long at = vector; memory.load64(at) != 0; at += 8) {
      strings.add(string(memory.load64(at)));
    }
    return strings;
  }

  @Test
  void argumentsEnvironmentAndVectorFollowEachOther() {
    List<String> arguments = List.of("program", "", "a b");
    List<String> environment = List.of("A=1", "B=");
    StartStack.Placed placed = write(arguments, environment);
    long sp = placed.pointer();
    assertEquals(0, sp & 15);
    assertEquals(3, memory.load64(sp));
    assertEquals(arguments, strings(sp + 8));
    long environmentVector = sp + 8 + 4 * 8;
    assertEquals(environment, strings(environmentVector));
    Map<Long, Long> vector = new HashMap<>();
    long at = environmentVector + 3 * 8;
    for (; memory.load64(at) != 0; at += 16) {
      vector.put(memory.load64(at), memory.load64(at + 8));
    }
    assertEquals(0x400040, vector.get(3L), "AT_PHDR");
    assertEquals(56, vector.get(4L), "AT_PHENT");
    assertEquals(5, vector.get(5L), "AT_PHNUM");
    assertEquals(4096, vector.get(6L), "AT_PAGESZ");
    assertEquals(0x7000_0000L, vector.get(7L), "AT_BASE");
    assertEquals(0x400100, vector.get(9L), "AT_ENTRY");
    assertEquals(7, vector.get(11L), "AT_UID");
    assertEquals(8, vector.get(14L), "AT_EGID");
    assertEquals("aarch64", string(vector.get(15L)));
    assertEquals(0x8008183L, vector.get(16L), "fp asimd crc32 atomics lrcpc flagm");
    assertEquals(100, vector.get(17L), "AT_CLKTCK");
    assertEquals(0, vector.get(23L), "AT_SECURE");
    assertArrayEquals(RANDOM, memory.read(vector.get(25L), 16));
    assertEquals("/bin/program", string(vector.get(31L)));
    assertTrue(!vector.containsKey(33L), "no vDSO");
    assertEquals("program", string(placed.argumentStart()));
    assertEquals("A=1", string(placed.argumentEnd()));
  }

  @Test
  void tooManyArgumentsAreRefused() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      many.add("x");
    }
    SysError e = assertThrows(SysError.class, () -> write(many, List.of()));
    assertEquals(Errno.E2BIG, e.errno);
  }
}
