package dev.axon64.codegen.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The sources of a tiny network, exact and not, as last approved. To approve what is generated now:
 * {@code mvn test -pl codegen -Dtest=GoldenTest -Daxon64.test.flags=-Daxon64.approve=true}, then
 * read the difference before committing it.
 */
class GoldenTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("axon64.root"), "codegen/src/test/resources/golden");

  @Test
  void anExactNetworkIsSpecialised() throws IOException {
    DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL.replace(" / 15", ""));
    // Unit 0 reads everything, unit 1 is constant, unit 2 can never fire.
    float[] weights = {
      1, 0.5f, -1, 2, 1, 2, 0.5f, -1, 0, 0, 0, 0, 0, -1, -0.25f, 0, -3, 1.5f, -2, 1, 2, 3, -0.5f, 0,
      1, 0, 0.25f
    };
    approve("exact", Lowering.lower(Network.of(spec, weights, "golden")));
  }

  @Test
  void anInexactNetworkKeepsThePublishedOrder() throws IOException {
    DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL);
    float[] weights = new float[spec.parameters()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i % 7 - 3) * 0.3f;
    }
    approve("strict", Lowering.lower(Network.of(spec, weights, "golden")));
  }

  private static void approve(String name, ForwardPlan plan) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    DispatchInput input =
        new DispatchInput(
            plan, "small", "golden", Optional.of("SmallDispatcher"), Optional.empty());
    files.addAll(DispatchBackend.named("java").generate(input));
    files.addAll(DispatchBackend.named("metal").generate(input));
    files.addAll(DispatchBackend.named("opencl").generate(input));
    for (SourceFile file : files) {
      Path golden = FOLDER.resolve(name).resolve(Path.of(file.path()).getFileName() + ".txt");
      if (Boolean.getBoolean("axon64.approve")) {
        Files.createDirectories(golden.getParent());
        Files.writeString(golden, file.text());
      }
      assertEquals(Files.readString(golden), file.text(), golden.toString());
    }
  }
}
