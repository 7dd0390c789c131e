package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.time.Instant;

/**
 * Changes to a node apart from its contents: permissions, owner, times. Every method may throw
 * {@link SysError}.
 */
interface Attributes {
  /** For a node that refuses every change, in a file system that could be changed (/proc). */
  Attributes FIXED =
      new Attributes() {
        @Override
        public void chmod(int mode) {
          throw new SysError(Errno.EPERM);
        }

        @Override
        public void chown(int uid, int gid) {
          throw new SysError(Errno.EPERM);
        }

        @Override
        public void setTimes(Instant accessed, Instant modified) {
          throw new SysError(Errno.EPERM);
        }

        @Override
        public boolean isWritable() {
          return true;
        }
      };

  /** For a node that accepts every change without effect. */
  Attributes IGNORED =
      new Attributes() {
        @Override
        public void chmod(int mode) {}

        @Override
        public void chown(int uid, int gid) {}

        @Override
        public void setTimes(Instant accessed, Instant modified) {}
      };

  /** Sets the permission bits; never called for a link. */
  void chmod(int mode);

  /** Sets owner and group; -1 keeps the one or the other. */
  void chown(int uid, int gid);

  /** Sets the times of access and modification; null keeps the one or the other. */
  void setTimes(Instant accessed, Instant modified);

  /**
   * Gives something new its owner, and its mode again, which that may have changed. A file system
   * that cannot do so leaves it as it is.
   */
  default void own(int uid, int gid, int mode) {}

  /** The extended attributes. */
  default ExtendedAttributes extended() {
    return ExtendedAttributes.NONE;
  }

  /** Whether the owner is one of the guest's users, and not just whoever runs the guest. */
  default boolean givesIds() {
    return true;
  }

  /** Whether the file system that the node is in can be changed. */
  default boolean isWritable() {
    return false;
  }
}
