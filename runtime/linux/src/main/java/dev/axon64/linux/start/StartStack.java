package dev.axon64.linux.start;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.identity.Identity;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The first stack of a program: argc, argv, envp, the auxiliary vector, and what they point to. */
public final class StartStack {
  /** Bytes that arguments and environment may take, with their pointers. */
  public static final long MOST_BYTES = Layout.STACK_SIZE / 4;

  /** Bytes that the auxiliary vector's AT_RANDOM points to. */
  static final int RANDOM_BYTES = 16;

  /** FP, ASIMD, CRC32, ATOMICS, LRCPC and FLAGM, the features of the instruction spec. */
  static final long HWCAP = 1 | 1 << 1 | 1 << 7 | 1 << 8 | 1 << 15 | 1 << 27;

  /** Bytes of a program header. */
  private static final int PROGRAM_HEADER = 56;

  private static final int TICKS_PER_SECOND = 100;

  private static final int AT_NULL = 0;
  private static final int AT_PHDR = 3;
  private static final int AT_PHENT = 4;
  private static final int AT_PHNUM = 5;
  private static final int AT_PAGESZ = 6;
  private static final int AT_BASE = 7;
  private static final int AT_FLAGS = 8;
  private static final int AT_ENTRY = 9;
  private static final int AT_UID = 11;
  private static final int AT_EUID = 12;
  private static final int AT_GID = 13;
  private static final int AT_EGID = 14;
  private static final int AT_PLATFORM = 15;
  private static final int AT_HWCAP = 16;
  private static final int AT_CLKTCK = 17;
  private static final int AT_SECURE = 23;
  private static final int AT_RANDOM = 25;
  private static final int AT_HWCAP2 = 26;
  private static final int AT_EXECFN = 31;

  /**
   * What goes onto the stack.
   *
   * @param arguments argv
   * @param environment envp, as {@code NAME=value}
   * @param name AT_EXECFN
   * @param program what was loaded
   * @param base where the dynamic loader lies, or 0
   * @param random {@link #RANDOM_BYTES} bytes
   * @param who whom the program acts for
   */
  public record Contents(
      List<byte[]> arguments,
      List<byte[]> environment,
      byte[] name,
      ProgramLoader.Loaded program,
      long base,
      byte[] random,
      Identity who) {}

  /**
   * Where things went.
   *
   * @param pointer the stack pointer
   * @param argumentStart where the strings of argv begin, which lie next to each other
   * @param argumentEnd where they end and the strings of envp begin
   * @param environmentEnd where those end
   */
  public record Placed(long pointer, long argumentStart, long argumentEnd, long environmentEnd) {}

  private final AddressSpace memory;
  private long at = Layout.STACK_TOP - Long.BYTES;

  private StartStack(AddressSpace memory) {
    this.memory = memory;
  }

  /** Writes the stack; fails with E2BIG if it would be too large. */
  public static Placed write(AddressSpace memory, Contents contents) {
    return new StartStack(memory).write(contents);
  }

  private Placed write(Contents c) {
    if (bytes(c.arguments) + bytes(c.environment) + c.name.length > MOST_BYTES) {
      throw new SysError(Errno.E2BIG);
    }
    long name = push(c.name);
    long environmentEnd = at;
    long[] environment = pushAll(c.environment);
    long argumentEnd = at;
    long[] arguments = pushAll(c.arguments);
    long argumentStart = at;
    long platform = push("aarch64".getBytes(StandardCharsets.US_ASCII));
    at = at - c.random.length & -16;
    long random = at;
    memory.write(random, c.random);

    List<Long> words = new ArrayList<>();
    words.add((long) arguments.length);
    list(words, arguments);
    list(words, environment);
    auxiliary(words, c, name, platform, random);
    ByteBuffer bytes =
        ByteBuffer.allocate(words.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(bytes::putLong);
    at = at - bytes.capacity() & -16;
    memory.write(at, bytes.array());
    return new Placed(at, argumentStart, argumentEnd, environmentEnd);
  }

  /** Bytes of strings, with their pointers. */
  private static long bytes(List<byte[]> texts) {
    return texts.stream().mapToLong(text -> text.length + 1L + Long.BYTES).sum();
  }

  /** A list of pointers ends with a null pointer. */
  private static void list(List<Long> words, long[] addresses) {
    for (long address : addresses) {
      words.add(address);
    }
    words.add(0L);
  }

  private static void auxiliary(
      List<Long> words, Contents c, long name, long platform, long random) {
    entry(words, AT_PHDR, c.program.headers());
    entry(words, AT_PHENT, PROGRAM_HEADER);
    entry(words, AT_PHNUM, c.program.headerCount());
    entry(words, AT_PAGESZ, AddressSpace.PAGE);
    entry(words, AT_BASE, c.base);
    entry(words, AT_FLAGS, 0);
    entry(words, AT_ENTRY, c.program.entry());
    entry(words, AT_UID, c.who.user().real());
    entry(words, AT_EUID, c.who.user().effective());
    entry(words, AT_GID, c.who.group().real());
    entry(words, AT_EGID, c.who.group().effective());
    entry(words, AT_SECURE, c.who.isSecure() ? 1 : 0);
    entry(words, AT_RANDOM, random);
    entry(words, AT_HWCAP, HWCAP);
    entry(words, AT_HWCAP2, 0);
    entry(words, AT_CLKTCK, TICKS_PER_SECOND);
    entry(words, AT_PLATFORM, platform);
    entry(words, AT_EXECFN, name);
    entry(words, AT_NULL, 0);
  }

  private static void entry(List<Long> words, long type, long value) {
    words.add(type);
    words.add(value);
  }

  /** Pushes the last string first, so that they lie in memory in their order. */
  private long[] pushAll(List<byte[]> texts) {
    long[] addresses = new long[texts.size()];
    for (int i = texts.size() - 1; i >= 0; i--) {
      addresses[i] = push(texts.get(i));
    }
    return addresses;
  }

  private long push(byte[] text) {
    at -= text.length + 1;
    memory.write(at, Arrays.copyOf(text, text.length + 1));
    return at;
  }
}
