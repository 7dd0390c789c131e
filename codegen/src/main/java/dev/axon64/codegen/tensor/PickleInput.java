package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle: bounded reads, and errors that name the opcode they happened in. */
final class PickleInput {
  private static final int LONGEST_LINE = 1024;

  private final ByteBuffer bytes;
  private final String where;
  private int opcodeAt;

  /**
   * @param bytes the pickle, from position to limit
   * @param where the checkpoint, for messages
   */
  PickleInput(ByteBuffer bytes, String where) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.where = where;
  }

  int opcode() {
    opcodeAt = bytes.position();
    return (int) unsigned(1);
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  /** A little-endian number of 1, 2, 4 or 8 bytes; 8 bytes may come out negative. */
  long unsigned(int size) {
    require(size);
    return switch (size) {
      case 1 -> bytes.get() & 0xff;
      case 2 -> bytes.getShort() & 0xffff;
      case 4 -> bytes.getInt() & 0xffffffffL;
      default -> bytes.getLong();
    };
  }

  /** LONG1: a length byte, then a little-endian two's complement number. */
  BigInteger bigInteger() {
    int length = (int) unsigned(1);
    require(length);
    byte[] bigEndian = new byte[length];
    for (int i = length - 1; i >= 0; i--) {
      bigEndian[i] = bytes.get();
    }
    return length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(unsigned(8)));
  }

  String text(long length) {
    require(length);
    ByteBuffer utf8 = bytes.slice(bytes.position(), (int) length);
    bytes.position(bytes.position() + (int) length);
    return decode(utf8);
  }

  /** Text up to a line feed, such as the module and the name of GLOBAL. */
  String line() {
    int start = bytes.position();
    for (int end = start; end < bytes.limit() && end - start <= LONGEST_LINE; end++) {
      if (bytes.get(end) == '\n') {
        bytes.position(end + 1);
        return decode(bytes.slice(start, end - start));
      }
    }
    throw damaged("the name of a global does not end");
  }

  void checkProtocol() {
    long protocol = unsigned(1);
    if (protocol < 2 || protocol > 5) {
      throw damaged("it is of protocol " + protocol + "; 2 to 5 are read");
    }
  }

  /** Checks the length of a frame, which is otherwise only a hint for buffering. */
  void checkFrame() {
    long length = unsigned(8);
    if (length < 0 || length > bytes.remaining()) {
      throw damaged("a frame is longer than the pickle");
    }
  }

  /** An error about something that a checkpoint must not do. */
  InputException refused(String what) {
    return new InputException(
        where(),
        what
            + "; a checkpoint may only hold tensors, so save"
            + " torch.save(model.state_dict(), FILE)");
  }

  /** An error about something that no pickler writes in a state dict. */
  InputException damaged(String what) {
    return new InputException(
        where(), "is no readable state dict: " + what + "; save the checkpoint again");
  }

  /** The beginning of messages about the pickle. */
  String where() {
    return where + ": data.pkl at byte " + opcodeAt;
  }

  private void require(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw damaged("it ends too early");
    }
  }

  private String decode(ByteBuffer utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw damaged("a string is not UTF-8");
    }
  }
}
