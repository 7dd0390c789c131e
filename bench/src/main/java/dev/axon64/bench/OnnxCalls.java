package dev.axon64.bench;

import dev.axon64.bench.onnx.OnnxModel;
import dev.axon64.bench.onnx.OnnxSession;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Calls of ONNX Runtime, with tensors made and inputs extracted before the clock starts. A ring of
 * batches of the sample's words stays small enough for the second-level cache.
 */
@State(Scope.Thread)
public class OnnxCalls {
  private static final int RING_WORDS = 1 << 14;

  /** Which sample. */
  @Param({"random", "code"})
  public String sample;

  /** Words in a batch; a power of two. */
  @Param({"1", "64", "4096", "1048576"})
  public int batch;

  /** The graph layer by layer as published, or the lowered plan that our emitters are fed. */
  @Param({"published", "lowered"})
  public String graph;

  private OnnxSession session;
  private final List<OnnxSession.Batch> ring = new ArrayList<>();
  private int at;

  /** Loads the model and fills the ring. */
  @Setup(Level.Trial)
  public void setUp() {
    BenchInputs inputs = BenchInputs.ofThisJvm();
    Network network = inputs.network();
    OnnxModel model =
        graph.equals("published")
            ? OnnxModel.published(network)
            : OnnxModel.lowered(Lowering.lower(network));
    session = new OnnxSession(network.spec(), model);
    int[] words = inputs.words(sample);
    long[] addresses = BenchInputs.addresses();
    for (int i = 0; i < Math.max(1, RING_WORDS / batch); i++) {
      OnnxSession.Batch filled = session.batch(batch);
      filled.fill(words, addresses, i * batch);
      ring.add(filled);
    }
  }

  /** Frees what the library holds. */
  @TearDown(Level.Trial)
  public void tearDown() {
    ring.forEach(OnnxSession.Batch::close);
    session.close();
  }

  /** The next batch of the ring. */
  OnnxSession.Batch next() {
    at = at + 1 < ring.size() ? at + 1 : 0;
    return ring.get(at);
  }
}
