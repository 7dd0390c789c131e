package dev.axon64.system.device;

import java.io.IOException;
import java.util.function.IntConsumer;

/**
 * Arm's serial port PL011 (DDI 0183). What is sent leaves at once. Errors, modem lines and DMA are
 * registers that nothing happens to.
 */
public final class Pl011 implements Device, SerialInput, State.Of {
  /** The number of bytes that wait to be read. */
  public static final int DEPTH = 16;

  private static final int PART = 0x011;
  private static final int REVISION = 1;

  private static final long RECEIVE_EMPTY = 1 << 4;
  private static final long RECEIVE_FULL = 1 << 6;
  private static final long TRANSMIT_EMPTY = 1 << 7;

  private static final int RECEIVED = 1 << 4;
  private static final int SENT = 1 << 5;
  private static final int TIMED_OUT = 1 << 6;
  private static final int ALL = 0x7ff;

  private static final int ENABLED = 1;
  private static final int SENDS = 1 << 8;
  private static final int RECEIVES = 1 << 9;
  private static final int FIFO = 1 << 4;

  private final IntConsumer output;
  private final InterruptLine line;
  private final int[] fifo = new int[DEPTH];
  private int first;
  private int count;

  private int integerRate;
  private int fractionalRate;
  private int format;
  private int control = SENDS | RECEIVES;
  private int levels = 0x12;
  private int mask;
  private int raw;
  private int lowPower;
  private int dma;

  /**
   * @param output takes each byte that is sent
   * @param line its interrupt
   */
  public Pl011(IntConsumer output, InterruptLine line) {
    this.output = output;
    this.line = line;
  }

  /** Whether it is enabled, and received bytes interrupt. */
  @Override
  public boolean listens() {
    return (control & (ENABLED | RECEIVES)) == (ENABLED | RECEIVES)
        && (mask & (RECEIVED | TIMED_OUT)) != 0;
  }

  @Override
  public int room() {
    return ((format & FIFO) != 0 ? DEPTH : 1) - count;
  }

  @Override
  public void receive(int value) {
    fifo[(first + count) % DEPTH] = value & 0xff;
    count++;
    raw |= RECEIVED;
    update();
  }

  @Override
  public void state(State state) throws IOException {
    state.numbers(fifo, 0, 0xff);
    first = state.number(first, 0, DEPTH - 1);
    count = state.number(count, 0, DEPTH);
    integerRate = state.word(integerRate);
    fractionalRate = state.word(fractionalRate);
    format = state.word(format);
    control = state.word(control);
    levels = state.word(levels);
    mask = state.word(mask);
    raw = state.word(raw);
    lowPower = state.word(lowPower);
    dma = state.word(dma);
  }

  private void update() {
    line.set((raw & mask) != 0);
  }

  @Override
  public long load(long offset, int size) {
    return switch ((int) offset & -4) {
      case 0x00 -> read();
      case 0x18 ->
          TRANSMIT_EMPTY | (count == 0 ? RECEIVE_EMPTY : 0) | (room() <= 0 ? RECEIVE_FULL : 0);
      case 0x20 -> lowPower;
      case 0x24 -> integerRate;
      case 0x28 -> fractionalRate;
      case 0x2c -> format;
      case 0x30 -> control;
      case 0x34 -> levels;
      case 0x38 -> mask;
      case 0x3c -> raw;
      case 0x40 -> raw & mask;
      case 0x48 -> dma;
      default -> PrimeCell.load(offset, PART, REVISION);
    };
  }

  private long read() {
    int value = fifo[first];
    if (count > 0) {
      first = (first + 1) % DEPTH;
      count--;
      if (count == 0) {
        raw &= ~RECEIVED;
        update();
      }
    }
    return value;
  }

  @Override
  public void store(long offset, int size, long value) {
    int given = (int) value;
    switch ((int) offset & -4) {
      case 0x00 -> {
        output.accept(given & 0xff);
        raw |= SENT;
      }
      case 0x20 -> lowPower = given & 0xff;
      case 0x24 -> integerRate = given & 0xffff;
      case 0x28 -> fractionalRate = given & 0x3f;
      case 0x2c -> setFormat(given & 0xff);
      case 0x30 -> control = given & 0xffff;
      case 0x34 -> levels = given & 0x3f;
      case 0x38 -> mask = given & ALL;
      case 0x44 -> raw &= ~given;
      case 0x48 -> dma = given & 7;
      default -> {
        // read only, or nothing there
      }
    }
    update();
  }

  private void setFormat(int value) {
    if (((format ^ value) & FIFO) != 0) {
      count = 0;
      first = 0;
    }
    format = value;
  }
}
