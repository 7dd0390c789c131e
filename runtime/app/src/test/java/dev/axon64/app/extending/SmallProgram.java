package dev.axon64.app.extending;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Static programs of one segment, written word by word. */
final class SmallProgram {
  private static final long BASE = 0x10000;
  private static final int HEADERS = 64 + 56;

  private SmallProgram() {}

  /** Writes a program that begins with its first word, and returns its name. */
  static String write(Path file, int... words) throws IOException {
    int size = HEADERS + words.length * Integer.BYTES;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put("\u007fELF".getBytes(StandardCharsets.US_ASCII));
    elf.put(new byte[] {2, 1, 1}).position(16);
    elf.putShort((short) 2).putShort((short) 183).putInt(1); // executable, AArch64
    elf.putLong(BASE + HEADERS).putLong(64).putLong(0).putInt(0);
    elf.putShort((short) 64).putShort((short) 56).putShort((short) 1).position(64);
    elf.putInt(1).putInt(5).putLong(0); // loaded, to be read and executed
    elf.putLong(BASE).putLong(BASE).putLong(size).putLong(size).putLong(4096);
    for (int word : words) {
      elf.putInt(word);
    }
    Files.write(file, elf.array());
    return file.toString();
  }
}
