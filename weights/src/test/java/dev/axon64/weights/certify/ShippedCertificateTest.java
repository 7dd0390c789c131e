package dev.axon64.weights.certify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.SpecFile;
import dev.axon64.codegen.support.Digests;
import dev.axon64.weights.report.CertificatePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped certificates are those of the shipped weights, specs and generated code. */
class ShippedCertificateTest {
  private static final Path MODELS =
      Path.of(System.getProperty("axon64.root"), "weights", "models");

  private static String refresh(String model) {
    return "stale; run: ./axon64 certify --model "
        + model
        + " --out weights/models/"
        + model
        + ".certificate.json";
  }

  private static Certificate committed(String model) throws IOException {
    Path file = MODELS.resolve(model + ".certificate.json");
    return CertificateFiles.certificate(file.toString(), Files.readAllBytes(file));
  }

  private static SpecFile weightsFile(String model) throws IOException {
    byte[] bytes = Files.readAllBytes(MODELS.resolve(model + ".npy"));
    return new SpecFile(model + ".npy", Digests.sha256(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void certifiesTheseVeryFiles(String model) throws IOException {
    Certificate c = committed(model);
    Certifier certifier = new Certifier(Models.shipped(model), weightsFile(model));
    assertEquals(certifier.common().subject(), c.subject(), refresh(model));
    assertEquals(certifier.common().pc(), c.pc().proof(), refresh(model));
    assertEquals(certifier.common().order(), c.order().proof(), refresh(model));
    assertTrue(c.certified());
    assertEquals(WordRange.WORDS, c.words());
    assertEquals(0, c.wrong() + c.margins().ties() + c.pc().unproven() + c.disagreements());
    assertEquals(OrderProof.Kind.EXACT, c.order().proof().kind());
    assertEquals(PcProof.Kind.ZERO_COEFFICIENT, c.pc().proof().kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void isWrittenAsThisVersionWritesIt(String model) throws IOException {
    Certificate c = committed(model);
    Path json = MODELS.resolve(model + ".certificate.json");
    assertEquals(CertificateFiles.text(c), Files.readString(json), refresh(model));
    String page = Files.readString(MODELS.resolve(model + ".certificate.html"));
    // Pictures are compressed by the platform's zlib, whose bytes may differ between platforms.
    assertEquals(withoutPixels(CertificatePage.html(c)), withoutPixels(page), refresh(model));
  }

  private static String withoutPixels(String page) {
    return page.replaceAll("data:image/png;base64,[A-Za-z0-9+/=]*", "");
  }

  /**
   * All that can decide an answer: every setting of the bits that the labels or the network read,
   * each once, with label, scalar answer and margin; the committed numbers follow by weighting.
   */
  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void countsFollowFromTheCompleteDecisionDomain(String model) throws IOException {
    Network network = Models.shipped(model);
    Certificate c = committed(model);
    int mask = network.spec().labelMask() | network.spec().wordMask();
    int cases = 1 << Integer.bitCount(mask);
    int[] words = new int[cases];
    for (int i = 0; i < cases; i++) {
      words[i] = Integer.expand(i, mask);
    }
    int[] kernels = new int[cases];
    float[] margins = new float[cases];
    new ReferenceDispatcher(network)
        .kernelsWithMargins(words, new long[cases], kernels, margins, 0, cases);
    float smallest = Float.POSITIVE_INFINITY;
    long[] answered = new long[network.spec().kernels().size()];
    for (int i = 0; i < cases; i++) {
      assertEquals(network.spec().label(words[i]), kernels[i], "word " + words[i]);
      answered[kernels[i]] += WordRange.WORDS / cases;
      smallest = Math.min(smallest, margins[i]);
    }
    assertEquals(smallest, c.margins().smallest());
    assertTrue(smallest > 0);
    long[] certified =
        c.kernels().values().stream().mapToLong(Certificate.KernelCount::answered).toArray();
    assertArrayEquals(answered, certified);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void anotherWeightIsFoundOut(String model) throws IOException {
    Network network = Models.shipped(model);
    // Move the last bias far up: every word then gets the last kernel.
    float[] weights = network.weights();
    weights[weights.length - 1] += 1 << 21;
    Network other = Network.of(network.spec(), weights, "moved");
    WordRange range = new WordRange(0x91000000L, 0x91000000L + 64L * Sweep.CHUNK);
    assertEquals(0, Sweeps.certify(network, range).wrong());
    Certificate c = Sweeps.certify(other, range);
    assertEquals(range.size(), c.wrong());
    assertTrue(c.reasons().stream().anyMatch(r -> r.contains("another kernel")));
  }

  /** The whole sweep again; in the campaign only, since it takes minutes on a slow machine. */
  @ParameterizedTest
  @ValueSource(strings = {"a64", "kvrm7"})
  void isReproducedByteForByte(String model) throws IOException {
    assumeTrue(Boolean.getBoolean("axon64.campaign"), "skipped: 2^32 words are for -P campaign");
    int threads = Runtime.getRuntime().availableProcessors();
    Certificate c =
        Certification.certify(Models.shipped(model), weightsFile(model), threads, done -> {});
    assertArrayEquals(
        Files.readAllBytes(MODELS.resolve(model + ".certificate.json")),
        CertificateFiles.text(c).getBytes(StandardCharsets.UTF_8),
        refresh(model));
  }
}
