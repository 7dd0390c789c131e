package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.time.Instant;

/**
 * Changes to a node apart from its contents: permissions, owner, times. Every method may throw
 * {@link SysError}.
 */
interface Attributes {
  /** For a node that refuses every change. */
  Attributes FIXED =
      new Attributes() {
        @Override
        public void chmod(int mode) {
          throw new SysError(Errno.EROFS);
        }

        @Override
        public void chown(int uid, int gid) {
          throw new SysError(Errno.EROFS);
        }

        @Override
        public void setTimes(Instant accessed, Instant modified) {
          throw new SysError(Errno.EROFS);
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

  /** Whether the file system that the node is in can be changed. */
  default boolean isWritable() {
    return false;
  }
}
