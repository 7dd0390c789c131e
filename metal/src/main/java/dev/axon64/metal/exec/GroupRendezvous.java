package dev.axon64.metal.exec;

import dev.axon64.metal.jit.Fault;
import dev.axon64.metal.jit.GridShape;
import dev.axon64.metal.jit.Rendezvous;
import dev.axon64.metal.jit.RunControl;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The barriers of one threadgroup; threads that have ended are no longer waited for. */
final class GroupRendezvous implements Rendezvous {
  private static final long MILLIS_BETWEEN_POLLS = 50;

  private final Phaser group;
  private final Phaser[] simdgroups;
  private final RunControl control;

  GroupRendezvous(int members, RunControl control) {
    this.control = control;
    group = new Phaser(members);
    int width = GridShape.SIMD_WIDTH;
    simdgroups = new Phaser[(members + width - 1) / width];
    for (int i = 0; i < simdgroups.length; i++) {
      simdgroups[i] = new Phaser(Math.min(width, members - i * width));
    }
  }

  @Override
  public void awaitGroup() {
    await(group);
  }

  @Override
  public void awaitSimd(int simdgroup) {
    await(simdgroups[simdgroup]);
  }

  private void await(Phaser phaser) {
    int phase = phaser.arrive();
    while (true) {
      try {
        phaser.awaitAdvanceInterruptibly(phase, MILLIS_BETWEEN_POLLS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        if (control.isStopped()) {
          throw Fault.interrupted();
        }
      } catch (InterruptedException e) {
        throw Fault.interrupted();
      }
    }
  }

  void leave(int simdgroup) {
    group.arriveAndDeregister();
    simdgroups[simdgroup].arriveAndDeregister();
  }
}
