package dev.axon64.linux.process;

import dev.axon64.linux.signal.SigInfo;

/** How a thread is traced by another one (ptrace(2)). */
public final class Tracing {
  /** What a tracee does once it goes on. */
  public enum Mode {
    /** It runs until something happens. */
    RUN,
    /** It also stops before and after its next call. */
    TO_CALL,
    /** It stops at its next call, which is not made. */
    WITHOUT_CALL,
    /** It also stops after one instruction. */
    ONE_STEP
  }

  /** Where it stopped. */
  public enum Place {
    /** Before a signal is delivered, or at an event. */
    ELSEWHERE,
    BEFORE_CALL,
    AFTER_CALL,
    /** With its process, which a signal has stopped. */
    WITH_PROCESS
  }

  /** The thread that traces. */
  public final Task tracer;

  /** Whether it was attached by PTRACE_SEIZE. */
  public final boolean seized;

  /** PTRACE_O_ flags. */
  public long options;

  Mode mode = Mode.RUN;

  /** The wait status of its stop, which only the tracer ends; 0 while it goes on. */
  int status;

  /** Whether the tracer has been told of the stop. */
  boolean told;

  /** Whether it waits in its stop for SIGCONT (PTRACE_LISTEN). */
  boolean listens;

  /** Whether it stops once more after this stop, since its process was continued meanwhile. */
  boolean wasContinued;

  Place place = Place.ELSEWHERE;

  /** What PTRACE_GETSIGINFO tells of the stop; null for nothing. */
  SigInfo info;

  /** What PTRACE_GETEVENTMSG tells. */
  long message;

  /** What it does once it goes on; null for nothing in particular. */
  Runnable then;

  /** The event of the call that it makes, which it stops for after the call; 0 for none. */
  int event;

  /** Whether it was stopped before the call that it is making. */
  boolean inCall;

  /** Another number for the call that it is about to make; null for its own. */
  Integer callNumber;

  /**
   * X0 as it was before it showed that the call was interrupted; null if it shows no such thing.
   */
  Long hidden;

  Tracing(Task tracer, boolean seized, long options) {
    this.tracer = tracer;
    this.seized = seized;
    this.options = options;
  }

  /** Whether it stands still until its tracer lets it go on. */
  public boolean isStopped() {
    return status != 0;
  }

  /** Whether it stands still and its tracer may ask things of it. */
  public boolean isObedient() {
    return isStopped() && !listens;
  }

  /** The wait status of the stop that the tracer has not been told of; 0 if there is none. */
  public int news() {
    return told ? 0 : status;
  }

  /** The tracer has been told of the stop. */
  public void tell() {
    told = true;
  }

  /** Where it stopped. */
  public Place place() {
    return place;
  }

  /** What a tracer reads of the signal that it stopped for; null for nothing. */
  public SigInfo info() {
    return info;
  }

  /** Replaces the signal that is delivered once it goes on. */
  public void setInfo(SigInfo next) {
    info = next;
  }

  /** The message of the last event. */
  public long message() {
    return message;
  }

  /** Lets another call be made in place of the one that it is about to make; -1 for none. */
  public void setCallNumber(int number) {
    if (place == Place.BEFORE_CALL) {
      callNumber = number;
    }
  }

  /** The number of the call as a tracer has it; null for the one in the register. */
  public Integer callNumber() {
    return callNumber;
  }

  boolean has(long option) {
    return (options & option) != 0;
  }
}
