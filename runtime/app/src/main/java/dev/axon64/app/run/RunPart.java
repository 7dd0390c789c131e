package dev.axon64.app.run;

import com.google.gson.JsonElement;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.engine.Engine;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Something that a run does beside executing its guest, such as counting, learning or saving it. A
 * run calls its parts in their order, each method once, as they stand here.
 */
interface RunPart extends AutoCloseable {
  /** Engines that let this part see what they do; the same ones where it need not. */
  default Supplier<Engine> watching(Supplier<Engine> engines) {
    return engines;
  }

  /** Tells the machine what it has to know before it starts. */
  default void prepare(LinuxMachine.Builder machine) {}

  /** Ends what works beside the guest, which has ended, or could not start. */
  @Override
  default void close() {}

  /** Instructions that something else than the engine's interpreter executed, by what did. */
  default Map<String, Long> shares() {
    return Map.of();
  }

  /** Prints what came of it. */
  default void report(RunOutcome outcome, PrintWriter err) {}

  /** The same as members of the object that {@code --stats-json} prints; empty if it has none. */
  default Map<String, JsonElement> json(RunOutcome outcome) {
    return Map.of();
  }
}
