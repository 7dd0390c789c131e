package dev.axon64.machine.elf;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The instruction words of an image, in the order of its executable ranges. The arrays belong to
 * the caller.
 *
 * @param words 32 bits each
 * @param addresses the address of each word, unsigned
 * @param remarks one line for each range that is not wholly made of aligned words
 */
public record CodeWords(int[] words, long[] addresses, List<String> remarks) {
  /**
   * The most bytes of code per byte of the file, since ranges may overlap but must not multiply a
   * small file.
   */
  private static final int MOST_OVERLAP = 2;

  /**
   * Reads the words of all executable ranges. Bytes after a range's last whole word are left out,
   * with a remark.
   *
   * @throws InputException if the ranges overlap so much that they hold several times the file
   */
  public static CodeWords of(ElfImage image) {
    List<CodeRange> ranges = image.executable();
    long bytes = ranges.stream().mapToLong(CodeRange::size).sum();
    if (bytes > MOST_OVERLAP * (long) image.file().limit()) {
      throw new InputException(
          image.where(),
          "its executable parts overlap and hold "
              + bytes
              + " bytes in a file of "
              + image.file().limit()
              + "; it is damaged, so link it again");
    }
    int count = ranges.stream().mapToInt(r -> r.size() / Integer.BYTES).sum();
    int[] words = new int[count];
    long[] addresses = new long[count];
    List<String> remarks = new ArrayList<>();
    int filled = 0;
    for (CodeRange range : ranges) {
      remark(range, remarks);
      ByteBuffer code = image.bytes(range.offset(), range.size());
      for (int at = 0; at + Integer.BYTES <= range.size(); at += Integer.BYTES) {
        words[filled] = code.getInt(at);
        addresses[filled++] = range.address() + at;
      }
    }
    return new CodeWords(words, addresses, List.copyOf(remarks));
  }

  private static void remark(CodeRange range, List<String> remarks) {
    int ragged = range.size() % Integer.BYTES;
    if (ragged != 0) {
      remarks.add(
          ElfImage.quoted(range.name())
              + ": its last "
              + (ragged == 1 ? "byte is" : ragged + " bytes are")
              + " no whole word and left out");
    }
    if (range.address() % Integer.BYTES != 0) {
      remarks.add(
          ElfImage.quoted(range.name())
              + ": begins at 0x"
              + Long.toHexString(range.address())
              + ", which is not a multiple of 4");
    }
  }
}
