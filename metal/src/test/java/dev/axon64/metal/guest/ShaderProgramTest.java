package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.PageEngine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.metal.exec.RunOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whole programs in the shader, the network within it choosing each instruction's kernel. */
class ShaderProgramTest {
  private static final long BUDGET = 100_000_000;
  private static final GuestShader SHADER = ShippedShader.a64();

  private static Engine scalar() {
    return new PageEngine(ShippedDispatcher.A64.dispatcher());
  }

  @Test
  void sieveEndsAsOnTheScalarEngine() {
    String output = endsAsOnTheScalarEngine(GuestProgram::sieve);
    assertTrue(output.startsWith("primes below 1000000: 78498\n"), output);
  }

  @Test
  void sha256EndsAsOnTheScalarEngine() throws NoSuchAlgorithmException {
    String output = endsAsOnTheScalarEngine(GuestProgram::sha256);
    assertEquals(expectedDigest() + "\n", output);
  }

  /** What the program hashes, hashed by Java. */
  private static String expectedDigest() throws NoSuchAlgorithmException {
    byte[] message = new byte[65536];
    int seed = 1;
    for (int i = 0; i < message.length; i++) {
      seed = seed * 1664525 + 1013904223;
      message[i] = (byte) (seed >>> 24);
    }
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
  }

  private static String endsAsOnTheScalarEngine(Supplier<GuestProgram> program) {
    GuestProgram scalar = program.get();
    GuestProgram inShader = program.get();
    GuestShader.End expected = scalar.run(scalar(), BUDGET);
    long begin = System.nanoTime();
    GuestShader.End end = inShader.run(new MetalGuestEngine(SHADER), BUDGET);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "in the shader: %,d instructions in %.2f s, %.2f million a second%n",
        end.executed(), seconds, end.executed() / seconds / 1e6);
    assertInstanceOf(Stop.SystemCall.class, end.stop());
    same(scalar, expected, inShader, end);
    return inShader.output();
  }

  private static void same(
      GuestProgram scalar, GuestShader.End expected, GuestProgram inShader, GuestShader.End end) {
    assertEquals("", GuestComparison.of(scalar.cpu(), expected.stop(), inShader.cpu(), end.stop()));
    assertEquals(expected.executed(), end.executed());
    assertEquals(scalar.output(), inShader.output());
    assertArrayEquals(scalar.memory(), inShader.memory());
  }

  /** One of the guests uses up its budget. */
  @Test
  void guestsRunSideBySide() {
    long budget = 4_000_000;
    List<GuestProgram> guests =
        List.of(GuestProgram.sha256(), GuestProgram.sieve(), GuestProgram.sha256());
    List<GuestShader.End> ends =
        SHADER.runToEnd(
            guests.stream().map(GuestProgram::cpu).toList(),
            cpu -> guests.stream().filter(g -> g.cpu() == cpu).findFirst().get().serve(cpu),
            budget,
            RunOptions.defaults());
    List<Supplier<GuestProgram>> programs =
        List.of(GuestProgram::sha256, GuestProgram::sieve, GuestProgram::sha256);
    for (int i = 0; i < guests.size(); i++) {
      GuestProgram alone = programs.get(i).get();
      GuestShader.End expected = alone.run(scalar(), budget);
      same(alone, expected, guests.get(i), ends.get(i));
    }
  }

  @Test
  void aBudgetEndsIt() {
    GuestProgram scalar = GuestProgram.sha256();
    GuestProgram inShader = GuestProgram.sha256();
    GuestShader.End expected = new GuestShader.End(Stop.BUDGET, 123_456);
    scalar().run(scalar.cpu(), 123_456);
    List<GuestShader.End> ends =
        SHADER.runToEnd(List.of(inShader.cpu()), inShader::serve, 123_456, RunOptions.defaults());
    same(scalar, expected, inShader, ends.get(0));
  }

  @Test
  void wrongWeightsStopItWithAMisdispatch() {
    Network shipped = Models.shipped("a64");
    float[] weights = shipped.weights();
    int last = shipped.spec().layers().size() - 1;
    int inputs = shipped.spec().layers().get(last).inputs();
    int arithmetic = shipped.spec().kernels().indexOf("ARITHMETIC");
    int logical = shipped.spec().kernels().indexOf("LOGICAL");
    for (int i = 0; i < inputs; i++) {
      swap(weights, shipped.weightOffset(last) + i, arithmetic * inputs, logical * inputs);
    }
    swap(weights, shipped.biasOffset(last), arithmetic, logical);
    Network wrong = Network.of(shipped.spec(), weights, "wrong weights");
    GuestProgram program = GuestProgram.sieve();
    long start = program.cpu().pc;
    GuestShader.End end = program.run(new MetalGuestEngine(GuestShader.compile(wrong)), BUDGET);
    Stop.Misdispatch stop = assertInstanceOf(Stop.Misdispatch.class, end.stop());
    int word = program.cpu().memory.fetch(program.cpu().pc);
    assertEquals(new Stop.Misdispatch(word, logical), stop);
    assertEquals(start + 4 * end.executed(), program.cpu().pc, "the first such word stops it");
    assertEquals(arithmetic, ShippedDispatcher.A64.dispatcher().kernel(word, program.cpu().pc));
  }

  private static void swap(float[] weights, int base, int a, int b) {
    float kept = weights[base + a];
    weights[base + a] = weights[base + b];
    weights[base + b] = kept;
  }

  @Test
  void aLinuxMachineRunsOnIt() {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        new LinuxMachine.Builder(() -> new MetalGuestEngine(SHADER))
            .program(GuestProgram.guest("sha256").toString())
            .stdout(output)
            .build()
            .run();
    assertEquals(ExitStatus.Ending.EXITED, status.ending());
    assertEquals(0, status.code());
    assertEquals(65, output.toString(StandardCharsets.UTF_8).length());
  }
}
