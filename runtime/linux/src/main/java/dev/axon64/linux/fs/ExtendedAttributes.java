package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import java.util.List;

/** The extended attributes of a node that users have given it. Methods may throw SysError. */
public interface ExtendedAttributes {
  /** Of a file system that has none. */
  ExtendedAttributes NONE =
      new ExtendedAttributes() {
        @Override
        public byte[] get(String name) {
          throw new SysError(Errno.EOPNOTSUPP);
        }

        @Override
        public void set(String name, byte[] value) {
          throw new SysError(Errno.EOPNOTSUPP);
        }

        @Override
        public void remove(String name) {
          throw new SysError(Errno.EOPNOTSUPP);
        }

        @Override
        public List<String> names() {
          return List.of();
        }
      };

  /** The value of a name; null if there is none. */
  byte[] get(String name);

  /** Gives a name a value. */
  void set(String name, byte[] value);

  /** Removes a name that has a value. */
  void remove(String name);

  /** The names that have values. */
  List<String> names();
}
