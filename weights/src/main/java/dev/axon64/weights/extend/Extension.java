package dev.axon64.weights.extend;

import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.network.spec.DispatchSpec;
import dev.axon64.weights.data.DataSet;
import dev.axon64.weights.data.DecisionDomain;
import dev.axon64.weights.train.EmbeddingTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model with one more kernel.
 *
 * @param spec its dispatch spec
 * @param specText as it is written to a file
 * @param grown the base's network with one more output, which never wins yet
 * @param plan what its kernels execute
 */
public record Extension(DispatchSpec spec, String specText, Network grown, KernelPlan plan) {
  private static final int MOST_EPOCHS = 4000;

  /**
   * Adds a kernel to a model.
   *
   * @param base the model
   * @param set A64 and the instructions of the new kernel
   * @throws dev.axon64.codegen.support.InputException if the kernel is not new or has no
   *     instructions, or the words of one belong to another kernel
   */
  public static Extension of(Network base, InstructionSet set, String kernel) {
    String text = ExtendedSpec.text(base.spec(), set, kernel);
    String name = text.lines().filter(line -> line.startsWith("model ")).findFirst().orElseThrow();
    DispatchSpec spec = ExtendedSpec.parse(name.substring("model ".length()) + ".spec", text);
    return new Extension(spec, text, GrownNetwork.of(base, spec), KernelPlan.of(spec, set));
  }

  /** The samples that fine-tuning learns from beside the complete domain. */
  public DataSet data(long seed) {
    return DataSet.of(spec, seed);
  }

  /**
   * Fine-tuning from the grown network: on the whole decision domain, old words and new, so that
   * nothing can be forgotten. Adds units where that does not suffice.
   */
  public EmbeddingTraining training(DataSet data, DecisionDomain domain, long seed) {
    return EmbeddingTraining.blind(spec, data, domain, seed, MOST_EPOCHS, Optional.of(grown));
  }

  /** The dispatcher and all kernels, scalar and lanes, as Java. */
  public List<SourceFile> java(Network network, String packageName) {
    DispatchInput dispatcher =
        new DispatchInput(
            lowered(network), spec.name(), packageName, Optional.empty(), Optional.empty());
    List<SourceFile> files = new ArrayList<>(DispatchBackend.named("java").generate(dispatcher));
    BackendInput input = new BackendInput(plan, packageName);
    files.addAll(InstructionBackend.named("java").generate(input));
    files.addAll(InstructionBackend.named("lanes").generate(input));
    return files;
  }

  /** The dispatcher, and the shader that runs whole guests with all kernels. */
  public List<SourceFile> metal(Network network) {
    ForwardPlan lowered = lowered(network);
    List<SourceFile> files =
        new ArrayList<>(DispatchBackend.named("metal").generate(new DispatchInput(lowered)));
    files.addAll(InstructionBackend.named("metal").generate(new BackendInput(plan, lowered)));
    return files;
  }

  private static ForwardPlan lowered(Network network) {
    return Lowering.lower(network);
  }
}
