package dev.axon64.app.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.NetworkFiles;
import dev.axon64.codegen.network.ReferenceForward;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.certify.Certificate;
import dev.axon64.weights.certify.PartCertificates;
import dev.axon64.weights.data.Columns;
import dev.axon64.weights.data.DecisionDomain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExtendCommandTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("axon64.root"), "runtime/guests/sad8/sad8.isa");

  /** The new kernel's words; all 2^32 take a minute. */
  private static final long NEW_WORDS = 0x0200_0000L;

  @TempDir private Path folder;

  @Test
  void exampleIsLearntWithoutForgettingAndGenerated() throws Exception {
    List<Certificate> made = new ArrayList<>();
    ExtendCommand command =
        new ExtendCommand(
            (network, file, threads) -> {
              made.add(PartCertificates.of(network, file, NEW_WORDS));
              return made.getFirst();
            });
    StringWriter out = new StringWriter();
    int status =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("--isa", EXAMPLE.toString(), "--kernel", "USER", "--out", folder.toString());
    assertEquals(1, status, "a part never certifies");
    assertTrue(PartCertificates.holds(made.getFirst()), made.getFirst().reasons().toString());
    DispatchSpec spec = Models.spec(folder.resolve("a64-user.spec").toString());
    assertEquals(9, spec.kernels().size());
    assertOnlyNewWordsMoved(NetworkFiles.read(spec, folder.resolve("a64-user.npy")));
    assertHolds("java/axon64/extension/UserKernel.java", "long SAD8(");
    assertHolds("java/axon64/extension/UserLanes.java", "SAD8(");
    assertHolds("java/axon64/extension/Kernels.java", "\"USER\"");
    assertHolds("metal/a64-user_guest.metal", "a64_SAD8(");
    assertHolds("metal/a64-user_baked.metal", "kernel void");
    assertHolds("a64-user.certificate.json", "\"USER\"");
    assertHolds("a64-user.card.md", "--kernel USER");
    assertTrue(out.toString().contains("512 cases of the domain are its own"), out.toString());
  }

  private static void assertOnlyNewWordsMoved(Network extended) {
    ReferenceForward before = new ReferenceForward(Models.shipped("a64"));
    ReferenceForward after = new ReferenceForward(extended);
    Columns all = DecisionDomain.of(extended.spec()).columns();
    for (int word : all.words()) {
      int old = before.kernel(word, 0);
      assertEquals(word >>> 24 == 2 ? 8 : old, after.kernel(word, 0), Integer.toHexString(word));
    }
  }

  private void assertHolds(String file, String text) throws Exception {
    assertTrue(Files.readString(folder.resolve(file)).contains(text), file + " lacks " + text);
  }
}
