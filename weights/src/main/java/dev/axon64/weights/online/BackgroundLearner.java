package dev.axon64.weights.online;

import dev.axon64.codegen.dispatch.Candidate;
import dev.axon64.codegen.dispatch.OnlineLearner;
import dev.axon64.codegen.dispatch.OnlineLearning.Task;
import dev.axon64.codegen.network.Network;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link StepLearner} in a thread of its own, which the guest's thread never waits for. */
final class BackgroundLearner implements OnlineLearner, Runnable {
  private static final long WAIT_MILLISECONDS = 20;
  private static final double WORDS = 0x1p32;

  private record Sample(int word, int kernel) {}

  private final StepLearner learner;
  private final BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
  private final Queue<Candidate> candidates = new ConcurrentLinkedQueue<>();
  private volatile String activity;
  private volatile int startErrors = -1;
  private volatile boolean finished;
  private volatile boolean closed;
  private volatile boolean ended;
  private boolean askedRest;
  private volatile RuntimeException failure;
  private Candidate offered;

  BackgroundLearner(Task task, Certifying certifying) {
    this.learner = new StepLearner(task, certifying);
    this.activity = learner.activity();
  }

  /** Starts the thread. */
  BackgroundLearner started() {
    Thread thread = new Thread(this, "learn");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
    return this;
  }

  @Override
  public void run() {
    try {
      while (!closed && !learner.finished()) {
        if (!learn()) {
          Sample sample = samples.poll(WAIT_MILLISECONDS, TimeUnit.MILLISECONDS);
          if (sample != null) {
            learner.sample(sample.word, sample.kernel);
            Thread.sleep(WAIT_MILLISECONDS); // samples come in crowds
          }
        }
      }
    } catch (CancellationException | InterruptedException e) {
      closed = true;
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      finished = true;
    }
  }

  private boolean learn() {
    for (Sample sample = samples.poll(); sample != null; sample = samples.poll()) {
      learner.sample(sample.word, sample.kernel);
    }
    if (ended && !askedRest) {
      learner.ended();
      askedRest = true;
    }
    boolean busy = learner.step(this::swept);
    activity = learner.activity();
    startErrors = learner.startErrors();
    learner
        .latest()
        .filter(candidate -> candidate != offered)
        .ifPresent(
            candidate -> {
              offered = candidate;
              candidates.add(candidate);
            });
    return busy;
  }

  private void swept(long words) {
    if (closed) {
      throw new CancellationException();
    }
    activity = "certifying, %.0f %% of all words".formatted(100 * words / WORDS);
  }

  @Override
  public Network start() {
    return learner.start();
  }

  @Override
  public int startErrors() {
    return startErrors;
  }

  @Override
  public void sample(int word, long pc, int kernel) {
    samples.add(new Sample(word, kernel));
  }

  @Override
  public void ended() {
    ended = true;
  }

  @Override
  public Optional<Candidate> candidate() {
    if (failure != null) {
      throw new IllegalStateException("the learner failed", failure);
    }
    return Optional.ofNullable(candidates.poll());
  }

  @Override
  public boolean finished() {
    return finished && (candidates.isEmpty() || failure != null);
  }

  @Override
  public String activity() {
    return activity;
  }

  @Override
  public void close() {
    closed = true;
  }
}
