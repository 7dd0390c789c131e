package dev.axon64.linux.net;

import dev.axon64.linux.fs.OpenFile;
import java.util.List;

/**
 * What travels with a message. The files are held until somebody {@link #release releases} them.
 *
 * @param files open files that the receiver gets descriptors of
 * @param sender who has sent it; null if nobody asked
 */
public record Attachment(List<OpenFile> files, Credentials sender) {
  public static final Attachment NONE = new Attachment(List.of(), null);

  /** The same with another sender. */
  Attachment from(Credentials other) {
    return new Attachment(files, other);
  }

  /** The same once more, for somebody who only peeks. */
  Attachment copy() {
    files.forEach(OpenFile::retain);
    return this;
  }

  /** Lets go of the files. */
  public void release() {
    files.forEach(OpenFile::release);
  }

  /** Whether bytes with this may be received together with bytes with another one. */
  boolean joins(Attachment other) {
    return files.isEmpty()
        && other.files.isEmpty()
        && (sender == null ? other.sender == null : sender.equals(other.sender));
  }
}
