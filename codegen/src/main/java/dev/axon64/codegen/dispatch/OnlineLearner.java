package dev.axon64.codegen.dispatch;

import dev.axon64.codegen.network.Network;
import java.util.Optional;

/** A network that is being learnt in a thread of its own; see {@link OnlineLearning}. */
public interface OnlineLearner extends AutoCloseable {
  /** The network before anything was learnt. */
  Network start();

  /** Cases of the decision domain that {@link #start} has wrong; -1 until they are counted. */
  int startErrors();

  /**
   * Learns, some time later, that a word belongs to a kernel. Returns at once.
   *
   * @param word that the network gave to another kernel
   * @param pc its address
   */
  void sample(int word, long pc, int kernel);

  /**
   * No sample will come any more. What the learner does not know yet, it asks the kernels for, so
   * that it comes to an end even if nothing ever trapped.
   */
  void ended();

  /**
   * The next network that may take over, in the order in which they were learnt; each is given
   * once. It builds on those before it: words for which it is not proven are left to them.
   */
  Optional<Candidate> candidate();

  /** Whether no candidate will come any more. */
  boolean finished();

  /** What it is doing, for a person. */
  String activity();

  /** Stops the thread, soon. */
  @Override
  void close();
}
