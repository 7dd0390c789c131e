package dev.axon64.linux.process;

/**
 * How much a machine may use.
 *
 * @param memory bytes of touched pages, all processes together; also the most that one process can
 *     map with access
 * @param instructions executed, all processes together
 * @param tasks processes and threads at the same time
 * @param files open in one process
 * @param fileSize bytes of a file that is written
 * @param temporary bytes of all files in memory
 */
public record Limits(
    long memory, long instructions, int tasks, int files, long fileSize, long temporary) {
  /**
   * 2 GiB of memory, any number of instructions, 256 tasks, 1024 open files in a process, files of
   * 1 GiB, and 256 MiB for files in memory.
   */
  public static final Limits DEFAULT =
      new Limits(2L << 30, Long.MAX_VALUE, 256, 1024, 1L << 30, 256L << 20);

  public Limits withMemory(long bytes) {
    return new Limits(bytes, instructions, tasks, files, fileSize, temporary);
  }

  public Limits withInstructions(long count) {
    return new Limits(memory, count, tasks, files, fileSize, temporary);
  }

  public Limits withTasks(int count) {
    return new Limits(memory, instructions, count, files, fileSize, temporary);
  }

  public Limits withFiles(int count) {
    return new Limits(memory, instructions, tasks, count, fileSize, temporary);
  }

  public Limits withFileSize(long bytes) {
    return new Limits(memory, instructions, tasks, files, bytes, temporary);
  }

  public Limits withTemporary(long bytes) {
    return new Limits(memory, instructions, tasks, files, fileSize, bytes);
  }
}
