package dev.axon64.linux.net;

/**
 * Who is at an end of a socket (struct ucred).
 *
 * @param pid process
 * @param uid user
 * @param gid group
 */
public record Credentials(int pid, int uid, int gid) {
  /** Nobody known. */
  public static final Credentials NONE = new Credentials(0, -1, -1);

  /** What a message brings whose sender was not asked. */
  public static final Credentials UNASKED = new Credentials(0, 65534, 65534);
}
