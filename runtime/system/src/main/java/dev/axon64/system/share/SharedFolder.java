package dev.axon64.system.share;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Answers requests of FUSE (include/uapi/linux/fuse.h, 7.31) about a folder, which is only read.
 * Files that are neither regular nor folders nor links are not there.
 */
public final class SharedFolder {
  private static final int HEADER = 40;
  private static final int ANSWER = 16;

  private static final int LOOKUP = 1;
  private static final int FORGET = 2;
  private static final int GETATTR = 3;
  private static final int READLINK = 5;
  private static final int OPEN = 14;
  private static final int READ = 15;
  private static final int STATFS = 17;
  private static final int RELEASE = 18;
  private static final int FLUSH = 25;
  private static final int INIT = 26;
  private static final int OPENDIR = 27;
  private static final int READDIR = 28;
  private static final int RELEASEDIR = 29;
  private static final int ACCESS = 34;
  private static final int DESTROY = 38;
  private static final int BATCH_FORGET = 42;

  /** Requests that would change something. */
  private static final List<Integer> CHANGES = List.of(4, 6, 8, 9, 10, 11, 12, 13, 16, 35, 43, 45);

  private static final int MAJOR = 7;
  private static final int MINOR = 31;
  private static final int MOST_READ = 1 << 20;
  private static final int MOST_OPEN = 1024;

  private static final int KIND = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final int SECOND_OF_TRUST = 1;
  private static final int BLOCK = 512;

  private record Entry(byte[] name, long inode, int type) {}

  private record Attributes(long inode, long size, FileTime[] times, int mode) {}

  private final Nodes nodes;
  private final Map<Long, FileChannel> files = new HashMap<>();
  private final Map<Long, List<Entry>> folders = new HashMap<>();
  private long lastHandle;

  /** Shares a folder. */
  public SharedFolder(Path folder) {
    nodes = new Nodes(folder);
  }

  /**
   * Answers a request.
   *
   * @param room for the answer, in bytes
   * @return the answer; empty if there is to be none
   */
  public byte[] answer(byte[] request, long room) {
    ByteBuffer in = ByteBuffer.wrap(request).order(ByteOrder.LITTLE_ENDIAN);
    if (request.length < HEADER || room < ANSWER) {
      return new byte[0];
    }
    int operation = in.getInt(4);
    if (operation == FORGET || operation == BATCH_FORGET) {
      forget(operation, in);
      return new byte[0];
    }
    int most = (int) Math.min(room - ANSWER, MOST_READ);
    try {
      ByteBuffer arguments = in.slice(HEADER, request.length - HEADER).order(in.order());
      byte[] result = serve(operation, in.getLong(16), arguments, most);
      return result.length > most
          ? answer(in, FuseError.INVALID, new byte[0])
          : answer(in, 0, result);
    } catch (FuseError e) {
      return answer(in, e.number, new byte[0]);
    } catch (NoSuchFileException e) {
      return answer(in, FuseError.NO_ENTRY, new byte[0]);
    } catch (AccessDeniedException e) {
      return answer(in, FuseError.ACCESS, new byte[0]);
    } catch (IOException | UnsupportedOperationException e) {
      return answer(in, FuseError.IO, new byte[0]);
    }
  }

  private static byte[] answer(ByteBuffer in, int error, byte[] result) {
    return bytes(ANSWER + result.length)
        .putInt(ANSWER + result.length)
        .putInt(-error)
        .putLong(in.getLong(8))
        .put(result)
        .array();
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void forget(int operation, ByteBuffer in) {
    if (operation == FORGET) {
      if (in.limit() >= HEADER + 8) {
        nodes.forget(in.getLong(16), in.getLong(HEADER));
      }
      return;
    }
    int count = in.limit() >= HEADER + 8 ? in.getInt(HEADER) : 0;
    for (int i = 0; i < count && in.limit() >= HEADER + 8 + 16 * (i + 1L); i++) {
      int at = HEADER + 8 + 16 * i;
      nodes.forget(in.getLong(at), in.getLong(at + 8));
    }
  }

  private static void need(ByteBuffer arguments, int length) throws FuseError {
    if (arguments.limit() < length) {
      throw new FuseError(FuseError.INVALID);
    }
  }

  private byte[] serve(int operation, long node, ByteBuffer arguments, int most)
      throws FuseError, IOException {
    return switch (operation) {
      case INIT -> init(arguments);
      case LOOKUP -> entry(nodes.child(node, name(arguments)));
      case GETATTR -> attributes(attributes(nodes.path(node)));
      case READLINK ->
          Files.readSymbolicLink(nodes.path(node)).toString().getBytes(StandardCharsets.UTF_8);
      case OPEN -> open(nodes.path(node), arguments);
      case OPENDIR -> opened(folders, list(nodes.path(node)));
      case READ -> read(arguments, most);
      case READDIR -> readFolder(arguments, most);
      case RELEASE, RELEASEDIR -> release(arguments);
      case STATFS -> bytes(80).putInt(40, BLOCK).putInt(44, 255).putInt(48, BLOCK).array();
      case ACCESS -> {
        need(arguments, 4);
        if ((arguments.getInt(0) & 2) != 0) {
          throw new FuseError(FuseError.READ_ONLY);
        }
        yield new byte[0];
      }
      case FLUSH, DESTROY -> new byte[0];
      default ->
          throw new FuseError(
              CHANGES.contains(operation) ? FuseError.READ_ONLY : FuseError.NOT_KNOWN);
    };
  }

  private static byte[] init(ByteBuffer arguments) throws FuseError {
    need(arguments, 16);
    ByteBuffer out = bytes(64).putInt(MAJOR).putInt(MINOR).putInt(arguments.getInt(8)).putInt(0);
    out.putShort((short) 16).putShort((short) 12).putInt(1 << 16).putInt(1);
    return out.array();
  }

  private static byte[] name(ByteBuffer arguments) throws FuseError {
    int length = 0;
    while (length < arguments.limit() && arguments.get(length) != 0) {
      length++;
    }
    if (length == arguments.limit()) {
      throw new FuseError(FuseError.INVALID);
    }
    byte[] name = new byte[length];
    arguments.get(0, name);
    return name;
  }

  private static Attributes attributes(Path path) throws FuseError, IOException {
    Map<String, Object> all =
        Files.readAttributes(
            path,
            "unix:ino,size,mode,lastAccessTime,lastModifiedTime,ctime",
            LinkOption.NOFOLLOW_LINKS);
    int mode = (int) all.get("mode");
    int kind = mode & KIND;
    if (kind != REGULAR && kind != FOLDER && kind != LINK) {
      throw new FuseError(FuseError.NO_ENTRY);
    }
    FileTime[] times = {
      (FileTime) all.get("lastAccessTime"),
      (FileTime) all.get("lastModifiedTime"),
      (FileTime) all.get("ctime")
    };
    return new Attributes((long) all.get("ino"), (long) all.get("size"), times, mode);
  }

  private static void put(ByteBuffer out, Attributes of) {
    out.putLong(of.inode).putLong(of.size).putLong((of.size + BLOCK - 1) / BLOCK);
    for (FileTime time : of.times) {
      out.putLong(time.to(TimeUnit.SECONDS));
    }
    for (FileTime time : of.times) {
      out.putInt(time.toInstant().getNano());
    }
    out.putInt(of.mode).putInt(1).putInt(0).putInt(0).putInt(0).putInt(4096).putInt(0);
  }

  private static byte[] attributes(Attributes of) {
    ByteBuffer out = bytes(104).putLong(SECOND_OF_TRUST).putLong(0);
    put(out, of);
    return out.array();
  }

  private byte[] entry(Path path) throws FuseError, IOException {
    Attributes attributes = attributes(path);
    ByteBuffer out = bytes(128).putLong(nodes.find(path)).putLong(0);
    out.putLong(SECOND_OF_TRUST).putLong(SECOND_OF_TRUST).putLong(0);
    put(out, attributes);
    return out.array();
  }

  private <T> byte[] opened(Map<Long, T> handles, T what) throws FuseError {
    if (files.size() + folders.size() >= MOST_OPEN) {
      throw new FuseError(FuseError.TOO_MANY);
    }
    handles.put(++lastHandle, what);
    return bytes(16).putLong(lastHandle).array();
  }

  private byte[] open(Path path, ByteBuffer arguments) throws FuseError, IOException {
    need(arguments, 4);
    if ((arguments.getInt(0) & 3) != 0) {
      throw new FuseError(FuseError.READ_ONLY);
    }
    if ((attributes(path).mode & KIND) != REGULAR) {
      throw new FuseError(FuseError.IS_A_FOLDER);
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      return opened(files, file);
    } catch (FuseError e) {
      file.close();
      throw e;
    }
  }

  private static List<Entry> list(Path path) throws FuseError, IOException {
    if ((attributes(path).mode & KIND) != FOLDER) {
      throw new FuseError(FuseError.NOT_A_FOLDER);
    }
    List<Entry> entries = new ArrayList<>();
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
      all.forEach(names::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(null);
    for (Path each : names) {
      try {
        Attributes attributes = attributes(each);
        entries.add(
            new Entry(
                each.getFileName().toString().getBytes(StandardCharsets.UTF_8),
                attributes.inode,
                (attributes.mode & KIND) >>> 12));
      } catch (FuseError | IOException e) {
        continue; // it is not there, or no more
      }
    }
    return entries;
  }

  private byte[] read(ByteBuffer arguments, int most) throws FuseError, IOException {
    need(arguments, 20);
    FileChannel file = files.get(arguments.getLong(0));
    long at = arguments.getLong(8);
    int size = Math.clamp(arguments.getInt(16) & 0xffff_ffffL, 0, most);
    if (file == null) {
      throw new FuseError(FuseError.BAD_HANDLE);
    }
    if (at < 0) {
      throw new FuseError(FuseError.INVALID);
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    while (out.hasRemaining() && file.read(out, at + out.position()) > 0) {
      // until the file ends
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private byte[] readFolder(ByteBuffer arguments, int most) throws FuseError {
    need(arguments, 20);
    List<Entry> entries = folders.get(arguments.getLong(0));
    if (entries == null) {
      throw new FuseError(FuseError.BAD_HANDLE);
    }
    ByteBuffer out = bytes(Math.clamp(arguments.getInt(16) & 0xffff_ffffL, 0, most));
    long from = arguments.getLong(8);
    for (long i = Math.max(from, 0); i < entries.size(); i++) {
      Entry entry = entries.get((int) i);
      int length = 24 + entry.name.length + 7 & -8;
      if (out.remaining() < length) {
        break;
      }
      int start = out.position();
      out.putLong(entry.inode).putLong(i + 1).putInt(entry.name.length).putInt(entry.type);
      out.put(entry.name).position(start + length);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  private byte[] release(ByteBuffer arguments) throws FuseError, IOException {
    need(arguments, 8);
    FileChannel file = files.remove(arguments.getLong(0));
    if (file != null) {
      file.close();
    }
    folders.remove(arguments.getLong(0));
    return new byte[0];
  }
}
