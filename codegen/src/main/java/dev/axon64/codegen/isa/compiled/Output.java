package dev.axon64.codegen.isa.compiled;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** An entry while it is written. */
final class Output {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Strings strings;

  Output(Strings strings) {
    this.strings = strings;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  int size() {
    return bytes.size();
  }

  void number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  void flag(boolean value) {
    number(value ? 1 : 0);
  }

  void tag(Enum<?> tag) {
    number(tag.ordinal());
  }

  void text(String text) {
    number(strings.number(text));
  }

  <T> void optional(Optional<T> value, BiConsumer<Output, T> write) {
    flag(value.isPresent());
    value.ifPresent(present -> write.accept(this, present));
  }

  <T> void list(List<T> values, BiConsumer<Output, T> write) {
    number(values.size());
    values.forEach(value -> write.accept(this, value));
  }
}
