package dev.axon64.app.run;

import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKinds;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Engines.Policy;
import dev.axon64.machine.engine.Pace;
import dev.axon64.machine.lockstep.LockstepEngine;
import dev.axon64.machine.lockstep.RegionLog;
import dev.axon64.machine.translate.Translator;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Everything that is executed, executed on the scalar engine too. */
final class Checking implements RunPart {
  /** The engine that others are held to. */
  static final String REFERENCE = "scalar";

  /** So often branches lead somewhere before that is translated: soon, so that much is checked. */
  private static final int PATIENCE = 20;

  private final Supplier<Engine> translated;
  private final Supplier<Engine> references;
  private final RegionLog log;
  private final List<LockstepEngine> checked = new ArrayList<>();

  /**
   * Code is translated at once, not in the background, so that a difference comes again in the next
   * run.
   *
   * @param translator makes the regions that are checked
   */
  Checking(Network network, Translator translator) {
    log = new RegionLog(translator);
    translated =
        Engines.translated(
            Engines.dispatchers(network),
            Pace.eager(PATIENCE),
            Runnable::run,
            translator,
            log,
            null);
    references = EngineKinds.named(REFERENCE).open(network, Policy.PAGE, null);
  }

  /** Engines that end the run when there is a difference. */
  Supplier<Engine> engines() {
    return () -> {
      LockstepEngine engine = new LockstepEngine(translated.get(), references, log);
      checked.add(engine);
      return engine;
    };
  }

  @Override
  public void report(RunOutcome outcome, PrintWriter err) {
    long unchecked = checked.stream().mapToLong(LockstepEngine::unchecked).sum();
    err.printf(
        "axon64: no difference to the engine %s in %,d instructions, with %,d regions%n",
        REFERENCE, outcome.executed(), log.made());
    if (unchecked > 0) {
      err.printf("axon64: %,d turns that ran out of memory were not checked%n", unchecked);
    }
  }
}
