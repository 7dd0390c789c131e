package dev.axon64.app.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.dispatch.OnlineLearner;
import dev.axon64.codegen.dispatch.OnlineLearning;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.linux.ExitStatus;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.KernelSet;
import dev.axon64.propose.online.LearnLog;
import dev.axon64.propose.online.LearningSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The real learner under a real program; it may end before the certificate, which takes a minute.
 */
class LearningRunTest {
  private static final Path PROGRAM =
      Path.of(System.getProperty("axon64.root"), "runtime/guests/prebuilt/linux/sha256");
  private static final DispatchSpec SPEC = Models.spec("a64");

  private record Run(ExitStatus status, String output) {}

  private static Run run(Supplier<Engine> engines, int bytes) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ExitStatus status =
        new LinuxMachine.Builder(engines)
            .program(PROGRAM.toString())
            .stdin(new ByteArrayInputStream(new byte[bytes]))
            .stdout(output)
            .seed(1)
            .build()
            .run();
    return new Run(status, output.toString(StandardCharsets.UTF_8));
  }

  private static long traps(LearningSession session, Supplier<Engine> engines, Run expected) {
    long before = session.traps();
    assertEquals(expected, run(engines, 30_000));
    return session.traps() - before;
  }

  @Test
  void programsRunRightlyWhileTrapsFallToNothing() throws Exception {
    Run expected =
        run(
            Engines.of(Engines.Policy.PAGE, Engines.dispatchers(Models.shipped("a64")), null),
            30_000);
    OnlineLearner learner =
        ServiceLoader.load(OnlineLearning.class)
            .findFirst()
            .orElseThrow()
            .begin(new OnlineLearning.Task(SPEC, Optional.empty(), 4, KernelSet.A64::owner));
    LearnLog log = new LearnLog(Optional.empty(), Optional.empty());
    try (LearningSession session = new LearningSession(learner, KernelSet.A64, log)) {
      Supplier<Engine> engines = session.engines(null);
      long first = traps(session, engines, expected);
      assertTrue(first > 1000, "only " + first + " traps under random weights");
      while (session.errors() != 0) {
        assertEquals(expected, run(engines, 30_000));
        Thread.sleep(50);
      }
      assertEquals(0, traps(session, engines, expected));
      assertTrue(session.swaps() > 1);
    }
  }
}
