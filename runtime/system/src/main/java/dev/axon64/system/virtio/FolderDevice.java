package dev.axon64.system.virtio;

import dev.axon64.system.device.State;
import dev.axon64.system.share.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A shared folder (section 5.11), which the guest mounts as {@code virtiofs} by its tag. */
public final class FolderDevice implements VirtioDevice {
  private static final int TAG = 36;
  private static final int MOST_REQUEST = 1 << 20;

  private final SharedFolder folder;
  private final byte[] configuration;

  /**
   * @param tag up to 36 bytes
   */
  public FolderDevice(SharedFolder folder, String tag) {
    this.folder = folder;
    byte[] name = Arrays.copyOf(tag.getBytes(StandardCharsets.UTF_8), TAG);
    configuration =
        ByteBuffer.allocate(TAG + 4).order(ByteOrder.LITTLE_ENDIAN).put(name).putInt(1).array();
  }

  @Override
  public int id() {
    return 26;
  }

  /** One for what is urgent, and one for all else. */
  @Override
  public int queues() {
    return 2;
  }

  @Override
  public int configuration(int offset) {
    return offset < configuration.length ? configuration[offset] : 0;
  }

  /** The guest's open files are the host's. */
  @Override
  public void state(State state) throws IOException {
    throw new IOException("a machine with a shared folder has no snapshots");
  }

  @Override
  public int serve(int queue, Request request) {
    if (request.readable() > MOST_REQUEST) {
      throw new BadRequest("a request is longer than any");
    }
    byte[] bytes = new byte[(int) request.readable()];
    request.read(0, bytes, bytes.length);
    byte[] answer = folder.answer(bytes, request.writable());
    request.write(0, answer, answer.length);
    return answer.length;
  }
}
