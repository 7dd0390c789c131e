package dev.axon64.weights.companion;

import dev.axon64.app.architecture.ArchitectureRules;
import java.util.List;

/** The rules of the house, kept by the trainers too. */
class ArchitectureTest extends ArchitectureRules {
  ArchitectureTest() {
    super(List.of("weights/companions"), Main.commandLine());
  }
}
