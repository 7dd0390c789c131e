package dev.axon64.linux.event;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.GuestText;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.Notices;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watched files and folders, and the events that have not been read (inotify(7)). */
public final class InotifyFile extends EventFile {
  /** Only a folder is watched. */
  public static final int ONLY_FOLDER = 0x0100_0000;

  /** A link at the end of the path is watched itself. */
  public static final int DONT_FOLLOW = 0x0200_0000;

  /** Nothing is told of files that have lost their names. */
  public static final int EXCLUDE_UNLINKED = 0x0400_0000;

  /** What is watched already stays as it is. */
  public static final int MASK_CREATE = 0x1000_0000;

  /** The events are added to those that are watched. */
  public static final int MASK_ADD = 0x2000_0000;

  /** One event is told. */
  public static final int ONE_SHOT = 0x8000_0000;

  /** All events that can be asked for. */
  public static final int EVENTS = 0xfff;

  private static final int OVERFLOW = 0x4000;
  private static final int IGNORED = 0x8000;
  private static final int MOST_EVENTS = 16_384;
  private static final int MOST_WATCHED = 65_536;
  private static final int HEAD = 16;

  private final Notices notices;
  private final Map<Integer, Mark> marks = new HashMap<>();
  private final Map<Notices.Id, Mark> byNode = new HashMap<>();
  private final Deque<Event> events = new ArrayDeque<>();
  private int last;

  private record Event(int mark, int what, int cookie, byte[] name) {
    /** Bytes of the structure: names are filled with zeroes to a multiple of its head. */
    int bytes() {
      return HEAD + (name.length == 0 ? 0 : (name.length / HEAD + 1) * HEAD);
    }

    boolean isLike(Event other) {
      return other != null
          && mark == other.mark
          && what == other.what
          && cookie == other.cookie
          && Arrays.equals(name, other.name);
    }
  }

  /** Something that is watched. */
  private final class Mark implements Notices.Listener {
    private final int number;
    private final Notices.Id id;
    private int mask;

    Mark(int number, Notices.Id id, int mask) {
      this.number = number;
      this.id = id;
      this.mask = mask;
    }

    @Override
    public void happened(int event, int cookie, String name) {
      boolean unlinked = (event & Notices.UNLINKED) != 0;
      boolean told = !unlinked || (mask & EXCLUDE_UNLINKED) == 0;
      if (told && (event & mask & EVENTS) != 0) {
        add(new Event(number, event & ~Notices.UNLINKED, cookie, GuestText.bytes(name)));
        if ((mask & ONE_SHOT) != 0) {
          gone();
        }
      }
    }

    @Override
    public void gone() {
      if (marks.remove(number) != null) {
        byNode.remove(id);
        notices.remove(id, this);
        add(new Event(number, IGNORED, 0, new byte[0]));
      }
    }
  }

  /** An instance that watches nothing yet. */
  public InotifyFile(Notices notices, int flags) {
    super(flags, "inotify", "watched files");
    this.notices = notices;
  }

  /** Watches a node, and returns the number of the watch. */
  public int watch(Notices.Id id, int mask) {
    Mark known = byNode.get(id);
    if (known != null) {
      if ((mask & MASK_CREATE) != 0) {
        throw new SysError(Errno.EEXIST);
      }
      known.mask = (mask & MASK_ADD) != 0 ? known.mask | mask : mask;
      return known.number;
    }
    if (marks.size() >= MOST_WATCHED) {
      throw new SysError(Errno.ENOSPC);
    }
    Mark mark = new Mark(++last, id, mask);
    marks.put(mark.number, mark);
    byNode.put(id, mark);
    notices.add(id, mark);
    return mark.number;
  }

  /** Ends a watch. */
  public void end(int number) {
    Mark mark = marks.get(number);
    if (mark == null) {
      throw new SysError(Errno.EINVAL);
    }
    mark.gone();
  }

  private void add(Event event) {
    if (event.isLike(events.peekLast())) {
      return;
    }
    if (events.size() < MOST_EVENTS) {
      events.add(event);
    } else if (events.size() == MOST_EVENTS) {
      events.add(new Event(-1, OVERFLOW, 0, new byte[0]));
    }
    watchers.changed(IN);
  }

  @Override
  public boolean canRead() {
    return !events.isEmpty();
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    ByteBuffer out = ByteBuffer.wrap(to, offset, length).order(ByteOrder.LITTLE_ENDIAN);
    int done = 0;
    while (!events.isEmpty() && events.peek().bytes() <= length - done) {
      Event event = events.remove();
      out.position(offset + done);
      out.putInt(event.mark).putInt(event.what).putInt(event.cookie);
      out.putInt(event.bytes() - HEAD);
      Arrays.fill(to, offset + done + HEAD, offset + done + event.bytes(), (byte) 0);
      out.put(event.name);
      done += event.bytes();
    }
    if (done == 0) {
      throw new SysError(Errno.EINVAL);
    }
    return done;
  }

  @Override
  public long available() {
    return events.stream().mapToLong(Event::bytes).sum();
  }

  @Override
  public int ready() {
    return events.isEmpty() ? 0 : IN;
  }

  @Override
  protected void close() {
    List.copyOf(marks.values()).forEach(mark -> notices.remove(mark.id, mark));
    marks.clear();
    byNode.clear();
  }
}
