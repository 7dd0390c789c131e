package dev.axon64.codegen.emit.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Backends are peers that are found by name. Goldens are what each writes for three instructions;
 * to approve what is written now: {@code mvn test -pl codegen -Dtest=InstructionBackendTest
 * -Daxon64.test.flags=-Daxon64.approve=true}, then read the difference before committing it.
 */
class InstructionBackendTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("axon64.root"), "codegen/src/test/resources/golden/kernels");
  private static final InstructionSet SET = InstructionSpec.a64();

  /** One instruction as the only one of its kernel. */
  private static BackendInput alone(String name) {
    Instruction instruction =
        SET.instructions().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
    KernelPlan.Kernel kernel =
        new KernelPlan.Kernel(instruction.kernel(), List.of(instruction), new DecodeTree.Leaf(0));
    KernelPlan plan = new KernelPlan("golden", List.of(kernel), SET.withShared(List.of()));
    DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL);
    Network network = Network.of(spec, new float[spec.parameters()], "golden");
    return new BackendInput(plan, List.of(), Optional.of(Lowering.lower(network)), "golden");
  }

  /** What a file says from the line that names the instruction's method up to its end. */
  private static String method(String text, String head) {
    List<String> lines = text.lines().toList();
    int from = 0;
    while (!lines.get(from).contains(head)) {
      from++;
    }
    String indent = lines.get(from).replaceFirst("\\S.*", "");
    int to = from;
    while (!lines.get(to).equals(indent + "}")) {
      to++;
    }
    return String.join("\n", lines.subList(from, to + 1)) + "\n";
  }

  @ParameterizedTest
  @CsvSource({"ADD, ADD_shifted_sf0_shift0", "LDR, LDR_writeback_size2_pre1", "CBZ, CBZ_sf1"})
  void writesWhatWasApproved(String mnemonic, String name) throws IOException {
    for (String backend : List.of("java", "lanes", "metal", "opencl")) {
      SourceFile file = InstructionBackend.named(backend).generate(alone(name)).getFirst();
      String head =
          backend.matches("java|lanes") ? "long " + name + "(" : "ulong a64_" + name + "(";
      String written = method(file.text(), head);
      Path golden = FOLDER.resolve(mnemonic + "." + backend + ".txt");
      if (Boolean.getBoolean("axon64.approve")) {
        Files.createDirectories(golden.getParent());
        Files.writeString(golden, written);
      }
      assertEquals(Files.readString(golden), written, golden.toString());
    }
  }

  /** One class and one line make a backend, which gets the same input as its peers. */
  @Test
  void aBackendOfTheTestsIsAPeer() {
    assertEquals(
        List.of("java", "lanes", "metal", "opencl", "text"),
        InstructionBackend.all().stream().map(InstructionBackend::name).toList());
    SourceFile file =
        InstructionBackend.named("text").generate(alone("ADD_shifted_sf1_shift0")).getFirst();
    assertEquals("ARITHMETIC.txt", file.path());
    assertTrue(file.text().startsWith("ADD_shifted_sf1_shift0\n"), file.text());
    assertTrue(file.text().contains("SetX[index=Binary[op=AND, width=32"), file.text());
  }

  @Test
  void aBackendThatIsNotThereIsRefused() {
    InputException e = assertThrows(InputException.class, () -> InstructionBackend.named("cobol"));
    assertEquals(
        "backend cobol: no such backend; one of [java, lanes, metal, opencl, text]",
        e.getMessage());
  }
}
