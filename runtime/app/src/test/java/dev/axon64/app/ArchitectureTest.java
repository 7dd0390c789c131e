package dev.axon64.app;

import dev.axon64.app.architecture.ArchitectureRules;
import java.util.List;

/** The rules of the house, kept by all modules up to this one. */
class ArchitectureTest extends ArchitectureRules {
  ArchitectureTest() {
    super(List.of());
  }
}
