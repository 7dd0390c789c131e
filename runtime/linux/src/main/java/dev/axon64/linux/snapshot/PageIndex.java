package dev.axon64.linux.snapshot;

import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the pages of a snapshot are in its file, and what their numbers and checksums are. */
final class PageIndex {
  /** Where each page begins in the file, and where the last one ends. */
  private final long[] offsets;

  private final int[] checksums;

  /** The number of each page; -1 for a page without one. */
  private final long[] numbers;

  /** The pages that have numbers, in ascending order, and these numbers. */
  private final int[] numberedPages;

  private final long[] sortedNumbers;

  /**
   * Reads an index.
   *
   * @param file named in messages
   * @param entries of all pages
   * @param end where the last page ends in the file
   * @throws dev.axon64.codegen.support.InputException if the entries contradict each other
   */
  PageIndex(Path file, ByteBuffer entries, long end) {
    int pages = entries.remaining() / SnapshotLayout.ENTRY;
    offsets = new long[pages + 1];
    checksums = new int[pages];
    numbers = new long[pages];
    offsets[0] = SnapshotLayout.PREAMBLE;
    for (int i = 0; i < pages; i++) {
      numbers[i] = entries.getLong();
      int length = entries.getShort();
      if (length < 1 || length > AddressSpace.PAGE) {
        throw Snapshot.damaged(file, "a page has no such length");
      }
      offsets[i + 1] = offsets[i] + length;
      checksums[i] = entries.getInt();
    }
    if (offsets[pages] != end) {
      throw Snapshot.damaged(file, "its pages do not fill the place they have");
    }
    numberedPages = IntStream.range(0, pages).filter(i -> numbers[i] >= 0).toArray();
    sortedNumbers = IntStream.of(numberedPages).mapToLong(i -> numbers[i]).toArray();
    for (int i = 1; i < sortedNumbers.length; i++) {
      if (sortedNumbers[i - 1] >= sortedNumbers[i]) {
        throw Snapshot.damaged(file, "its pages are in no order");
      }
    }
  }

  int pages() {
    return checksums.length;
  }

  /** The page that has a number; -1 if there is none. */
  int page(long number) {
    int found = Arrays.binarySearch(sortedNumbers, number);
    return found < 0 ? -1 : numberedPages[found];
  }

  /** The number of a page; -1 if it has none. */
  long number(int page) {
    return numbers[page];
  }

  /** Where a page begins in the file. */
  long offset(int page) {
    return offsets[page];
  }

  /** How many bytes a page has in the file. */
  int stored(int page) {
    return (int) (offsets[page + 1] - offsets[page]);
  }

  /** The checksum of a page's contents. */
  int checksum(int page) {
    return checksums[page];
  }
}
