package dev.axon64.app.extending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.extending.RebuiltMachine.Result;
import dev.axon64.codegen.isa.InstructionSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A register and its instructions, added in the spec alone, are there wherever state is. */
class OwnRegisterTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));
  private static final Path SPEC = ROOT.resolve("codegen/src/main/resources/dev/axon64/isa");

  /** Moves 42 through the register and exits with it. */
  private static final int[] PROGRAM = {
    0xd2800540, // mov x0, #42
    0xd51bf200, // msr acct, x0
    0xd2800000, // mov x0, #0
    0xd53bf201, // mrs x1, acct
    0xaa0103e0, // mov x0, x1
    0xd2800ba8, // mov x8, #93
    0xd4000001, // svc #0
  };

  private static final long BASE = 0x10000;
  private static final int HEADERS = 64 + 56;

  @TempDir private static Path folder;

  private static RebuiltMachine machine;
  private static String program;

  @BeforeAll
  static void build() throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : InstructionSpec.A64_FILES) {
      files.put(name, Files.readString(SPEC.resolve(name)));
    }
    files.merge("state.isa", "\nstate ACCT: bits(64) trace \"acct\";\n", String::concat);
    files.merge(
        "system.isa",
        """

        instruction MRS_ACCT SYSTEM {
          bits  1101 0101 0011 1 011 1111 0010 000 Rt:5;
          asm   "mrs {Rt|x}, acct";
          do {
            X[Rt] = ACCT;
          }
        }

        instruction MSR_ACCT SYSTEM {
          bits  1101 0101 0001 1 011 1111 0010 000 Rt:5;
          asm   "msr acct, {Rt|x}";
          do {
            ACCT = X[Rt];
          }
        }
        """,
        String::concat);
    machine = new RebuiltMachine(files);
    Path file = folder.resolve("program");
    Files.write(file, elf(PROGRAM));
    program = file.toString();
  }

  /** A static program of one segment. */
  private static byte[] elf(int... words) {
    int size = HEADERS + words.length * Integer.BYTES;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put("\u007fELF".getBytes(StandardCharsets.US_ASCII));
    elf.put(new byte[] {2, 1, 1}).position(16);
    elf.putShort((short) 2).putShort((short) 183).putInt(1); // executable, AArch64
    elf.putLong(BASE + HEADERS).putLong(64).putLong(0).putInt(0);
    elf.putShort((short) 64).putShort((short) 56).putShort((short) 1).position(64);
    elf.putInt(1).putInt(5).putLong(0); // loaded, to be read and executed
    elf.putLong(BASE).putLong(BASE).putLong(size).putLong(size).putLong(4096);
    for (int word : words) {
      elf.putInt(word);
    }
    return elf.array();
  }

  private static void exitsWith42(String... command) throws ReflectiveOperationException {
    Result result = machine.run(command);
    assertEquals(42, result.status(), result.err());
  }

  @Test
  void inTheScalarEngine() throws Exception {
    exitsWith42("run", program);
    exitsWith42("run", "--dispatch", "each", program);
  }

  @Test
  void inLanes() throws Exception {
    exitsWith42("run", "--engine", "lanes", program);
  }

  @Test
  void inTheShader() throws Exception {
    exitsWith42("run", "--engine", "metal", program);
  }

  @Test
  void inTraces() throws Exception {
    Result result = machine.run("trace", program);
    assertEquals(42, result.status(), result.err());
    assertTrue(
        result.err().lines().anyMatch(line -> line.matches(".* msr acct, x0 +acct=2a")),
        result.err());
  }

  @Test
  void inSnapshots() throws Exception {
    String snapshot = folder.resolve("snapshot").toString();
    Result taken = machine.run("run", "--snapshot", snapshot, "--snapshot-after", "3", program);
    assertEquals(0, taken.status(), taken.err());
    exitsWith42("run", "--restore", snapshot);
  }

  @Test
  void inTheDisassembler() throws Exception {
    Result result = machine.run("disasm", "--word", "d53bf201");
    assertEquals("       0:\td53bf201 \tmrs\tx1, acct", result.out().stripTrailing());
  }
}
