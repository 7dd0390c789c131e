package dev.axon64.codegen.isa.compiled;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An entry while it is read. */
final class Input {
  private final ByteBuffer bytes;
  private final List<String> strings;

  /**
   * @param at where it begins
   */
  Input(ByteBuffer bytes, int at, List<String> strings) {
    this.bytes = bytes.duplicate().position(at);
    this.strings = strings;
  }

  /** Returns the rest, to be read by itself. */
  Input rest() {
    return new Input(bytes, bytes.position(), strings);
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  int small() {
    return (int) number();
  }

  boolean flag() {
    return number() != 0;
  }

  String text() {
    return strings.get(small());
  }

  <T> Optional<T> optional(Function<Input, T> read) {
    return flag() ? Optional.of(read.apply(this)) : Optional.empty();
  }

  <T> List<T> list(Function<Input, T> read) {
    int size = small();
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(read.apply(this));
    }
    return Collections.unmodifiableList(values);
  }
}
