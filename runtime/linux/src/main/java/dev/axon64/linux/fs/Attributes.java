package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.time.Instant;

/** What can be changed of a node beside its contents. Every method may throw {@link SysError}. */
interface Attributes {
  /** Of a node that nothing can be changed of. */
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

  /** Of a node where asking for a change does no harm and changes nothing. */
  Attributes IGNORED =
      new Attributes() {
        @Override
        public void chmod(int mode) {}

        @Override
        public void chown(int uid, int gid) {}

        @Override
        public void setTimes(Instant accessed, Instant modified) {}
      };

  /** Sets the permission bits; never asked of a link. */
  void chmod(int mode);

  /** Sets owner and group; -1 leaves one as it is. */
  void chown(int uid, int gid);

  /** Sets times; null leaves one as it is. */
  void setTimes(Instant accessed, Instant modified);

  /** Whether anything of the node can ever be changed. */
  default boolean isWritable() {
    return false;
  }
}
