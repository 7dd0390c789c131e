package dev.axon64.linux.snapshot;

import dev.axon64.machine.memory.Backing;
import java.util.List;
import java.util.Map;

/**
 * All of a guest but the contents of its pages: one process with one thread.
 *
 * @param instructions executed so far
 * @param turn instructions left of the thread's turn
 * @param monotonic nanoseconds since the machine started
 * @param lastId the last number given to a process
 * @param registers in 64 bits each, by what the instruction spec says that a snapshot calls them
 * @param lone the program, if the guest sees no other file; else null
 */
public record GuestImage(
    long instructions,
    long turn,
    long monotonic,
    int lastId,
    Map<String, long[]> registers,
    Thread thread,
    Process process,
    Places places,
    List<Region> regions,
    List<Source> sources,
    List<Run> touched,
    List<Open> files,
    List<Descriptor> descriptors,
    Input input,
    Lone lone) {

  /** A stack for signal handlers. */
  public record Stack(long start, int flags, long size) {}

  /** The one thread; names as in {@link dev.axon64.linux.process.Task}. */
  public record Thread(
      int id,
      String name,
      long blocked,
      Long savedMask,
      Stack altStack,
      long clearChildId,
      long robustList,
      long rseq,
      long instructions) {}

  /** What is done with a signal. */
  public record Action(int signal, long handler, long flags, long restorer, long mask) {}

  /** The process; names as in {@link dev.axon64.linux.process.Process}. */
  public record Process(
      int id,
      int group,
      int session,
      String name,
      String executable,
      String folder,
      int umask,
      int uid,
      int gid,
      int fileMode,
      int niceness,
      int mostFiles,
      Map<Integer, long[]> limits,
      long timerAt,
      long timerEvery,
      long pastInstructions,
      long childInstructions,
      List<Action> actions) {}

  /** Where things lie in memory. */
  public record Places(
      long breakStart,
      long breakEnd,
      long argumentStart,
      long argumentEnd,
      long environmentEnd,
      long stackStart) {}

  /**
   * A mapping.
   *
   * @param source which of {@link GuestImage#sources}; -1 for zeroes
   * @param offset in the source, in bytes
   */
  public record Region(
      long start, long end, int protection, String name, int source, long offset) {}

  /** Pages that follow one another, both in the guest and in the snapshot. */
  public record Run(long first, int index, int count) {}

  /**
   * What untouched pages hold.
   *
   * @param runs which pages there are, by their offset in it by 4096
   */
  public record Source(Backing.Kind kind, List<Run> runs) {}

  /** What an open file is. */
  public enum FileKind {
    STDIN,
    STDOUT,
    STDERR,
    REGULAR,
    DEVICE
  }

  /**
   * An open file.
   *
   * @param position where a regular file is read or written next
   * @param size bytes of a regular file
   */
  public record Open(FileKind kind, String path, int flags, long position, long size) {}

  /** A descriptor: which of {@link GuestImage#files}. */
  public record Descriptor(int number, int file, boolean closeOnExec) {}

  /** Standard input that was taken from the host and not read, as Base64. */
  public record Input(String unread, boolean ended) {}

  /**
   * The program as a file.
   *
   * @param first the page that it begins in
   */
  public record Lone(String name, int first, int bytes) {}
}
