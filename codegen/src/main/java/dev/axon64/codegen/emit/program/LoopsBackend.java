package dev.axon64.codegen.emit.program;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.network.program.LoopProgram;
import java.util.List;

/** Turns a loop program into source files of one language. */
public interface LoopsBackend {
  /** The files, in a fixed order. */
  List<SourceFile> generate(LoopProgram program);
}
