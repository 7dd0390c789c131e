package dev.axon64.codegen.emit.program;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.network.program.TensorProgram;
import java.util.List;

/** Turns a tensor program into source files of one language. */
public interface TensorBackend {
  /** Returns the files, in a fixed order. */
  List<SourceFile> generate(TensorProgram program);
}
