package dev.axon64.codegen.network.program;

import dev.axon64.codegen.network.graph.Parameter;
import dev.axon64.codegen.network.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** Collects a tensor program's steps, and allots places in its arrays. */
final class TensorProgramBuilder {
  final Body.Ids ids = new Body.Ids();
  private final List<PackedTensor> tensors = new ArrayList<>();
  private List<Step> steps = new ArrayList<>();
  private int weights;
  private int scratch;

  /** Allots room for a number of float32, and for what lanes write past the end. */
  Buffer scratch(String name, int length) {
    int room = Step.padded(length) + Step.LANES;
    Buffer buffer = new Buffer(name, Buffer.Area.SCRATCH, scratch, room);
    scratch = Math.addExact(scratch, room);
    return buffer;
  }

  /** Allots room for a value whose steps are padded. */
  Value value(String name, Shape shape) {
    return value(name, shape.steps(), shape.width());
  }

  /** Does the same for a width that may exceed that of a graph's values. */
  Value value(String name, int steps, int width) {
    return value(name, steps, width, Step.padded(width));
  }

  /** Allots room for a value that is written in overlapping parts, the last of them padded. */
  Value overlapping(String name, Shape shape, int part) {
    int stride = Step.padded(shape.width() - part + Step.padded(part));
    return value(name, shape.steps(), shape.width(), stride);
  }

  private Value value(String name, int steps, int width, int stride) {
    Buffer buffer = scratch(name, Math.multiplyExact(steps, stride));
    return new Value(buffer, 0, stride, steps, width);
  }

  /** Packs a parameter, with its outputs in groups. */
  PackedTensor tensor(Parameter parameter, int groups) {
    return tensor(parameter, groups, 1);
  }

  /** Does the same where equal parts of the groups are used separately. */
  PackedTensor tensor(Parameter parameter, int groups, int parts) {
    List<Integer> shape = parameter.shape();
    int columns = shape.size() > 1 ? shape.get(1) : 1;
    int rows = shape.get(0) / groups;
    int length = Math.multiplyExact(columns, Math.multiplyExact(groups, Step.padded(rows)));
    Buffer to = new Buffer(parameter.name(), Buffer.Area.WEIGHTS, weights, length);
    weights = Math.addExact(weights, length);
    int block = PackedTensor.blockOf(groups / parts * Step.padded(rows));
    PackedTensor tensor = new PackedTensor(parameter.name(), to, groups, rows, columns, block);
    tensors.add(tensor);
    return tensor;
  }

  /** Adds a loop of independent iterations. */
  void lanes(String name, int count, BiConsumer<Body, Counter> body) {
    Counter lane = ids.counter(count);
    Body inner = new Body(ids);
    body.accept(inner, lane);
    steps.add(new Step.Lanes(name, lane, inner.statements()));
  }

  /** Writes the lanes of a block of outputs; the block is null if it is the only one. */
  interface Block {
    void write(Body body, Counter block, Counter lane);
  }

  /** Adds lanes over all outputs, block after block. */
  void blocks(String name, int outputs, int block, Block body) {
    repeat(outputs / block, b -> lanes(name, block, (inner, lane) -> body.write(inner, b, lane)));
  }

  /** A place of a block's lane in a row of outputs. */
  static Index output(Index row, PackedTensor tensor, Counter block, Counter lane) {
    return (block == null ? row : row.plus(block, tensor.block())).plus(lane, 1);
  }

  /** Adds statements that are executed in order. */
  void serial(String name, Consumer<Body> body) {
    Body inner = new Body(ids);
    body.accept(inner);
    steps.add(new Step.Serial(name, inner.statements()));
  }

  /** Repeats steps; if the count is 1 there is no loop, and the counter is null. */
  void repeat(int count, Consumer<Counter> body) {
    if (count == 1) {
      body.accept(null);
    } else {
      loop(count, body);
    }
  }

  /** Repeats steps in a loop. */
  void loop(int count, Consumer<Counter> body) {
    List<Step> outer = steps;
    steps = new ArrayList<>();
    Counter counter = ids.counter(count);
    body.accept(counter);
    Step repeat = new Step.Repeat(counter, steps);
    steps = outer;
    steps.add(repeat);
  }

  /** Adds products to a sum in order, one fma each. */
  static void addProducts(
      Body body,
      Real.Local sum,
      int count,
      Function<Counter, Real> left,
      Function<Counter, Real> right) {
    body.loop(count, (inner, k) -> inner.assign(sum, Real.fma(left.apply(k), right.apply(k), sum)));
  }

  /** Adds lanes that each sum {@code count} products in order, starting from 0. */
  void sums(
      String name,
      int lanes,
      int count,
      Function<Counter, Real> left,
      BiFunction<Counter, Counter, Real> right,
      Buffer to,
      Index target) {
    lanes(
        name,
        lanes,
        (body, lane) -> {
          Real.Local sum = body.accumulator(Real.of(0));
          addProducts(body, sum, count, left, k -> right.apply(k, lane));
          body.store(to, target.plus(lane, 1), sum);
        });
  }

  static Real load(Buffer buffer, Index index) {
    return new Real.Load(buffer, index);
  }

  TensorProgram build(String name, int inputs, int outputs) {
    return new TensorProgram(name, steps, tensors, inputs, weights, scratch, outputs);
  }
}
