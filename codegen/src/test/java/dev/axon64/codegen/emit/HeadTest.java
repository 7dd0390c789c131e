package dev.axon64.codegen.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.codegen.emit.program.ShaderTensorBackend;
import dev.axon64.codegen.fixtures.RandomGraph;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.support.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the heads of generated files say is what the files are, and what they were made from. */
class HeadTest {
  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));
  private static final Path MODELS = ROOT.resolve("weights/models");
  private static final Network A64 =
      Models.select(null, MODELS.resolve("a64.spec").toString(), MODELS.resolve("a64.npy"));
  private static final ForwardPlan PLAN = Lowering.lower(A64);

  private static List<SourceFile> dispatch(String backend) {
    return DispatchBackend.named(backend).generate(new DispatchInput(PLAN));
  }

  private static final Map<String, SourceFile> GUESTS = new ConcurrentHashMap<>();

  /** What executes guests; made once, since it takes a while. */
  private static SourceFile guests(String backend) {
    return GUESTS.computeIfAbsent(backend, HeadTest::generateGuests);
  }

  private static SourceFile generateGuests(String backend) {
    KernelPlan plan = KernelPlan.of(A64.spec(), InstructionSpec.a64());
    return InstructionBackend.named(backend)
        .generate(new BackendInput(plan, List.of(), Optional.of(PLAN), ""))
        .getFirst();
  }

  private static String digest(String file) throws IOException {
    return Digests.sha256(Files.readAllBytes(ROOT.resolve(file)));
  }

  private static void says(SourceFile file, String part, String sha256) {
    Pattern line = Pattern.compile(Pattern.quote(part) + " +sha256 " + sha256);
    assertTrue(line.matcher(file.text()).find(), file.path() + ": " + part + " " + sha256);
  }

  @Test
  void filesSayWhatTheyWereMadeFrom() throws IOException {
    String weights = Digests.sha256(A64.weights());
    String card = Files.readString(ROOT.resolve("weights/models/a64.card.json"));
    assertTrue(card.contains(weights), "the model's card has the same hash");
    for (String backend : List.of("java", "metal", "opencl")) {
      for (SourceFile file : dispatch(backend)) {
        says(file, "a64.spec", digest("weights/models/a64.spec"));
        says(file, "encoding-groups.spec", digest("weights/models/encoding-groups.spec"));
        boolean baked = backend.equals("java") || file.path().contains("baked");
        assertEquals(baked, file.text().contains(weights), file.path());
      }
    }
    ByteArrayOutputStream texts = new ByteArrayOutputStream();
    for (String name : InstructionSpec.A64_FILES) {
      texts.write(
          Files.readAllBytes(
              ROOT.resolve("codegen/src/main/resources/dev/axon64/isa").resolve(name)));
    }
    for (String backend : List.of("java", "metal", "opencl")) {
      SourceFile file = guests(backend);
      says(file, "instruction spec", Digests.sha256(texts.toByteArray()));
      says(file, "a64.spec", digest("weights/models/a64.spec"));
      says(file, "10296 float32 of weights", weights);
    }
  }

  @Test
  void filesNameTheirKernels() {
    for (String backend : List.of("java", "metal", "opencl")) {
      for (SourceFile file : dispatch(backend)) {
        for (int k = 0; k < A64.spec().kernels().size(); k++) {
          Pattern named = Pattern.compile(k + " +" + A64.spec().kernels().get(k) + "\\b");
          assertTrue(named.matcher(file.text()).find(), file.path() + ": " + named);
        }
      }
    }
  }

  /** Every shader's one kernel: its name and its buffers, in order and by their declarations. */
  @Test
  void headsHaveTheBuffersOfTheCode() {
    Stream<SourceFile> shaders =
        Stream.of("metal", "opencl")
            .flatMap(
                backend -> Stream.concat(dispatch(backend).stream(), Stream.of(guests(backend))));
    Stream<SourceFile> networks =
        Stream.of(ShaderTensorBackend.metal(), ShaderTensorBackend.openCl())
            .flatMap(backend -> backend.generate(GraphLowering.lower(RandomGraph.of(1))).stream());
    Stream.concat(shaders, networks).forEach(HeadTest::describesItsKernel);
  }

  private static void describesItsKernel(SourceFile file) {
    String head = file.text().substring(0, file.text().indexOf("\n\n"));
    MatchResult kernel = only("(?s)kernel void (\\w+)\\((.*?)\\) \\{\n", file.text());
    assertEquals(kernel.group(1), only("// Kernel (\\w+):", head).group(1), file.path());
    List<String> code =
        Pattern.compile("(?:device|global) ((?:const )?\\w+\\*) (\\w+)")
            .matcher(kernel.group(2))
            .results()
            .map(buffer -> buffer.group(1) + " " + buffer.group(2))
            .toList();
    List<String> said =
        Pattern.compile("(?m)^//   buffer (\\d+)  ((?:const )?\\w+\\* \\w+) ")
            .matcher(head)
            .results()
            .map(buffer -> buffer.group(2))
            .toList();
    assertTrue(said.size() >= 3, head);
    assertEquals(code, said, file.path());
    assertTrue(kernel.group(2).contains("constant uint"), "the count comes last");
    assertEquals(
        "" + said.size(), only("//   buffer (\\d+)  uint count ", head).group(1), file.path());
    assertTrue(head.contains("//   launch "), head);
  }

  private static MatchResult only(String pattern, String text) {
    List<MatchResult> found = Pattern.compile(pattern).matcher(text).results().toList();
    assertEquals(1, found.size(), pattern);
    return found.getFirst();
  }

  @Test
  void headsHaveTheLayoutOfAGuest() {
    GuestLayout layout = GuestLayout.of(InstructionSpec.a64());
    for (String backend : List.of("metal", "opencl")) {
      String text = guests(backend).text();
      String head = text.substring(0, text.indexOf("\n\n"));
      assertTrue(head.contains("A guest has " + layout.size() + " bytes"), head);
      for (GuestLayout.Field field : layout.fields()) {
        String type = field.bytes() == Long.BYTES ? "ulong" : "uint";
        Pattern said =
            Pattern.compile(
                "  %d %s %s(\\[%d\\])?;"
                    .formatted(field.offset(), type, field.name(), field.count()));
        assertTrue(said.matcher(head).find(), said + " in " + head);
      }
    }
  }
}
