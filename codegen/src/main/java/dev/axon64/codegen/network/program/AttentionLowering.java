package dev.axon64.codegen.network.program;

import static dev.axon64.codegen.network.program.LoopBuilder.addProducts;
import static dev.axon64.codegen.network.program.LoopBuilder.load;

import dev.axon64.codegen.network.graph.Layer;

/**
 * Multi-head attention. Queries are scaled by 1 / sqrt(head width) after their projection; scores
 * and mixtures are sums in order from 0, one fma a term; the heads' mixtures are projected at last.
 */
final class AttentionLowering {
  private static final int PARTS = 3;

  private final LoopBuilder loops;
  private final Layer.Attention layer;
  private final int width;
  private final int head;
  private final int paddedHead;
  private final int allHeads;

  AttentionLowering(LoopBuilder loops, Layer.Attention layer) {
    this.loops = loops;
    this.layer = layer;
    this.width = layer.from().width();
    this.head = layer.headWidth();
    this.paddedHead = Step.padded(head);
    this.allHeads = layer.heads() * paddedHead;
  }

  Value lower(Value query, Value memory) {
    PackedTensor in = loops.tensor(layer.parameters().get(0), PARTS * layer.heads(), PARTS);
    PackedTensor inBias = loops.tensor(layer.parameters().get(1), PARTS * layer.heads(), PARTS);
    PackedTensor out = loops.tensor(layer.parameters().get(2), 1);
    PackedTensor outBias = loops.tensor(layer.parameters().get(3), 1);
    float scale = (float) (1 / Math.sqrt(head));
    Value queries = project("queries", query, in, inBias, 0, scale);
    Value keys = project("keys", memory, in, inBias, 1, 1);
    Value contents = project("contents", memory, in, inBias, 2, 1);
    int steps = memory.steps();
    int columns = Math.multiplyExact(allHeads, Step.padded(steps));
    Buffer turned = loops.scratch(layer.name() + " keys, turned", columns);
    turn(keys, turned, Step.padded(steps));
    Value mixed = loops.overlapping(layer.name() + " mixed", layer.from(), head);
    Mixing mixing = new Mixing(queries, turned, contents, mixed, steps);
    loops.repeat(layer.from().steps(), t -> loops.repeat(layer.heads(), h -> mixing.lower(t, h)));
    return combine(mixed, out, outBias);
  }

  private Value project(
      String name, Value from, PackedTensor in, PackedTensor bias, int part, float scale) {
    int steps = from.steps();
    Value to = loops.value(layer.name() + " " + name, steps, allHeads);
    loops.repeat(
        steps,
        t ->
            loops.blocks(
                name + "_" + layer.name(),
                allHeads,
                in.block(),
                (body, b, o) -> {
                  int first = part * allHeads / in.block();
                  Real.Local sum = body.accumulator(load(bias.to(), bias.place(first, b, null, o)));
                  addProducts(
                      body,
                      sum,
                      width,
                      k -> load(from.buffer(), from.step(t).plus(k, 1)),
                      k -> load(in.to(), in.place(first, b, k, o)));
                  Real scaled = scale == 1 ? sum : Real.multiply(sum, Real.of(scale));
                  body.store(to.buffer(), LoopBuilder.output(to.step(t), in, b, o), scaled);
                }));
    return to;
  }

  /** Keys as [column][step], so that lanes are steps. */
  private void turn(Value keys, Buffer turned, int stride) {
    loops.serial(
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

  /** One head's look from one step of the query. */
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
      this.scores = loops.scratch(layer.name() + " scores", steps);
      this.shares = loops.scratch(layer.name() + " shares", steps);
      this.softmax = new SoftmaxLowering(loops, layer.name(), steps);
    }

    void lower(Counter t, Counter h) {
      Index query = GraphLowering.group(queries.step(t), h, paddedHead);
      Index key = GraphLowering.group(Index.at(0), h, paddedHead * stride);
      loops.lanes(
          "scores_" + layer.name(),
          stride,
          (body, j) -> {
            Real.Local sum = body.accumulator(Real.of(0));
            addProducts(
                body,
                sum,
                head,
                k -> load(queries.buffer(), query.plus(k, 1)),
                k -> load(turned, key.plus(k, stride).plus(j, 1)));
            body.store(scores, Index.at(0).plus(j, 1), sum);
          });
      softmax.lower(scores, Index.at(0), shares, Index.at(0));
      mix(t, h);
    }

    private void mix(Counter t, Counter h) {
      Index content = GraphLowering.group(Index.at(contents.offset()), h, paddedHead);
      Index target = GraphLowering.group(mixed.step(t), h, head);
      loops.lanes(
          "mix_" + layer.name(),
          paddedHead,
          (body, j) -> {
            Real.Local sum = body.accumulator(Real.of(0));
            addProducts(
                body,
                sum,
                steps,
                s -> load(shares, Index.at(0).plus(s, 1)),
                s -> load(contents.buffer(), content.plus(s, contents.stride()).plus(j, 1)));
            body.store(mixed.buffer(), target.plus(j, 1), sum);
          });
    }
  }

  private Value combine(Value mixed, PackedTensor out, PackedTensor bias) {
    Value to = loops.value(layer.name(), layer.shape());
    loops.repeat(
        layer.shape().steps(),
        t ->
            loops.blocks(
                "attention_" + layer.name(),
                out.outputs(),
                out.block(),
                (body, b, o) -> {
                  Real.Local sum = body.accumulator(load(bias.to(), bias.place(0, b, null, o)));
                  addProducts(
                      body,
                      sum,
                      width,
                      k -> load(mixed.buffer(), mixed.step(t).plus(k, 1)),
                      k -> load(out.to(), out.place(0, b, k, o)));
                  body.store(to.buffer(), LoopBuilder.output(to.step(t), out, b, o), sum);
                }));
    return to;
  }
}
