package dev.axon64.linux.start;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.Layout;
import dev.axon64.linux.abi.SysError;
import dev.axon64.linux.abi.SystemCall;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.Segment;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Maps the segments of an ELF file as Linux does. */
public final class ProgramLoader {
  private static final long PAGE = AddressSpace.PAGE;

  /** MOV X8, #rt_sigreturn; SVC #0. */
  private static final byte[] RETURN_FROM_SIGNAL =
      ByteBuffer.allocate(2 * Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(0xd2800008 | SystemCall.RT_SIGRETURN.number() << 5)
          .putInt(0xd4000001)
          .array();

  /** No segment is aligned to more. */
  private static final long MOST_ALIGNMENT = 1 << 30;

  /**
   * A program in memory.
   *
   * @param entry its own first instruction
   * @param headers address of its program headers, 0 if they are not in memory
   * @param headerCount how many program headers there are
   * @param end the address behind its last byte
   */
  public record Loaded(long entry, long headers, int headerCount, long end) {}

  private final AddressSpace memory;

  public ProgramLoader(AddressSpace memory) {
    this.memory = memory;
  }

  /** Reads an ELF file; fails with ENOEXEC if it cannot be run. */
  public static ElfImage parse(byte[] bytes, String where) {
    ElfImage image;
    try {
      image = ElfImage.parseToRun(bytes, where);
    } catch (InputException e) {
      throw new SysError(Errno.ENOEXEC);
    }
    boolean loadable = image.segments().stream().anyMatch(Segment::isLoad);
    if (image.type() == ElfImage.Type.RELOCATABLE || !loadable) {
      throw new SysError(Errno.ENOEXEC);
    }
    return image;
  }

  /**
   * Maps the segments where they say, or all moved by one distance if the file is
   * position-independent.
   *
   * @param base where a position-independent file begins
   * @param name what /proc/self/maps calls them
   */
  public Loaded load(ElfImage image, long base, String name) {
    List<Segment> loads = image.segments().stream().filter(Segment::isLoad).toList();
    long bias = 0;
    if (image.type() == ElfImage.Type.SHARED) {
      long alignment =
          loads.stream()
              .mapToLong(Segment::alignment)
              .filter(each -> Long.bitCount(each) == 1) // Linux ignores others
              .max()
              .orElse(PAGE);
      if (alignment > MOST_ALIGNMENT) {
        throw new SysError(Errno.ENOEXEC);
      }
      long lowest = loads.stream().mapToLong(Segment::address).min().orElse(0) & -PAGE;
      bias = (base & -Math.max(alignment, PAGE)) - (lowest & -Math.max(alignment, PAGE));
    }
    long end = 0;
    for (Segment segment : loads) {
      end = Math.max(end, loadSegment(image, segment, bias, name));
    }
    return new Loaded(
        image.entry() + bias, headerAddress(image, loads, bias), image.segments().size(), end);
  }

  /** The size of the range from the first to the last segment, in whole pages. */
  public static long span(ElfImage image) {
    long low = Long.MAX_VALUE;
    long high = 0;
    for (Segment segment : image.segments()) {
      if (segment.isLoad()) {
        low = Math.min(low, segment.address() & -PAGE);
        high = Math.max(high, segment.address() + segment.memorySize());
      }
    }
    return high - low + PAGE - 1 & -PAGE;
  }

  private static long headerAddress(ElfImage image, List<Segment> loads, long bias) {
    for (Segment s : loads) {
      long into = image.programHeaders() - s.offset();
      if (into >= 0 && into < s.fileSize()) {
        return s.address() + into + bias;
      }
    }
    return 0;
  }

  private long loadSegment(ElfImage image, Segment segment, long bias, String name) {
    long start = segment.address() + bias;
    long end = start + segment.memorySize();
    if (segment.memorySize() == 0) {
      return 0;
    }
    if (start < Layout.LOWEST || end < start || end > Layout.MAP_TOP) {
      throw new SysError(Errno.ENOMEM);
    }
    int asked = segment.protection();
    int protection = asked == 0 ? 0 : asked | AddressSpace.READ; // as mmap has it
    long firstPage = start & -PAGE;
    long endPage = end + PAGE - 1 & -PAGE;
    long fileEnd =
        segment.fileSize() == 0 ? firstPage : start + segment.fileSize() + PAGE - 1 & -PAGE;
    if (fileEnd > firstPage) {
      long offset = segment.offset() - (start - firstPage);
      if ((offset & PAGE - 1) != 0) {
        throw new SysError(Errno.EINVAL);
      }
      Backing backing = Backing.privateFile(source(image, segment));
      memory.map(new Mapping(firstPage, fileEnd, protection, backing, offset, name));
    }
    if (endPage > fileEnd) {
      memory.map(fileEnd, endPage - fileEnd, protection, fileEnd == firstPage ? name : "");
    }
    return end;
  }

  /** The bytes of the file, followed by zeroes if the segment is longer in memory than there. */
  private static Backing.Source source(ElfImage image, Segment segment) {
    ByteBuffer file = image.file();
    long last =
        segment.memorySize() > segment.fileSize()
            ? segment.offset() + segment.fileSize()
            : file.limit();
    long end = Math.min(last, file.limit());
    return (offset, page) -> {
      if (offset < end && offset >= 0) {
        file.get((int) offset, page, 0, (int) Math.min(page.length, end - offset));
      }
      return offset < file.limit(); // behind the end of the file there is nothing
    };
  }

  /** Maps the stack and the page that signal handlers return to. */
  public void mapStack(boolean executable) {
    int protection =
        AddressSpace.READ | AddressSpace.WRITE | (executable ? AddressSpace.EXECUTE : 0);
    memory.map(Layout.STACK_TOP - Layout.STACK_SIZE, Layout.STACK_SIZE, protection, "[stack]");
    Backing code =
        Backing.privateFile(
            (offset, page) -> {
              System.arraycopy(RETURN_FROM_SIGNAL, 0, page, 0, RETURN_FROM_SIGNAL.length);
              return true;
            });
    memory.map(
        new Mapping(
            Layout.TRAMPOLINE,
            Layout.TRAMPOLINE + PAGE,
            AddressSpace.READ | AddressSpace.EXECUTE,
            code,
            0,
            "[sigreturn]"));
  }
}
