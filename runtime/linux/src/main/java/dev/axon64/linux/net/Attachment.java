package dev.axon64.linux.net;

import dev.axon64.linux.fs.OpenFile;
import java.util.List;

/**
 * What travels with a message. The files are held until somebody {@link #release releases} them.
 *
 * @param files open files that the receiver gets descriptors of
 * @param sender who has sent it; null if nobody asked
 * @param underway the network that counts the files while they are held; null while nobody holds
 *     them
 * @param controls what messages of the Internet bring
 */
public record Attachment(
    List<OpenFile> files, Credentials sender, Network underway, List<Control> controls) {
  public static final Attachment NONE = new Attachment(List.of(), null);

  /** Files that nobody holds yet, and their sender. */
  public Attachment(List<OpenFile> files, Credentials sender) {
    this(files, sender, null, List.of());
  }

  /** What a message of the Internet brings. */
  public static Attachment of(List<Control> controls) {
    return new Attachment(List.of(), null, null, controls);
  }

  /** The same with another sender. */
  Attachment from(Credentials other) {
    return new Attachment(files, other, underway, controls);
  }

  /** The same, held for somebody; fails with ETOOMANYREFS if too many files are held. */
  Attachment hold(Network network) {
    if (files.isEmpty()) {
      return this;
    }
    network.holdFiles(files.size());
    files.forEach(OpenFile::retain);
    return new Attachment(files, sender, network, controls);
  }

  /** Lets go of the files. */
  public void release() {
    if (underway != null) {
      underway.releaseFiles(files.size());
      files.forEach(OpenFile::release);
    }
  }

  /** Whether bytes with this may be received together with bytes with another one. */
  boolean joins(Attachment other) {
    return files.isEmpty()
        && other.files.isEmpty()
        && (sender == null ? other.sender == null : sender.equals(other.sender));
  }
}
