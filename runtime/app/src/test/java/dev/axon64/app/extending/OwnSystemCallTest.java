package dev.axon64.app.extending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.Main;
import dev.axon64.app.documents.Document;
import dev.axon64.app.documents.Document.Block;
import dev.axon64.app.extending.RebuiltMachine.Result;
import dev.axon64.codegen.emit.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The group of calls that the document adds answers a program. */
class OwnSystemCallTest {
  private static final String LIST = "runtime/linux/src/main/java";
  private static final String SYSCALLS = "dev/axon64/linux/call/Syscalls.java";
  private static final String FIRST_GROUP = "            new OpenCalls(kernel),\n";
  private static final int ENOSYS = 38;

  /** Exits with what the call says of the process and itself, or with the call's error. */
  private static final int[] PROGRAM = {
    0xd2801588, // mov x8, #172, getpid
    0xd4000001, // svc #0
    0xaa0003e1, // mov x1, x0
    0xd2800022, // mov x2, #1, the memory
    0xd2802208, // mov x8, #272, kcmp
    0xd4000001, // svc #0
    0xd2800ba8, // mov x8, #93, exit
    0xd4000001, // svc #0
  };

  @Test
  void aClassAndALineMakeACall(@TempDir Path folder) throws Exception {
    String program = SmallProgram.write(folder.resolve("program"), PROGRAM);
    assertEquals(256 - ENOSYS, Main.run("run", program));

    List<Block> blocks = Document.of("docs/extending.md").section("A system call").blocks();
    assertEquals(2, blocks.size());
    String list = Files.readString(Document.ROOT.resolve(LIST).resolve(SYSCALLS));
    assertTrue(list.contains(FIRST_GROUP), "the list of groups looks different now");
    String longer = list.replace(FIRST_GROUP, blocks.get(1).text() + FIRST_GROUP);
    RebuiltMachine machine =
        RebuiltMachine.ofSources(List.of(blocks.get(0).source(), new SourceFile(SYSCALLS, longer)));
    Result result = machine.run("run", program);
    assertEquals(0, result.status(), result.err());
  }
}
