package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SocketNumbers;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.OpenFile;
import dev.axon64.linux.net.Attachment;
import dev.axon64.linux.net.Control;
import dev.axon64.linux.net.Credentials;
import dev.axon64.linux.process.FileTable;
import dev.axon64.linux.process.Task;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What travels with messages, as the guest writes and reads it (cmsg(3)). */
final class ControlMessages {
  /** Bytes of a struct cmsghdr: long length, int level, int type. */
  private static final int HEADER = 16;

  private static final int LEVEL = SocketNumbers.SOL_SOCKET;
  private static final int MOST_FILES = 253;
  private static final int CREDENTIALS = 12;
  private static final int MOST_BYTES = 1 << 16;

  private ControlMessages() {}

  /** Reads what is to be sent. */
  static Attachment read(Task task, long address, long length) {
    if (length < HEADER || address == 0) {
      return Attachment.NONE;
    }
    if (length > MOST_BYTES) {
      throw new SysError(Errno.ENOBUFS);
    }
    ByteBuffer b = ByteBuffer.wrap(task.cpu.memory.read(address, (int) length));
    b.order(ByteOrder.LITTLE_ENDIAN);
    List<OpenFile> files = new ArrayList<>();
    Credentials sender = null;
    for (int at = 0; at + HEADER <= b.capacity(); ) {
      long size = b.getLong(at);
      if (size < HEADER || size > b.capacity() - at) {
        throw new SysError(Errno.EINVAL);
      }
      if (b.getInt(at + 8) == SocketNumbers.SOL_SOCKET) {
        int bytes = (int) size - HEADER;
        switch (b.getInt(at + 12)) {
          case SocketNumbers.SCM_RIGHTS -> addFiles(task, b, at + HEADER, bytes, files);
          case SocketNumbers.SCM_CREDENTIALS -> sender = credentials(task, b, at + HEADER, bytes);
          default -> throw new SysError(Errno.EINVAL);
        }
      }
      at += (int) (size + 7 & -8);
    }
    return files.isEmpty() && sender == null ? Attachment.NONE : new Attachment(files, sender);
  }

  private static void addFiles(Task task, ByteBuffer b, int at, int bytes, List<OpenFile> files) {
    if (bytes / Integer.BYTES + files.size() > MOST_FILES) {
      throw new SysError(Errno.EINVAL);
    }
    for (int i = 0; i + Integer.BYTES <= bytes; i += Integer.BYTES) {
      files.add(Guest.file(task, b.getInt(at + i)));
    }
  }

  private static Credentials credentials(Task task, ByteBuffer b, int at, int bytes) {
    if (bytes != CREDENTIALS) {
      throw new SysError(Errno.EINVAL);
    }
    Credentials told = new Credentials(b.getInt(at), b.getInt(at + 4), b.getInt(at + 8));
    if (task.identity.user().effective() != 0 && !told.equals(Sockets.caller(task))) {
      throw new SysError(Errno.EPERM);
    }
    return told;
  }

  /** Reads what goes along with a message of the Internet. */
  static Attachment readControls(Task task, long address, long length) {
    if (length < HEADER || address == 0) {
      return Attachment.NONE;
    }
    if (length > MOST_BYTES) {
      throw new SysError(Errno.ENOBUFS);
    }
    ByteBuffer b = Guest.struct(task, address, (int) length);
    List<Control> all = new ArrayList<>();
    for (int at = 0; at + HEADER <= b.capacity(); ) {
      long size = b.getLong(at);
      if (size < HEADER || size > b.capacity() - at) {
        throw new SysError(Errno.EINVAL);
      }
      byte[] bytes = new byte[(int) size - HEADER];
      b.get(at + HEADER, bytes);
      all.add(new Control(b.getInt(at + 8), b.getInt(at + 12), bytes));
      at += (int) (size + 7 & -8);
    }
    return Attachment.of(all);
  }

  /**
   * What was written of an attachment.
   *
   * @param bytes for the guest
   * @param isCut whether something found no room
   */
  record Written(byte[] bytes, boolean isCut) {}

  /**
   * Writes what was received, and gives the thread descriptors of the files.
   *
   * @param room bytes that the guest has for it
   * @param tellSender whether the guest wants to know the sender
   */
  static Written write(
      Task task, Attachment attachment, long room, boolean tellSender, boolean cloexec) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean cut = false;
    if (tellSender) {
      Credentials sender = attachment.sender() == null ? Credentials.UNASKED : attachment.sender();
      ByteBuffer b = Guest.struct(CREDENTIALS);
      b.putInt(0, sender.pid()).putInt(4, sender.uid()).putInt(8, sender.gid());
      cut = put(all, room, new Control(LEVEL, SocketNumbers.SCM_CREDENTIALS, b.array()));
    }
    for (Control control : attachment.controls()) {
      cut |= put(all, room, control);
    }
    List<OpenFile> files = attachment.files();
    if (!files.isEmpty()) {
      long fit = (room - all.size() - HEADER) / Integer.BYTES;
      int count = Math.clamp(fit, 0, files.size());
      byte[] numbers = descriptors(task, files.subList(0, count), cloexec);
      cut |= numbers.length < files.size() * Integer.BYTES;
      if (numbers.length > 0) {
        put(all, room, new Control(LEVEL, SocketNumbers.SCM_RIGHTS, numbers));
      }
    }
    return new Written(all.toByteArray(), cut);
  }

  /** Descriptors of files, as many as the thread may still have. */
  private static byte[] descriptors(Task task, List<OpenFile> files, boolean cloexec) {
    FileTable table = task.process.files;
    ByteBuffer b = Guest.struct(files.size() * Integer.BYTES);
    int done = 0;
    for (OpenFile file : files) {
      try {
        b.putInt(done, table.add(file, cloexec, 0));
      } catch (SysError noRoom) {
        break;
      }
      done += Integer.BYTES;
    }
    return Arrays.copyOf(b.array(), done);
  }

  /** Adds a message, or its beginning; returns whether it was cut. */
  private static boolean put(ByteArrayOutputStream all, long room, Control control) {
    byte[] data = control.bytes();
    long left = room - all.size();
    if (left < HEADER) {
      return true;
    }
    int size = (int) Math.min(left, HEADER + data.length);
    ByteBuffer b = Guest.struct((int) Math.min(left, size + 7 & -8));
    b.putLong(0, size).putInt(8, control.level()).putInt(12, control.type());
    b.put(HEADER, data, 0, size - HEADER);
    all.writeBytes(b.array());
    return size < HEADER + data.length;
  }
}
