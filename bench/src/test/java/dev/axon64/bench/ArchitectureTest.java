package dev.axon64.bench;

import dev.axon64.app.architecture.ArchitectureRules;
import java.util.List;

/** The rules of the house, kept by the benchmarks too. */
class ArchitectureTest extends ArchitectureRules {
  ArchitectureTest() {
    super(List.of("bench"));
  }
}
