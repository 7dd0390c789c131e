package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.TensorProgramBuilder.addProducts;
import static dev.axon64.codegen.network.program.TensorProgramBuilder.load;

import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.codegen.network.graph.Shape;
import java.util.List;

/**
 * Stacked, perhaps bidirectional LSTM. A gate is (b_ih + b_hh) plus the inputs in order plus the
 * hidden state in order, one fma each; the new cell is fma(forget, cell, input * candidate).
 */
final class LstmLowering {
  private final TensorProgramBuilder program;
  private final Layer.Lstm lstm;
  private final int hidden;
  private final int padded;
  private final Buffer gates;
  private final Buffer state;
  private final Buffer cell;

  LstmLowering(TensorProgramBuilder program, Layer.Lstm lstm) {
    this.program = program;
    this.lstm = lstm;
    this.hidden = lstm.hidden();
    this.padded = Step.padded(hidden);
    this.gates = program.scratch(lstm.name() + " gates", Layer.Lstm.GATES * padded);
    this.state = program.scratch(lstm.name() + " hidden state", padded);
    this.cell = program.scratch(lstm.name() + " cell", padded);
  }

  Value lower(Value from) {
    Value at = from;
    List<Parameter> parameters = lstm.parameters();
    for (int l = 0; l < lstm.layers(); l++) {
      Shape shape = new Shape(from.steps(), hidden * lstm.directions());
      Value to = program.overlapping(lstm.name() + " layer " + l, shape, hidden);
      for (int d = 0; d < lstm.directions(); d++) {
        int first = (l * lstm.directions() + d) * 4;
        direction(at, to, d, parameters.subList(first, first + 4));
      }
      at = to;
    }
    return at;
  }

  private void direction(Value from, Value to, int direction, List<Parameter> parameters) {
    List<PackedTensor> tensors =
        parameters.stream().map(p -> program.tensor(p, Layer.Lstm.GATES)).toList();
    program.lanes(
        "zero_" + lstm.name(),
        padded,
        (body, j) -> {
          body.store(state, Index.at(0).plus(j, 1), Real.of(0));
          body.store(cell, Index.at(0).plus(j, 1), Real.of(0));
        });
    program.loop(
        from.steps(),
        t -> {
          boolean forward = direction == 0;
          gates(from, forward ? from.step(t) : from.backwards(t), tensors);
          activate("input_forget", Layer.Function.SIGMOID, gates, 0, 2 * padded, gates);
          activate("candidate", Layer.Function.TANH, gates, 2 * padded, padded, gates);
          activate("output", Layer.Function.SIGMOID, gates, 3 * padded, padded, gates);
          cell();
          Index step = forward ? to.step(t) : to.backwards(t);
          hidden(to.buffer(), step.plus(direction * hidden));
        });
  }

  private void gates(Value from, Index step, List<PackedTensor> tensors) {
    PackedTensor ofInput = tensors.get(0);
    PackedTensor ofState = tensors.get(1);
    PackedTensor inputBias = tensors.get(2);
    PackedTensor stateBias = tensors.get(3);
    program.blocks(
        "gates_" + lstm.name(),
        ofInput.outputs(),
        ofInput.block(),
        (body, b, j) -> {
          Real bias =
              Real.add(
                  load(inputBias.to(), inputBias.place(0, b, null, j)),
                  load(stateBias.to(), stateBias.place(0, b, null, j)));
          Real.Local sum = body.accumulator(bias);
          addProducts(
              body,
              sum,
              ofInput.columns(),
              k -> load(from.buffer(), step.plus(k, 1)),
              k -> load(ofInput.to(), ofInput.place(0, b, k, j)));
          addProducts(
              body,
              sum,
              hidden,
              k -> load(state, Index.at(0).plus(k, 1)),
              k -> load(ofState.to(), ofState.place(0, b, k, j)));
          body.store(gates, TensorProgramBuilder.output(Index.at(0), ofInput, b, j), sum);
        });
  }

  private void activate(
      String name, Layer.Function function, Buffer from, int first, int count, Buffer to) {
    program.lanes(
        name + "_" + lstm.name(),
        count,
        (body, j) -> {
          Index place = Index.at(first).plus(j, 1);
          Real x = body.let(load(from, place));
          body.store(to, place, GraphLowering.apply(function, body, x));
        });
  }

  private void cell() {
    program.lanes(
        "cell_" + lstm.name(),
        padded,
        (body, j) -> {
          Real admitted = Real.multiply(gate(0, j), gate(2, j));
          Index place = Index.at(0).plus(j, 1);
          body.store(cell, place, Real.fma(gate(1, j), load(cell, place), admitted));
        });
  }

  private void hidden(Buffer to, Index step) {
    program.lanes(
        "hidden_" + lstm.name(),
        padded,
        (body, j) -> {
          Real c = body.let(load(cell, Index.at(0).plus(j, 1)));
          Real h = body.let(Real.multiply(gate(3, j), Functions.tanh(body, c)));
          body.store(state, Index.at(0).plus(j, 1), h);
          body.store(to, step.plus(j, 1), h);
        });
  }

  private Real gate(int gate, Counter lane) {
    return load(gates, Index.at(gate * padded).plus(lane, 1));
  }
}
