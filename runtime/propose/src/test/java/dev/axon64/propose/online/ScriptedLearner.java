package dev.axon64.propose.online;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.OnlineLearner;
import dev.axon64.codegen.network.Network;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Learns nothing, keeps its samples, and offers what it was told to after so many of them. */
final class ScriptedLearner implements OnlineLearner {
  private record Offer(int samples, Candidate candidate) {}

  private final Network start;
  private final Queue<Offer> offers = new ArrayDeque<>();
  final Map<Integer, Integer> samples = new HashMap<>();
  boolean closed;

  ScriptedLearner(Network start) {
    this.start = start;
  }

  ScriptedLearner offer(int afterSamples, Candidate candidate) {
    offers.add(new Offer(afterSamples, candidate));
    return this;
  }

  @Override
  public Network start() {
    return start;
  }

  @Override
  public int startErrors() {
    return 1;
  }

  @Override
  public void sample(int word, long pc, int kernel) {
    samples.put(word, kernel);
  }

  @Override
  public void ended() {}

  @Override
  public Optional<Candidate> candidate() {
    boolean due = !offers.isEmpty() && offers.peek().samples <= samples.size();
    return due ? Optional.of(offers.remove().candidate) : Optional.empty();
  }

  @Override
  public boolean finished() {
    return offers.isEmpty();
  }

  @Override
  public String activity() {
    return "reading a script";
  }

  @Override
  public void close() {
    closed = true;
  }
}
