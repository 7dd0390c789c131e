package dev.axon64.linux.call;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.display.FrameBuffer;
import dev.axon64.linux.process.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What ioctl tells of a frame buffer (linux/fb.h): its size, and how its pixels are stored. */
final class FrameControls {
  private static final int GET_VARIABLE = 0x4600;
  private static final int PUT_VARIABLE = 0x4601;
  private static final int GET_FIXED = 0x4602;
  private static final int GET_COLORS = 0x4604;
  private static final int PUT_COLORS = 0x4605;
  private static final int PAN = 0x4606;
  private static final int BLANK = 0x4611;

  /** Bytes of a struct fb_var_screeninfo and of a struct fb_fix_screeninfo. */
  private static final int VARIABLE_SIZE = 160;

  private static final int FIXED_SIZE = 80;

  private static final int TRUE_COLOR = 2;
  private static final int BITS = 32;

  private FrameControls() {}

  static void control(Task task, FrameBuffer frame, int request, long address) {
    switch (request) {
      case GET_VARIABLE -> Guest.write(task, address, variable(frame));
      case PUT_VARIABLE -> {
        Guest.struct(task, address, VARIABLE_SIZE);
        Guest.write(task, address, variable(frame)); // it has this mode alone
      }
      case GET_FIXED -> Guest.write(task, address, fixed(frame));
      case PAN -> pan(Guest.struct(task, address, VARIABLE_SIZE));
      case GET_COLORS, PUT_COLORS, BLANK -> throw new SysError(Errno.EINVAL);
      default -> throw new SysError(Errno.ENOTTY);
    }
  }

  private static ByteBuffer variable(FrameBuffer frame) {
    ByteBuffer b = Guest.struct(VARIABLE_SIZE);
    b.putInt(0, frame.width()).putInt(4, frame.height());
    b.putInt(8, frame.width()).putInt(12, frame.height()).putInt(24, BITS);
    channel(b, 32, 16);
    channel(b, 44, 8);
    channel(b, 56, 0);
    return b.putInt(88, -1).putInt(92, -1); // no size in millimetres
  }

  /** Where a colour is in a pixel: its lowest bit, and how many it has. */
  private static void channel(ByteBuffer b, int at, int lowest) {
    b.putInt(at, lowest).putInt(at + 4, Byte.SIZE);
  }

  private static ByteBuffer fixed(FrameBuffer frame) {
    ByteBuffer b = Guest.struct(FIXED_SIZE);
    b.put(0, "Axon64".getBytes(StandardCharsets.US_ASCII));
    b.putInt(24, frame.size()).putInt(36, TRUE_COLOR);
    return b.putInt(48, frame.width() * BITS / Byte.SIZE);
  }

  /** There is nothing beside what is shown. */
  private static void pan(ByteBuffer wanted) {
    if (wanted.getInt(16) != 0 || wanted.getInt(20) != 0) {
      throw new SysError(Errno.EINVAL);
    }
  }
}
