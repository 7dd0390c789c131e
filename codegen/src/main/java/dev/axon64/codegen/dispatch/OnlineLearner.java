package dev.axon64.codegen.dispatch;

import dev.axon64.codegen.network.Network;
import java.util.Optional;

/** Learns a network in its own thread; see {@link OnlineLearning}. */
public interface OnlineLearner extends AutoCloseable {
  /** The network from which learning starts. */
  Network start();

  /**
   * The number of cases of the decision domain that {@link #start} gets wrong; -1 until they are
   * counted.
   */
  int startErrors();

  /**
   * Learns, some time later, that a word belongs to a kernel. Returns at once.
   *
   * @param word that the network gave to another kernel
   * @param pc its address
   */
  void sample(int word, long pc, int kernel);

  /**
   * Says that no more samples will come. The learner then asks the kernels for what it does not
   * know yet, so that it finishes even if no word ever trapped.
   */
  void ended();

  /**
   * Returns the next network that may take over, in the order in which they were learnt, each once.
   * Words for which it is not proven are left to the candidates before it.
   */
  Optional<Candidate> candidate();

  /** Whether no more candidates will come. */
  boolean finished();

  /** A description of what it is doing. */
  String activity();

  /** Asks the thread to stop, and does not wait for it. */
  @Override
  void close();
}
