package dev.axon64.codegen.network.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.axon64.codegen.emit.program.CompiledTensorProgram;
import dev.axon64.codegen.emit.program.JavaTensorBackend;
import dev.axon64.codegen.fixtures.RandomGraph;
import dev.axon64.codegen.network.graph.Graph;
import dev.axon64.codegen.network.graph.GraphParser;
import dev.axon64.codegen.network.graph.Graphs;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedNetworkTest {
  @Test
  void theOracleIsTheInterpreterBitForBit() {
    Graph graph = Graphs.read("memory-oracle");
    TensorProgram program = GraphLowering.lower(graph);
    float[] packed = program.pack(RandomGraph.weights(graph, 1));
    NetworkRunner reference = new TensorProgramInterpreter(program, packed);
    NetworkRunner generated = CompiledTensorProgram.of(program).with(packed);
    NetworkRunner plain =
        CompiledTensorProgram.of(program, JavaTensorBackend.Lanes.PLAIN).with(packed);
    float[] samples = RandomGraph.samples(graph, 8, 2);
    float[] expected = new float[program.outputs()];
    float[] answer = new float[program.outputs()];
    for (int s = 0; s < 8; s++) {
      reference.run(samples, s * program.inputs(), expected, 0);
      generated.run(samples, s * program.inputs(), answer, 0);
      assertArrayEquals(RandomGraph.bits(expected), RandomGraph.bits(answer), "sample " + s);
      plain.run(samples, s * program.inputs(), answer, 0);
      assertArrayEquals(RandomGraph.bits(expected), RandomGraph.bits(answer), "plain, " + s);
    }
  }

  /** All layers, small: vectors are objects until C2 has compiled every method; then bytes stop. */
  @Test
  void allocatesNothingOnceCompiled() {
    String text =
        """
        graph small
        input x 3 8
        a = linear x 16 as a
        b = layernorm a as b
        c = lstm b 8 bidirectional as c
        d = attention c c heads 2 as d
        e = mean d
        f = tanh e
        g = softmax f groups 2
        output g
        """;
    Graph graph = GraphParser.parse("small.graph", text.getBytes(StandardCharsets.UTF_8));
    TensorProgram program = GraphLowering.lower(graph);
    NetworkRunner runner =
        CompiledTensorProgram.of(program).with(program.pack(RandomGraph.weights(graph, 1)));
    float[] sample = RandomGraph.samples(graph, 1, 1);
    float[] answer = new float[program.outputs()];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 600 && least > 0; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        runner.run(sample, 0, answer, 0);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, "bytes allocated in the best of 600 rounds");
  }

  @Test
  void wrongSizesAreRefused() {
    TensorProgram program = GraphLowering.lower(Graphs.read("memory-oracle"));
    CompiledTensorProgram compiled = CompiledTensorProgram.of(program);
    assertThrows(IllegalArgumentException.class, () -> compiled.with(new float[3]));
    NetworkRunner runner = compiled.with(new float[program.weights()]);
    float[] sample = new float[program.inputs()];
    assertThrows(IndexOutOfBoundsException.class, () -> runner.run(sample, 1, new float[20], 0));
    assertThrows(IndexOutOfBoundsException.class, () -> runner.run(sample, 0, new float[19], 0));
  }

  @Test
  void programsThatLeaveTheirBuffersAreRefused() {
    Body.Ids ids = new Body.Ids();
    Buffer out = new Buffer("y", Buffer.Area.OUTPUTS, 0, 16);
    Counter lane = ids.counter(16);
    Body body = new Body(ids);
    body.store(out, Index.at(1).plus(lane, 1), Real.of(0));
    Step step = new Step.Lanes("past_the_end", lane, body.statements());
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TensorProgram("bad", List.of(step), List.of(), 0, 0, 0, 16));
    assertTrue(refusal.getMessage().contains("places inside"), refusal.getMessage());
  }
}
