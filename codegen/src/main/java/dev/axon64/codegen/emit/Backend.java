package dev.axon64.codegen.emit;

import dev.axon64.codegen.network.ForwardPlan;
import java.util.List;

/** Turns a plan into source files of one language. */
public interface Backend {
  /** The files, in a fixed order. */
  List<SourceFile> generate(ForwardPlan plan);
}
