package dev.axon64.metal.engine;

import dev.axon64.codegen.dispatch.Dispatcher;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.machine.dispatch.DispatchEngine;
import dev.axon64.metal.exec.MetalKernel;
import dev.axon64.metal.exec.MetalProgram;
import java.util.List;
import java.util.function.Supplier;

/** The generated shader with its weights in a buffer, on the Metal executor. */
public final class ExecutorEngine implements DispatchEngine {
  @Override
  public String name() {
    return "executor";
  }

  /** Its name before there were hosts for real devices. */
  @Override
  public List<String> aliases() {
    return List.of("metal");
  }

  @Override
  public String description() {
    return "generated Metal shader, on the JVM";
  }

  @Override
  public Supplier<? extends Dispatcher> open(Network network) {
    SourceFile shader =
        DispatchBackend.named("metal")
            .generate(new DispatchInput(Lowering.lower(network)))
            .getFirst();
    MetalKernel kernel =
        MetalProgram.compile(shader.text(), shader.path()).kernel(ShaderDispatcher.KERNEL);
    return () -> new ShaderDispatcher(kernel, network.weights());
  }
}
