package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Flags;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Standard output or error, written to a stream of the host, which is never closed. */
public final class HostOutput extends OpenFile {
  private final OutputStream stream;
  private final int number;
  private final Instant made = Instant.now();

  /**
   * Output to a stream.
   *
   * @param number 1 for standard output, 2 for standard error
   */
  public HostOutput(OutputStream stream, int number) {
    super(Flags.O_WRONLY, null, number == 1 ? "/dev/stdout" : "/dev/stderr");
    this.stream = stream;
    this.number = number;
  }

  @Override
  public Stat stat() {
    return stat(number + 1, made);
  }

  /** The attributes of a standard stream: those of a pipe. */
  static Stat stat(int inode, Instant made) {
    return new Stat(13, inode, Flags.S_IFIFO | 0600, 1, 0, 0, 0, 0, made, made, made);
  }

  @Override
  public int write(byte[] from, int offset, int length) {
    try {
      if (stream instanceof FileOutputStream file) {
        return file.getChannel().write(ByteBuffer.wrap(from, offset, length));
      }
      stream.write(from, offset, length);
      stream.flush();
      return length;
    } catch (IOException e) {
      throw HostTree.error(e);
    }
  }

  @Override
  public int ready() {
    return Flags.POLLOUT | Flags.POLLWRNORM;
  }

  @Override
  public boolean canPoll() {
    return true;
  }
}
