package dev.axon64.system.virtio;

import dev.axon64.system.device.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A disk (section 5.2). */
public final class BlockDevice implements VirtioDevice {
  private static final int SECTOR_SHIFT = 9;
  private static final int HEADER = 16;
  private static final int PIECE = 1 << 16;

  private static final int IN = 0;
  private static final int OUT = 1;
  private static final int FLUSH = 4;
  private static final int GET_ID = 8;

  private static final byte DONE = 0;
  private static final byte FAILED = 1;
  private static final byte UNSUPPORTED = 2;

  private static final long MOST_SEGMENTS = 1 << 2;
  private static final long FLUSHES = 1 << 9;
  private static final int SEGMENTS_AT = 12;
  private static final int CONFIGURATION = 60;
  private static final int ID_SIZE = 20;

  private final Disk disk;
  private final byte[] configuration;
  private final byte[] name;
  private final byte[] piece = new byte[PIECE];
  private final byte[] header = new byte[HEADER];
  private final byte[] status = new byte[1];

  /**
   * @param name what the guest calls it, of up to 20 ASCII characters
   */
  public BlockDevice(Disk disk, String name) {
    this.disk = disk;
    this.name = Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), ID_SIZE);
    this.configuration =
        ByteBuffer.allocate(CONFIGURATION)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0, disk.size() >> SECTOR_SHIFT)
            .putInt(SEGMENTS_AT, Queue.MOST - 2)
            .array();
  }

  @Override
  public int id() {
    return 2;
  }

  @Override
  public long features() {
    return MOST_SEGMENTS | FLUSHES;
  }

  @Override
  public int queues() {
    return 1;
  }

  @Override
  public int configuration(int offset) {
    return offset < configuration.length ? configuration[offset] : 0;
  }

  @Override
  public void state(State state) throws IOException {
    disk.state(state);
  }

  @Override
  public int serve(int queue, Request request) {
    request.read(0, header, HEADER);
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long room = request.writable() - 1;
    if (room < 0) {
      throw new BadRequest("there is no room for the status");
    }
    int kind = fields.getInt(0);
    long sector = fields.getLong(8);
    long written = 0;
    try {
      switch (kind) {
        case IN -> {
          status[0] = read(sector, room, request) ? DONE : FAILED;
          written = room;
        }
        case OUT -> status[0] = write(sector, request) ? DONE : FAILED;
        case FLUSH -> {
          disk.flush();
          status[0] = DONE;
        }
        case GET_ID -> {
          written = Math.min(room, ID_SIZE);
          request.write(0, name, (int) written);
          status[0] = DONE;
        }
        default -> status[0] = UNSUPPORTED;
      }
    } catch (IOException e) {
      status[0] = FAILED;
    }
    request.write(room, status, 1);
    return (int) Math.min(written + 1, Integer.MAX_VALUE);
  }

  private boolean lies(long sector, long length) {
    long sectors = disk.size() >> SECTOR_SHIFT;
    return (length & (1 << SECTOR_SHIFT) - 1) == 0
        && sector >= 0
        && sector <= sectors
        && length >> SECTOR_SHIFT <= sectors - sector;
  }

  private boolean read(long sector, long length, Request request) throws IOException {
    if (!lies(sector, length)) {
      return false;
    }
    for (long done = 0; done < length; done += PIECE) {
      int part = (int) Math.min(PIECE, length - done);
      disk.read((sector << SECTOR_SHIFT) + done, piece, 0, part);
      request.write(done, piece, part);
    }
    return true;
  }

  private boolean write(long sector, Request request) throws IOException {
    long length = request.readable() - HEADER;
    if (!lies(sector, length)) {
      return false;
    }
    for (long done = 0; done < length; done += PIECE) {
      int part = (int) Math.min(PIECE, length - done);
      request.read(HEADER + done, piece, part);
      disk.write((sector << SECTOR_SHIFT) + done, piece, part);
    }
    return true;
  }
}
