package dev.axon64.machine.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second opinion on the tables: binutils' readelf, where it is installed. */
class ReadelfCrossCheckTest {
  /** Name, type, address, offset, size in readelf's wide listing. */
  private static final Pattern SECTION_LINE =
      Pattern.compile(
          "^ *\\[ *\\d+] (\\S+) +\\S+ +([0-9a-f]{16}) ([0-9a-f]+) ([0-9a-f]+) ", Pattern.MULTILINE);

  @Test
  void readelfSeesTheSameSections(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("program"), new SampleElf().bytes());
    List<String> theirs = new ArrayList<>();
    SECTION_LINE
        .matcher(readelf(file, folder.resolve("listing")))
        .results()
        .map(ReadelfCrossCheckTest::describe)
        .forEach(theirs::add);
    List<String> ours =
        ElfImage.read(file).sections().stream()
            .skip(1)
            .map(s -> s.name() + " " + s.address() + " " + s.offset() + " " + s.size())
            .toList();
    assertEquals(ours, theirs);
  }

  private static String describe(MatchResult line) {
    StringBuilder described = new StringBuilder(line.group(1));
    for (int group = 2; group <= 4; group++) {
      described.append(' ').append(Long.parseUnsignedLong(line.group(group), 16));
    }
    return described.toString();
  }

  private static String readelf(Path file, Path listing) throws Exception {
    int status;
    try {
      status =
          new ProcessBuilder("readelf", "--wide", "--sections", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(listing.toFile())
              .start()
              .waitFor();
    } catch (IOException e) {
      return Assumptions.abort("skipped: readelf is not here: " + e.getMessage());
    }
    String text = Files.readString(listing, StandardCharsets.UTF_8);
    assertEquals(0, status, text);
    return text;
  }
}
