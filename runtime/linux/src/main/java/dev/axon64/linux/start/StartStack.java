package dev.axon64.linux.start;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stack that a program finds: argc, argv, envp, the auxiliary vector, and what they name. */
public final class StartStack {
  private static final long MOST_BYTES = Layout.STACK_SIZE / 4;

  /** FP, ASIMD, CRC32, ATOMICS, LRCPC and FLAGM, which is what the instruction spec has. */
  static final long HWCAP = 1 | 1 << 1 | 1 << 7 | 1 << 8 | 1 << 15 | 1 << 27;

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
   * @param random 16 bytes
   * @param uid of the process, real and effective
   * @param gid likewise
   */
  public record Contents(
      List<byte[]> arguments,
      List<byte[]> environment,
      byte[] name,
      ProgramLoader.Loaded program,
      long base,
      byte[] random,
      int uid,
      int gid) {}

  /**
   * Where things went.
   *
   * @param pointer the stack pointer
   * @param argumentStart of argv's strings, which lie next to each other
   * @param argumentEnd behind them
   * @param environmentEnd behind envp's strings, which follow
   */
  public record Placed(long pointer, long argumentStart, long argumentEnd, long environmentEnd) {}

  private final AddressSpace memory;
  private long at = Layout.STACK_TOP - Long.BYTES;

  private StartStack(AddressSpace memory) {
    this.memory = memory;
  }

  /** Writes the stack. Fails with E2BIG if it would be too large. */
  public static Placed write(AddressSpace memory, Contents contents) {
    return new StartStack(memory).write(contents);
  }

  private Placed write(Contents c) {
    long total = 0;
    for (byte[] text : c.arguments) {
      total += text.length + 9L;
    }
    for (byte[] text : c.environment) {
      total += text.length + 9L;
    }
    if (total + c.name.length > MOST_BYTES) {
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
    for (long argument : arguments) {
      words.add(argument);
    }
    words.add(0L);
    for (long variable : environment) {
      words.add(variable);
    }
    words.add(0L);
    auxiliary(words, c, name, platform, random);
    ByteBuffer bytes =
        ByteBuffer.allocate(words.size() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(bytes::putLong);
    at = at - bytes.capacity() & -16;
    memory.write(at, bytes.array());
    return new Placed(at, argumentStart, argumentEnd, environmentEnd);
  }

  private static void auxiliary(
      List<Long> words, Contents c, long name, long platform, long random) {
    long[] vector = {
      AT_PHDR,
      c.program.headers(),
      AT_PHENT,
      56,
      AT_PHNUM,
      c.program.headerCount(),
      AT_PAGESZ,
      AddressSpace.PAGE,
      AT_BASE,
      c.base,
      AT_FLAGS,
      0,
      AT_ENTRY,
      c.program.entry(),
      AT_UID,
      c.uid,
      AT_EUID,
      c.uid,
      AT_GID,
      c.gid,
      AT_EGID,
      c.gid,
      AT_SECURE,
      0,
      AT_RANDOM,
      random,
      AT_HWCAP,
      HWCAP,
      AT_HWCAP2,
      0,
      AT_CLKTCK,
      100,
      AT_PLATFORM,
      platform,
      AT_EXECFN,
      name,
      AT_NULL,
      0,
    };
    for (long word : vector) {
      words.add(word);
    }
  }

  /** The last string goes highest, so that they follow each other in order. */
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
