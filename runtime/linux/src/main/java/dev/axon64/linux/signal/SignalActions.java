package dev.axon64.linux.signal;

import dev.axon64.linux.abi.Signals;
import java.util.Arrays;
import java.util.function.LongPredicate;

/** What a process does at each signal (sigaction). */
public final class SignalActions {
  public static final int SA_NOCLDSTOP = 1;
  public static final int SA_NOCLDWAIT = 2;
  public static final int SA_SIGINFO = 4;
  public static final int SA_EXPOSE_TAGBITS = 0x800;
  public static final int SA_RESTORER = 0x04000000;
  public static final int SA_ONSTACK = 0x08000000;
  public static final int SA_RESTART = 0x10000000;
  public static final int SA_NODEFER = 0x40000000;
  public static final int SA_RESETHAND = 0x80000000;

  /** All flags that there are; others are dropped, so that programs can ask for them. */
  public static final long KNOWN = 0xdc000807L;

  public static final long SIG_DFL = 0;
  public static final long SIG_IGN = 1;

  /**
   * One action.
   *
   * @param handler an address, {@link #SIG_DFL} or {@link #SIG_IGN}
   * @param flags SA_ flags
   * @param restorer where the handler returns to, if SA_RESTORER is set
   * @param mask blocked while it runs
   */
  public record Action(long handler, long flags, long restorer, long mask) {
    static final Action DEFAULT = new Action(SIG_DFL, 0, 0, 0);
    static final Action IGNORE = new Action(SIG_IGN, 0, 0, 0);

    public boolean has(int flag) {
      return (flags & flag & 0xffffffffL) != 0;
    }
  }

  private final Action[] actions = new Action[Signals.LAST + 1];

  public SignalActions() {
    Arrays.fill(actions, Action.DEFAULT);
  }

  public Action get(int signal) {
    return actions[signal];
  }

  public void set(int signal, Action action) {
    actions[signal] = action;
  }

  public void reset(int signal) {
    actions[signal] = Action.DEFAULT;
  }

  /** Forgets a handler that was meant for one signal; all else stays as it was set. */
  public void spend(int signal) {
    Action old = actions[signal];
    actions[signal] = new Action(SIG_DFL, old.flags, old.restorer, old.mask);
  }

  /** Whether the signal has no effect at all. */
  public boolean ignores(int signal) {
    long handler = actions[signal].handler;
    return handler == SIG_IGN
        || handler == SIG_DFL && Signals.standard(signal) == Signals.Default.IGNORE;
  }

  /** The set of signals that are ignored because the process asked for it. */
  public long ignored() {
    return set(handler -> handler == SIG_IGN);
  }

  /** The set of signals that have handlers. */
  public long caught() {
    return set(handler -> handler != SIG_DFL && handler != SIG_IGN);
  }

  private long set(LongPredicate wanted) {
    long set = 0;
    for (int signal = 1; signal <= Signals.LAST; signal++) {
      if (wanted.test(actions[signal].handler)) {
        set |= Signals.bit(signal);
      }
    }
    return set;
  }

  /** A copy for a child. */
  public SignalActions fork() {
    SignalActions child = new SignalActions();
    System.arraycopy(actions, 0, child.actions, 0, actions.length);
    return child;
  }

  /** Forgets all handlers, which a new program does not have; what is ignored stays ignored. */
  public void forExec() {
    for (int i = 0; i < actions.length; i++) {
      actions[i] = actions[i].handler == SIG_IGN ? Action.IGNORE : Action.DEFAULT;
    }
  }
}
