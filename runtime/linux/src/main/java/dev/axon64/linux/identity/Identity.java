package dev.axon64.linux.identity;

import java.util.List;

/**
 * Whom a thread acts for (credentials(7)). It never changes; calls give a thread another one.
 *
 * @param groups the supplementary groups, in ascending order
 * @param keepsCapabilities whether it keeps what is permitted when it becomes an ordinary user
 * @param noNewPrivileges whether programs give it no rights that it does not have
 */
public record Identity(
    Ids user,
    Ids group,
    List<Integer> groups,
    Capabilities capabilities,
    boolean keepsCapabilities,
    boolean noNewPrivileges) {

  /** The identity of a user who has no supplementary groups. */
  public static Identity of(int uid, int gid) {
    Capabilities capabilities = uid == 0 ? Capabilities.FULL : Capabilities.NONE;
    return new Identity(Ids.of(uid), Ids.of(gid), List.of(), capabilities, false, false);
  }

  /** Whether it can use a capability. */
  public boolean can(int capability) {
    return (capabilities.effective() & Capabilities.bit(capability)) != 0;
  }

  /** Whether files of a group are treated as files of its group. */
  public boolean isInGroup(int gid) {
    return group.file() == gid || groups.contains(gid);
  }

  /** The same with other user ids. */
  public Identity withUser(Ids next) {
    return new Identity(
        next,
        group,
        groups,
        capabilities.afterChange(user, next, keepsCapabilities),
        keepsCapabilities,
        noNewPrivileges);
  }

  /** The same with another user id for files. */
  public Identity withFileUser(int id) {
    return new Identity(
        user.withFile(id),
        group,
        groups,
        capabilities.afterFileChange(user.file(), id),
        keepsCapabilities,
        noNewPrivileges);
  }

  /** The same with other group ids. */
  public Identity withGroup(Ids next) {
    return new Identity(user, next, groups, capabilities, keepsCapabilities, noNewPrivileges);
  }

  /** The same with other supplementary groups. */
  public Identity withGroups(List<Integer> next) {
    List<Integer> sorted = next.stream().sorted(Integer::compareUnsigned).toList();
    return new Identity(user, group, sorted, capabilities, keepsCapabilities, noNewPrivileges);
  }

  /** The same with other capabilities. */
  public Identity withCapabilities(Capabilities next) {
    return new Identity(user, group, groups, next, keepsCapabilities, noNewPrivileges);
  }

  /** The same, keeping capabilities or not. */
  public Identity keeping(boolean capabilitiesKept) {
    return new Identity(user, group, groups, capabilities, capabilitiesKept, noNewPrivileges);
  }

  /** The same, never gaining rights from programs. */
  public Identity withoutNewPrivileges() {
    return new Identity(user, group, groups, capabilities, keepsCapabilities, true);
  }

  /** Whom access(2) asks for: the real user, with what that user may do. */
  public Identity real() {
    long usable = user.real() == 0 ? capabilities.permitted() : 0;
    return new Identity(
        user.withFile(user.real()),
        group.withFile(group.real()),
        groups,
        capabilities.withEffective(usable),
        keepsCapabilities,
        noNewPrivileges);
  }

  /**
   * What a program begins with.
   *
   * @param uid effective user, the file's owner if the program is marked for that
   * @param gid effective group
   */
  public Identity forProgram(int uid, int gid) {
    Ids nextUser = user.forProgram(uid);
    boolean other = uid != user.effective() || gid != group.effective();
    return new Identity(
        nextUser,
        group.forProgram(gid),
        groups,
        capabilities.forProgram(nextUser, other),
        false,
        noNewPrivileges);
  }

  /** Whether it acts for somebody else than whose thread it is (AT_SECURE). */
  public boolean isSecure() {
    return user.real() != user.effective() || group.real() != group.effective();
  }

  /** Whether this one may do what the other may not, or acts for somebody else. */
  public boolean differsInRights(Identity other) {
    return user.effective() != other.user.effective()
        || group.effective() != other.group.effective()
        || user.file() != other.user.file()
        || group.file() != other.group.file()
        || (capabilities.permitted() & ~other.capabilities.permitted()) != 0;
  }
}
