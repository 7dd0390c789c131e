package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.TensorProgramBuilder.load;

import dev.axon64.codegen.network.graph.Layer;
import dev.axon64.codegen.network.graph.Parameter;
import java.util.List;

/**
 * Multi-head attention. Queries are scaled by 1 / sqrt(head width) after their projection; scores
 * and mixtures are sums in order from 0, one fma per term; the heads' mixtures are projected last.
 */
final class AttentionLowering {
  private static final int PARTS = 3;

  private final TensorProgramBuilder program;
  private final Layer.Attention layer;
  private final int head;
  private final int paddedHead;
  private final int allHeads;

  AttentionLowering(TensorProgramBuilder program, Layer.Attention layer) {
    this.program = program;
    this.layer = layer;
    this.head = layer.headWidth();
    this.paddedHead = Step.padded(head);
    this.allHeads = layer.heads() * paddedHead;
  }

  Value lower(Value query, Value memory) {
    List<Parameter> parameters = layer.parameters();
    LinearLowering in =
        new LinearLowering(program, parameters.subList(0, 2), PARTS * layer.heads(), PARTS);
    LinearLowering out = new LinearLowering(program, parameters.subList(2, 4), 1, 1);
    float scale = (float) (1 / Math.sqrt(head));
    Value queries = project(in, "queries", query, 0, scale);
    Value keys = project(in, "keys", memory, 1, 1);
    Value contents = project(in, "contents", memory, 2, 1);
    int steps = memory.steps();
    int columns = Math.multiplyExact(allHeads, Step.padded(steps));
    Buffer turned = program.scratch(layer.name() + " keys, turned", columns);
    turn(keys, turned, Step.padded(steps));
    Value mixed = program.overlapping(layer.name() + " mixed", layer.from(), head);
    Mixing mixing = new Mixing(queries, turned, contents, mixed, steps);
    program.repeat(
        layer.from().steps(), t -> program.repeat(layer.heads(), h -> mixing.lower(t, h)));
    Value to = program.value(layer.name(), layer.shape());
    out.lower("attention_" + layer.name(), mixed, to);
    return to;
  }

  private Value project(LinearLowering in, String name, Value from, int part, float scale) {
    Value to = program.value(layer.name() + " " + name, from.steps(), allHeads);
    in.lower(name + "_" + layer.name(), from, to, part, scale);
    return to;
  }

  /** Stores keys as [column][step], so that lanes are steps. */
  private void turn(Value keys, Buffer turned, int stride) {
    program.serial(
        "turn_" + layer.name(),
        body ->
            body.loop(
                keys.steps(),
                (outer, t) ->
                    outer.loop(
                        allHeads,
                        (inner, k) ->
                            inner.store(
                                turned,
                                Index.at(0).plus(t, 1).plus(k, stride),
                                load(keys.buffer(), keys.step(t).plus(k, 1))))));
  }

  /** The attention of one head for one step of the query. */
  private final class Mixing {
    private final Value queries;
    private final Buffer turned;
    private final Value contents;
    private final Value mixed;
    private final int steps;
    private final int stride;
    private final Buffer scores;
    private final Buffer shares;
    private final SoftmaxLowering softmax;

    Mixing(Value queries, Buffer turned, Value contents, Value mixed, int steps) {
      this.queries = queries;
      this.turned = turned;
      this.contents = contents;
      this.mixed = mixed;
      this.steps = steps;
      this.stride = Step.padded(steps);
      this.scores = program.scratch(layer.name() + " scores", steps);
      this.shares = program.scratch(layer.name() + " shares", steps);
      this.softmax = new SoftmaxLowering(program, layer.name(), steps);
    }

    void lower(Counter t, Counter h) {
      Index query = GraphLowering.group(queries.step(t), h, paddedHead);
      Index key = GraphLowering.group(Index.at(0), h, paddedHead * stride);
      program.sums(
          "scores_" + layer.name(),
          stride,
          head,
          k -> load(queries.buffer(), query.plus(k, 1)),
          (k, j) -> load(turned, key.plus(k, stride).plus(j, 1)),
          scores,
          Index.at(0));
      softmax.lower(scores, Index.at(0), shares, Index.at(0));
      mix(t, h);
    }

    private void mix(Counter t, Counter h) {
      Index content = GraphLowering.group(Index.at(contents.offset()), h, paddedHead);
      Index target = GraphLowering.group(mixed.step(t), h, head);
      program.sums(
          "mix_" + layer.name(),
          paddedHead,
          steps,
          s -> load(shares, Index.at(0).plus(s, 1)),
          (s, j) -> load(contents.buffer(), content.plus(s, contents.stride()).plus(j, 1)),
          mixed.buffer(),
          target);
    }
  }
}
