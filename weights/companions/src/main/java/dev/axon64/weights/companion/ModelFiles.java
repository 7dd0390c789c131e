package dev.axon64.weights.companion;

import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphWeights;
import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.tensor.TensorFiles;
import dev.axon64.propose.companion.CompanionNetwork;
import dev.axon64.weights.card.Epoch;
import dev.axon64.weights.card.ErrorCurve;
import dev.axon64.weights.companion.Program.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * The files of a trained network: weights, card, curve, sample.
 *
 * @param folder where they are
 * @param graph whose name their names start with
 */
record ModelFiles(Path folder, Graph graph) {
  static final String WEIGHTS = ".safetensors";
  static final String CURVE = ".curve.svg";
  static final String SAMPLE = ".sample.npy";

  private Path file(String suffix) {
    return folder.resolve(graph.name() + suffix);
  }

  /** Writes the weights, and returns them. */
  GraphWeights weights(GraphWeights weights) {
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put("graph", graph.name());
    TensorFiles.writeSafetensors(file(WEIGHTS), weights.tensors(graph), metadata);
    return weights;
  }

  /** Measures a network on the programs held out, and writes card and sample. */
  void measured(
      CompanionTask<?> task,
      CompanionNetwork network,
      Path data,
      List<Program> programs,
      CompanionCard card) {
    List<Program> heldOut =
        programs.stream().filter(program -> program.split() == Split.HELD_OUT).toList();
    task.measure(network, data, heldOut, card);
    task.sample(network, data, heldOut, file(SAMPLE), card);
    card.write(folder);
  }

  /** Draws the errors by epoch. */
  void curve(List<Epoch> history) {
    AtomicFiles.write(file(CURVE), ErrorCurve.svg("Training of " + graph.name(), history));
  }
}
