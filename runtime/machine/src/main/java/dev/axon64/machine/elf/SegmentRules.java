package dev.axon64.machine.elf;

import java.nio.ByteBuffer;
import java.util.List;

/** The rules of segments that a loader relies on, beyond their lying within the file. */
final class SegmentRules {
  private static final int LONGEST_INTERPRETER = 4096;

  private SegmentRules() {}

  /** Checks one segment whose bytes are known to be in the file. */
  static void check(Segment segment, ByteBuffer file, String where) {
    boolean loaded = segment.isLoad() || segment.type() == Segment.PT_TLS;
    if (loaded && Long.compareUnsigned(segment.fileSize(), segment.memorySize()) > 0) {
      throw ElfParser.damaged(
          where,
          "segment "
              + segment.index()
              + " has "
              + segment.fileSize()
              + " bytes in the file but only "
              + segment.memorySize()
              + " in memory");
    }
    // Pages of the file are mapped, so both must lie alike within their alignment.
    if (segment.isLoad()
        && segment.alignment() > 1
        && (segment.address() - segment.offset() & segment.alignment() - 1) != 0) {
      throw ElfParser.damaged(
          where,
          "segment "
              + segment.index()
              + " goes from offset "
              + segment.offset()
              + " to address 0x"
              + Long.toHexString(segment.address())
              + ", which differ modulo its alignment "
              + segment.alignment());
    }
    if (segment.type() == Segment.PT_INTERP) {
      checkInterpreter(segment, file, where);
    }
  }

  private static void checkInterpreter(Segment segment, ByteBuffer file, String where) {
    long size = segment.fileSize();
    long last = segment.offset() + size - 1;
    if (size < 2 || size > LONGEST_INTERPRETER || file.get((int) last) != 0) {
      throw ElfParser.damaged(where, "its PT_INTERP is not the path of a dynamic loader");
    }
    for (long at = segment.offset(); at < last; at++) {
      if (file.get((int) at) == 0) {
        throw ElfParser.damaged(where, "its PT_INTERP is not the path of a dynamic loader");
      }
    }
  }

  /** Checks that some kinds of segments occur at most once. */
  static void checkSingles(List<Segment> segments, String where) {
    for (int type : new int[] {Segment.PT_INTERP, Segment.PT_TLS, Segment.PT_DYNAMIC}) {
      long count = segments.stream().filter(s -> s.type() == type).count();
      if (count > 1) {
        throw ElfParser.damaged(
            where, "it has " + count + " segments of type " + type + "; one at most is allowed");
      }
    }
  }
}
