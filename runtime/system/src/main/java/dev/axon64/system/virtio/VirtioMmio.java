package dev.axon64.system.virtio;

import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.device.Device;
import dev.axon64.system.device.InterruptLine;
import dev.axon64.system.device.State;
import java.io.IOException;
import java.util.Arrays;

/**
 * The registers of a virtio device, version 2. Requests are served as soon as the driver tells of
 * them.
 */
public final class VirtioMmio implements Device, VirtioDevice.Deliveries, State.Of {
  private static final long MAGIC = 0x7472_6976;
  private static final long VENDOR = 0x3436_4158;
  private static final long VERSION_1 = 1L << 32;
  private static final int CONFIGURATION = 0x100;

  private static final int NEEDS_RESET = 0x40;
  private static final int DRIVER_OK = 4;
  private static final int FEATURES_OK = 8;
  private static final int USED = 1;
  private static final int CHANGED = 2;

  private final VirtioDevice device;
  private final InterruptLine line;
  private final Queue[] queues;
  private int featureWord;
  private int driverWord;
  private int selected;
  private int status;
  private int interrupts;
  private final int[] accepted = new int[2];

  /**
   * @param memory where the driver puts queues and buffers
   */
  public VirtioMmio(PhysicalMemory memory, VirtioDevice device, InterruptLine line) {
    this.device = device;
    this.line = line;
    this.queues = new Queue[device.queues()];
    Arrays.setAll(queues, i -> new Queue(memory));
    device.connect(this);
  }

  @Override
  public void state(State state) throws IOException {
    featureWord = state.number(featureWord, 0, 3);
    driverWord = state.number(driverWord, 0, 3);
    selected = state.word(selected);
    status = state.number(status, 0, 0xff);
    interrupts = state.word(interrupts);
    state.numbers(accepted, Integer.MIN_VALUE, Integer.MAX_VALUE);
    for (Queue queue : queues) {
      queue.state(state);
    }
    device.state(state);
    if (state.isRead() && (status & DRIVER_OK) != 0) {
      device.start(accepted());
    }
  }

  private Queue queue() {
    return selected >= 0 && selected < queues.length ? queues[selected] : null;
  }

  @Override
  public long load(long offset, int size) {
    if (offset >= CONFIGURATION) {
      long value = 0;
      for (int i = 0; i < size; i++) {
        value |= (long) (device.configuration((int) offset - CONFIGURATION + i) & 0xff) << 8 * i;
      }
      return value;
    }
    Queue queue = queue();
    return switch ((int) offset) {
      case 0x00 -> MAGIC;
      case 0x04 -> 2;
      case 0x08 -> device.id();
      case 0x0c -> VENDOR;
      case 0x10 -> featureWord < 2 ? offered() >>> 32 * featureWord : 0;
      case 0x34 -> queue == null ? 0 : Queue.MOST;
      case 0x44 -> queue != null && queue.ready ? 1 : 0;
      case 0x60 -> interrupts;
      case 0x70 -> status;
      default -> 0;
    };
  }

  @Override
  public void store(long offset, int size, long value) {
    int given = (int) value;
    Queue queue = queue();
    switch ((int) offset) {
      case 0x14 -> featureWord = given & 3;
      case 0x20 -> {
        if (driverWord < accepted.length) {
          accepted[driverWord] = given;
        }
      }
      case 0x24 -> driverWord = given & 3;
      case 0x30 -> selected = given;
      case 0x44 -> setReady(queue, given);
      case 0x50 -> serve(given);
      case 0x64 -> {
        interrupts &= ~given;
        line.set(interrupts != 0);
      }
      case 0x70 -> setStatus(given & 0xff);
      default -> {
        if (queue != null && !queue.ready) {
          place(queue, (int) offset, value & 0xffff_ffffL);
        }
      }
    }
  }

  private static void place(Queue queue, int offset, long value) {
    switch (offset) {
      case 0x38 -> queue.size = (int) value;
      case 0x80 -> queue.descriptors = low(queue.descriptors, value);
      case 0x84 -> queue.descriptors = high(queue.descriptors, value);
      case 0x90 -> queue.available = low(queue.available, value);
      case 0x94 -> queue.available = high(queue.available, value);
      case 0xa0 -> queue.used = low(queue.used, value);
      case 0xa4 -> queue.used = high(queue.used, value);
      default -> {
        // read only, or nothing there
      }
    }
  }

  private static long low(long old, long value) {
    return old & -1L << 32 | value;
  }

  private static long high(long old, long value) {
    return old & -1L >>> 32 | value << 32;
  }

  private void setReady(Queue queue, int given) {
    if (queue == null) {
      return;
    }
    try {
      if ((given & 1) != 0) {
        queue.check();
      }
      queue.ready = (given & 1) != 0;
    } catch (BadRequest e) {
      broken();
    }
  }

  private void setStatus(int given) {
    if (given != 0) {
      boolean starts = (given & ~status & DRIVER_OK) != 0;
      status = given | status & NEEDS_RESET;
      if ((accepted() & ~offered()) != 0) {
        status &= ~FEATURES_OK;
      }
      if (starts) {
        device.start(accepted());
      }
      return;
    }
    status = 0;
    interrupts = 0;
    selected = 0;
    Arrays.fill(accepted, 0);
    for (Queue queue : queues) {
      queue.reset();
    }
    line.set(false);
  }

  private long offered() {
    return device.features() | VERSION_1;
  }

  private long accepted() {
    return (long) accepted[1] << 32 | accepted[0] & 0xffff_ffffL;
  }

  private void broken() {
    status |= NEEDS_RESET;
    interrupt(CHANGED);
  }

  private void interrupt(int why) {
    interrupts |= why;
    line.set(true);
  }

  private boolean isUsable(int number) {
    return number >= 0
        && number < queues.length
        && queues[number].ready
        && (status & (DRIVER_OK | NEEDS_RESET)) == DRIVER_OK;
  }

  private void serve(int number) {
    if (!isUsable(number) || device.holds(number)) {
      return;
    }
    Queue queue = queues[number];
    try {
      boolean any = false;
      // No more than the driver can have made available before.
      for (int i = 0; i < Queue.MOST; i++) {
        int head = queue.next();
        if (head < 0) {
          break;
        }
        int written = device.serve(number, queue.request(head));
        queue.done(head, written);
        any = true;
      }
      if (any && queue.interrupts()) {
        interrupt(USED);
      }
    } catch (BadRequest e) {
      broken();
    }
  }

  @Override
  public boolean isRequested(int number) {
    try {
      return isUsable(number) && queues[number].hasNext();
    } catch (BadRequest e) {
      broken();
      return false;
    }
  }

  @Override
  public boolean deliver(int number, byte[] bytes) {
    if (!isRequested(number)) {
      return false;
    }
    Queue queue = queues[number];
    try {
      int head = queue.next();
      queue.request(head).write(0, bytes, bytes.length);
      queue.done(head, bytes.length);
      if (queue.interrupts()) {
        interrupt(USED);
      }
      return true;
    } catch (BadRequest e) {
      broken();
      return false;
    }
  }
}
