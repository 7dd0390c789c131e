package dev.axon64.metal.exec;

import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.jit.Fault;
import dev.axon64.metal.jit.GridShape;
import dev.axon64.metal.jit.KernelCompiler;
import dev.axon64.metal.jit.Rendezvous;
import dev.axon64.metal.jit.RunControl;
import dev.axon64.metal.jit.ThreadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** One run: workers that take ranges of the grid, or whole threadgroups, until none is left. */
final class KernelRun {
  private static final long MOST_CHUNK = 4096;

  private final String fileName;
  private final String kernel;
  private final KernelCompiler.Compiled compiled;
  private final List<KernelBuffer> declared;
  private final byte[][] buffers;
  private final GridShape grid;
  private final RunOptions options;
  private final RunControl control = new RunControl();
  private final AtomicReference<InputException> failure = new AtomicReference<>();
  private final AtomicReference<Throwable> defect = new AtomicReference<>();
  private final AtomicReference<String> stoppedAt = new AtomicReference<>("");
  private final AtomicLong next = new AtomicLong();
  private volatile boolean timedOut;

  KernelRun(
      String fileName,
      String kernel,
      KernelCompiler.Compiled compiled,
      List<KernelBuffer> declared,
      byte[][] buffers,
      GridShape grid,
      RunOptions options) {
    this.fileName = fileName;
    this.kernel = kernel;
    this.compiled = compiled;
    this.declared = declared;
    this.buffers = buffers;
    this.grid = grid;
    this.options = options;
  }

  void run() {
    boolean grouped = compiled.barrier() || compiled.sharedBytes() > 0;
    long pieces = grouped ? groups() : grid.width() * grid.height() * grid.depth();
    long chunk = grouped ? 1 : Math.max(1, Math.min(MOST_CHUNK, pieces / (options.threads() * 8L)));
    Runnable work = grouped ? () -> takeGroups(pieces) : () -> takeRanges(pieces, chunk);
    int workers = (int) Math.min(options.threads(), (pieces + chunk - 1) / chunk);
    if (workers == 1 && options.timeout().isEmpty()) {
      guarded(work);
    } else {
      runAll(work, workers);
    }
    if (defect.get() != null) {
      throw new IllegalStateException(defect.get());
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    if (timedOut) {
      throw new InputException(
          fileName,
          "kernel '%s' ran over %.3f s and was stopped%s; allow more time or look for an endless loop"
              .formatted(kernel, options.timeout().orElseThrow().toNanos() / 1e9, stoppedAt.get()));
    }
  }

  private void runAll(Runnable work, int workers) {
    CountDownLatch finished = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      Thread worker =
          new Thread(
              () -> {
                guarded(work);
                finished.countDown();
              },
              "metal-" + kernel + "-" + i);
      worker.setDaemon(true);
      worker.start();
    }
    await(finished);
  }

  private void await(CountDownLatch finished) {
    boolean interrupted = false;
    long end =
        options.timeout().map(limit -> System.nanoTime() + limit.toNanos()).orElse(Long.MAX_VALUE);
    while (true) {
      try {
        if (options.timeout().isEmpty() || control.isStopped()) {
          finished.await();
          break;
        }
        if (finished.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
          break;
        }
        timedOut = true;
        control.stop();
      } catch (InterruptedException e) {
        interrupted = true;
        fail(new InputException(fileName, "kernel '" + kernel + "' was interrupted"));
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(InputException reason) {
    failure.compareAndSet(null, reason);
    control.stop();
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (OutOfMemoryError e) {
      fail(new InputException(fileName, "kernel '" + kernel + "': not enough memory"));
    } catch (RuntimeException | Error e) {
      defect.compareAndSet(null, e);
      control.stop();
    }
  }

  private ThreadContext context(byte[] shared, Rendezvous rendezvous) {
    return new ThreadContext(
        compiled.threadBytes(), compiled.constants(), shared, buffers, grid, control, rendezvous);
  }

  private void takeRanges(long threads, long chunk) {
    ThreadContext context = context(new byte[0], null);
    while (!control.isStopped()) {
      long from = next.getAndAdd(chunk);
      if (from >= threads) {
        return;
      }
      range(context, from, Math.min(threads, from + chunk));
    }
  }

  private void range(ThreadContext context, long from, long to) {
    try {
      compiled.code().range(context, from, to);
    } catch (Fault fault) {
      report(fault, context);
    } catch (StackOverflowError e) {
      fail(new InputException(fileName, "kernel '" + kernel + "': its calls nest too deeply"));
    }
  }

  private void report(Fault fault, ThreadContext context) {
    if (control.isStopped()) {
      String line = fault.line() > 0 ? " in line " + fault.line() : "";
      stoppedAt.compareAndSet("", line + ", thread " + context.position());
      return;
    }
    String where = fault.line() > 0 ? fileName + ":" + fault.line() : fileName;
    fail(
        new InputException(
            where,
            "kernel '%s', thread %s: %s%s"
                .formatted(
                    kernel, context.position(), fault.getMessage(), memoryName(fault, context))));
  }

  private String memoryName(Fault fault, ThreadContext context) {
    byte[] memory = fault.memory();
    if (memory == null) {
      return "";
    }
    for (KernelBuffer buffer : declared) {
      if (buffers[buffer.index()] == memory) {
        return " in " + buffer;
      }
    }
    return memory == context.memory
        ? " in its thread memory"
        : memory == context.constants ? " in constant memory" : " in threadgroup memory";
  }

  private long groups(int axis) {
    long size = axis == 0 ? grid.width() : axis == 1 ? grid.height() : grid.depth();
    long group = axis == 0 ? grid.groupWidth() : axis == 1 ? grid.groupHeight() : grid.groupDepth();
    return (size + group - 1) / group;
  }

  private long groups() {
    return groups(0) * groups(1) * groups(2);
  }

  private void takeGroups(long groups) {
    while (!control.isStopped()) {
      long group = next.getAndIncrement();
      if (group >= groups) {
        return;
      }
      List<Long> members = members(group);
      byte[] shared = new byte[compiled.sharedBytes()];
      if (compiled.barrier() && members.size() > 1) {
        together(members, shared);
      } else {
        ThreadContext context = context(shared, null);
        for (long member : members) {
          if (!control.isStopped()) {
            range(context, member, member + 1);
          }
        }
      }
    }
  }

  /** The linear indices of a group's threads, x running fastest. */
  private List<Long> members(long group) {
    long x0 = group % groups(0) * grid.groupWidth();
    long y0 = group / groups(0) % groups(1) * grid.groupHeight();
    long z0 = group / groups(0) / groups(1) * grid.groupDepth();
    List<Long> members = new ArrayList<>();
    for (long z = z0; z < Math.min(grid.depth(), z0 + grid.groupDepth()); z++) {
      for (long y = y0; y < Math.min(grid.height(), y0 + grid.groupHeight()); y++) {
        for (long x = x0; x < Math.min(grid.width(), x0 + grid.groupWidth()); x++) {
          members.add((z * grid.height() + y) * grid.width() + x);
        }
      }
    }
    return members;
  }

  /** Runs each thread of a group on a JVM thread of its own, as they wait for one another. */
  private void together(List<Long> members, byte[] shared) {
    GroupRendezvous rendezvous = new GroupRendezvous(members.size(), control);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      long member = members.get(i);
      int index = i;
      threads.add(
          Thread.ofVirtual()
              .unstarted(
                  () -> {
                    guarded(() -> range(context(shared, rendezvous), member, member + 1));
                    rendezvous.leave(index / GridShape.SIMD_WIDTH);
                  }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      joined(thread);
    }
  }

  private void joined(Thread thread) {
    Threads.join(
        thread,
        () -> fail(new InputException(fileName, "kernel '" + kernel + "' was interrupted")));
  }
}
