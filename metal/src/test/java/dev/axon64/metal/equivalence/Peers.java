package dev.axon64.metal.equivalence;

import dev.axon64.codegen.dispatch.CompiledDispatcher;
import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.dispatch.ReferenceDispatcher;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.metal.cpp.CppShader;
import dev.axon64.metal.engine.ShaderDispatcher;
import dev.axon64.metal.exec.MetalKernel;
import dev.axon64.metal.exec.MetalProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * Every executor of one network, by name, and the sources generated for them. The reference comes
 * first; all others must answer as it does.
 */
final class Peers implements AutoCloseable {
  private final Map<String, Dispatcher> dispatchers = new LinkedHashMap<>();
  private final List<SourceFile> sources = new ArrayList<>();
  private final List<CppDispatcher> compiled = new ArrayList<>();

  /** Vector widths this machine has, of those generated code is made for. */
  static List<Integer> widths() {
    int most = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    return List.of(128, 256, 512).stream().filter(bits -> bits <= most).toList();
  }

  /**
   * @param network to evaluate
   * @param cpp whether to compile the shaders as C++ too; only where {@link CppShader} can
   */
  Peers(Network network, boolean cpp) {
    dispatchers.put("reference", new ReferenceDispatcher(network));
    ForwardPlan lowered = Lowering.lower(network);
    simd("simd", lowered);
    if (lowered.exact()) {
      simd("strict simd", Lowering.strict(network));
    }
    for (SourceFile shader : DispatchBackend.named("metal").generate(new DispatchInput(lowered))) {
      sources.add(shader);
      MetalKernel kernel =
          MetalProgram.compile(shader.text(), shader.path()).kernel(ShaderDispatcher.KERNEL);
      ShaderDispatcher onJvm = new ShaderDispatcher(kernel, network.weights());
      dispatchers.put("metal " + shader.path(), onJvm);
      if (cpp) {
        CppDispatcher asCpp = new CppDispatcher(shader.text(), onJvm);
        compiled.add(asCpp);
        dispatchers.put("c++ " + shader.path(), asCpp);
      }
    }
  }

  /** Loads the generated class once for each width. */
  private void simd(String name, ForwardPlan plan) {
    for (int bits : widths()) {
      System.setProperty("axon64.vector.bits", String.valueOf(bits));
      try {
        CompiledDispatcher compiledDispatcher = CompiledDispatcher.of(plan);
        dispatchers.put(name + " " + bits, compiledDispatcher.get());
        if (bits == widths().getFirst()) {
          sources.add(
              new SourceFile(name.replace(' ', '_') + ".java", compiledDispatcher.source()));
        }
      } finally {
        System.clearProperty("axon64.vector.bits");
      }
    }
  }

  /** Answers of every executor, by its name. */
  Map<String, int[]> answers(int[] words, long[] pcs) {
    Map<String, int[]> answers = new LinkedHashMap<>();
    dispatchers.forEach(
        (name, dispatcher) -> {
          int[] kernels = new int[words.length];
          dispatcher.kernels(words, pcs, kernels, 0, words.length);
          answers.put(name, kernels);
        });
    return answers;
  }

  /** The executor of that name. */
  Dispatcher named(String name) {
    return dispatchers.get(name);
  }

  /** What was generated. */
  List<SourceFile> sources() {
    return sources;
  }

  @Override
  public void close() {
    compiled.forEach(CppDispatcher::close);
  }
}
