package dev.axon64.linux.identity;

/**
 * The four ids that a thread has of one kind, user or group (credentials(7)).
 *
 * @param real whose thread it is
 * @param effective whom it acts for
 * @param saved what it may act for again
 * @param file whom it acts for on files
 */
public record Ids(int real, int effective, int saved, int file) {
  /** All four are the same. */
  public static Ids of(int id) {
    return new Ids(id, id, id, id);
  }

  /** Whether an id is the real, the effective or the saved one. */
  public boolean has(int id) {
    return id == real || id == effective || id == saved;
  }

  /** The same with another id for files. */
  public Ids withFile(int id) {
    return new Ids(real, effective, saved, id);
  }

  /** What a program begins with that acts for this id. */
  Ids forProgram(int id) {
    return new Ids(real, id, id, id);
  }
}
