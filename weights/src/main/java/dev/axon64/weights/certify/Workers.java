package dev.axon64.weights.certify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;

/** Runs one task on several threads and folds what they return. */
final class Workers {
  private Workers() {}

  /** Runs {@code task} once in each thread; its first failure is thrown here. */
  static <T> T run(int threads, Callable<T> task, BinaryOperator<T> fold) {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads, Workers::daemon)) {
      List<Future<T>> results = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        results.add(pool.submit(task));
      }
      T total = null;
      for (Future<T> result : results) {
        T part = result.get();
        total = total == null ? part : fold.apply(total, part);
      }
      return total;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sweeping", e);
    }
  }

  /** A thread that does not keep an interrupted command from ending. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "certify");
    thread.setDaemon(true);
    return thread;
  }
}
