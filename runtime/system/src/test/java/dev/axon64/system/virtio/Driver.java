package dev.axon64.system.virtio;

import dev.axon64.machine.memory.PhysicalMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A driver of one queue, as a guest has it. */
final class Driver {
  static final long MEMORY = 0x4000_0000L;
  static final int SIZE = 8;
  private static final long TABLE = MEMORY + 0x1000;
  private static final long AVAILABLE = MEMORY + 0x2000;
  private static final long USED = MEMORY + 0x3000;
  private static final long BUFFERS = MEMORY + 0x1_0000;

  final PhysicalMemory memory = new PhysicalMemory(MEMORY, 1 << 20);
  final VirtioDevice device;
  final VirtioMmio registers;
  boolean interrupted;
  private int made;

  Driver(VirtioDevice device) {
    this.device = device;
    registers = new VirtioMmio(memory, device, high -> interrupted = high);
  }

  /** Sets the device up as the specification says. */
  Driver start() {
    registers.store(0x70, 4, 0);
    registers.store(0x70, 4, 3);
    registers.store(0x24, 4, 1);
    registers.store(0x20, 4, 1);
    registers.store(0x70, 4, 0xb);
    registers.store(0x30, 4, 0);
    registers.store(0x38, 4, SIZE);
    address(0x80, TABLE);
    address(0x90, AVAILABLE);
    address(0xa0, USED);
    registers.store(0x44, 4, 1);
    registers.store(0x70, 4, 0xf);
    return this;
  }

  void address(int register, long value) {
    registers.store(register, 4, value & 0xffff_ffffL);
    registers.store(register + 4, 4, value >>> 32);
  }

  void put(long address, int bytes, long value) {
    byte[] to = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    memory.write(address, to, 0, bytes);
  }

  long get(long address, int bytes) {
    byte[] from = new byte[8];
    memory.read(address, from, 0, bytes);
    return ByteBuffer.wrap(from).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  void descriptor(int index, long address, int length, int flags, int next) {
    long entry = TABLE + 16L * index;
    put(entry, 8, address);
    put(entry + 8, 4, length);
    put(entry + 12, 2, flags);
    put(entry + 14, 2, next);
  }

  /** Makes the request at the first descriptor available and tells the device. */
  void send() {
    put(AVAILABLE + 4 + 2L * (made % SIZE), 2, 0);
    made++;
    put(AVAILABLE + 2, 2, made);
    registers.store(0x50, 4, 0);
  }

  /** Sends bytes and room for an answer, and returns the answer; null if there is none. */
  byte[] ask(byte[] request, int room) {
    memory.write(BUFFERS, request, 0, request.length);
    long answer = BUFFERS + 0x1_0000;
    descriptor(0, BUFFERS, request.length, 1, 1);
    descriptor(1, answer, room, 2, 0);
    long before = get(USED + 2, 2);
    send();
    if (get(USED + 2, 2) != (before + 1 & 0xffff)) {
      return null;
    }
    byte[] bytes = new byte[room];
    memory.read(answer, bytes, 0, room);
    return bytes;
  }

  boolean isBroken() {
    return (registers.load(0x70, 4) & 0x40) != 0;
  }
}
