package dev.axon64.app.extending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.documents.Document;
import dev.axon64.app.documents.Document.Block;
import dev.axon64.app.extending.RebuiltMachine.Result;
import dev.axon64.codegen.isa.InstructionSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A register and its instructions, added in the spec alone, are there wherever state is. */
class OwnRegisterTest {
  private static final Path SPEC =
      Document.ROOT.resolve("codegen/src/main/resources/dev/axon64/isa");

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

  @TempDir private static Path folder;

  private static RebuiltMachine machine;
  private static String program;

  @BeforeAll
  static void build() throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    for (String name : InstructionSpec.A64_FILES) {
      files.put(name, Files.readString(SPEC.resolve(name)));
    }
    List<Block> blocks = Document.of("docs/extending.md").section("A register").blocks();
    files.merge("state.isa", "\n" + blocks.get(0).text(), String::concat);
    files.merge("system.isa", "\n" + blocks.get(1).text(), String::concat);
    machine = RebuiltMachine.ofSpec(files);
    program = SmallProgram.write(folder.resolve("program"), PROGRAM);
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
