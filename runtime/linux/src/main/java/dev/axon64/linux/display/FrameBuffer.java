package dev.axon64.linux.display;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Flags;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.fs.DeviceNode;
import dev.axon64.linux.fs.FileBody;
import dev.axon64.linux.fs.MemoryFile;
import dev.axon64.linux.fs.MemoryStore;
import dev.axon64.linux.fs.RegularFile;
import dev.axon64.linux.fs.Stat;
import dev.axon64.linux.net.HostService;
import dev.axon64.machine.memory.Backing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The device /dev/fb0: the display's pixels as a file of four bytes each, 0xRRGGBB with the lowest
 * byte first, row by row, which programs write or map. What has changed is shown some 40 times a
 * second, and when all guests wait.
 */
public final class FrameBuffer implements HostService {
  public static final String NAME = "fb0";

  private static final int MAJOR = 29;
  private static final int MODE = 0660;

  /** The group that Debian lets draw. */
  private static final int VIDEO = 44;

  private static final int BYTES = Integer.BYTES;
  private static final long PERIOD = 25;

  private final Screen screen;
  private final LongSupplier clock;
  private final FileBody memory;
  private final byte[] bytes;
  private final IntBuffer now;
  private final int[] shown;
  private boolean used;
  private long next;

  /**
   * A black one.
   *
   * @param store whose room the pixels take that were written
   * @param clock tells milliseconds
   */
  public FrameBuffer(Display display, MemoryStore store, LongSupplier clock) {
    this.screen = display.screen();
    this.clock = clock;
    this.memory = MemoryFile.nameless(store, MODE).open(true);
    this.memory.resize(size());
    this.bytes = new byte[size()];
    this.now = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    this.shown = new int[screen.width() * screen.height()];
  }

  public int width() {
    return screen.width();
  }

  public int height() {
    return screen.height();
  }

  /** Bytes of all pixels. */
  public int size() {
    return screen.width() * screen.height() * BYTES;
  }

  /** The device's node. */
  public DeviceNode node() {
    return DeviceNode.owned(
        Stat.device(MAJOR, 0), MODE, new int[] {0, VIDEO}, (node, flags) -> open(node, flags));
  }

  private OpenFrame open(DeviceNode node, int flags) {
    if ((flags & Flags.O_ACCMODE) != Flags.O_RDONLY && !used) {
      used = true;
      Area all = new Area(0, 0, width(), height());
      screen.change(all, pixels -> Arrays.fill(pixels, 0));
    }
    return new OpenFrame(this, node, flags);
  }

  /** The device that is open. */
  public static final class OpenFrame extends RegularFile {
    private final FrameBuffer frame;

    private OpenFrame(FrameBuffer frame, DeviceNode node, int flags) {
      super(flags, node, "/dev/" + NAME, frame.new Body());
      this.frame = frame;
    }

    /** What was opened. */
    public FrameBuffer frame() {
      return frame;
    }

    @Override
    public boolean isStored() {
      return false;
    }
  }

  /** All who have it open see the same pixels. */
  private final class Body implements FileBody {
    @Override
    public int read(long position, byte[] to, int offset, int length) {
      return memory.read(position, to, offset, length);
    }

    @Override
    public int write(long position, byte[] from, int offset, int length) {
      if (position > size()) {
        throw new SysError(Errno.EFBIG);
      }
      int room = (int) Math.min(length, size() - position);
      if (room == 0 && length > 0) {
        throw new SysError(Errno.ENOSPC);
      }
      return memory.write(position, from, offset, room);
    }

    @Override
    public long size() {
      return FrameBuffer.this.size();
    }

    @Override
    public void resize(long size) {
      throw new SysError(Errno.EINVAL);
    }

    @Override
    public Backing backing(boolean shared) {
      return memory.backing(shared);
    }
  }

  @Override
  public void poll() {
    if (used && clock.getAsLong() >= next) {
      settle();
    }
  }

  /** Shows what has changed. */
  @Override
  public void settle() {
    if (!used) {
      return;
    }
    next = clock.getAsLong() + PERIOD;
    memory.read(0, bytes, 0, bytes.length);
    int first = -1;
    int last = -1;
    for (int y = 0; y < height(); y++) {
      if (take(y)) {
        first = first < 0 ? y : first;
        last = y;
      }
    }
    if (first >= 0) {
      int from = first * width();
      int count = (last - first + 1) * width();
      screen.change(
          new Area(0, first, width(), last - first + 1),
          pixels -> System.arraycopy(shown, from, pixels, from, count));
    }
  }

  /** Takes a row over; whether it has changed. */
  private boolean take(int y) {
    boolean changed = false;
    for (int at = y * width(); at < (y + 1) * width(); at++) {
      int pixel = now.get(at) & 0xffffff;
      changed |= pixel != shown[at];
      shown[at] = pixel;
    }
    return changed;
  }

  @Override
  public boolean isAwaited() {
    return false;
  }
}
