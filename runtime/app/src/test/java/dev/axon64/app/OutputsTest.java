package dev.axon64.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What commands print and write arrives, or they say that it did not. */
class OutputsTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final Path GUESTS =
      Path.of(System.getProperty("axon64.root"), "runtime/guests/prebuilt");
  private static final String SIEVE = GUESTS.resolve("demo/sieve").toString();

  /** A program that soon ends, with its argument. */
  private static final String SHORT = GUESTS.resolve("bench/alu") + " 1";

  @TempDir private Path folder;

  private record Answer(int status, String err) {}

  private static Answer answer(OutputStream out, List<String> arguments) {
    StringWriter err = new StringWriter();
    StandardOutput output = new StandardOutput(out);
    PrintWriter errors = new PrintWriter(err);
    CommandLine line = Main.commandLine().setOut(output.writer()).setErr(errors);
    int status = output.finish(line.execute(arguments.toArray(String[]::new)), errors);
    errors.flush();
    return new Answer(status, err.toString());
  }

  private List<String> words(String line) {
    return List.of(
        line.replace("SIEVE", SIEVE)
            .replace("SHORT", SHORT)
            .replace("DIR", folder.toString())
            .split(" "));
  }

  /** Every command has help, so every command prints. */
  @Test
  void fullDisksAreNoticedByAll() throws IOException {
    Assumptions.assumeTrue(Files.isWritable(FULL), "skipped: no /dev/full here");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "",
                "--version",
                "disasm --word d503201f",
                "disasm SIEVE",
                "disasm --format json SIEVE",
                "dispatch SIEVE",
                "dispatch --format csv SIEVE",
                "dispatch --format json SIEVE",
                "generate --list"));
    Main.commandLine().getSubcommands().keySet().forEach(name -> lines.add(name + " --help"));
    for (String line : lines) {
      try (OutputStream full = new FileOutputStream(FULL.toFile())) {
        Answer answer = answer(full, line.isEmpty() ? List.of() : words(line));
        assertEquals(2, answer.status, line);
        assertTrue(
            answer.err.contains(
                "axon64: standard output: cannot be written (IOException: No space"),
            () -> line + ": " + answer.err);
      }
    }
    assertFalse(Files.isRegularFile(FULL));
  }

  /** As of a program that SIGPIPE ended, and without a word. */
  @Test
  void aReaderWhoHasSeenEnoughIsNoFailure() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertEquals(new Answer(141, ""), answer(broken, List.of("disasm", SIEVE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace --count 5 --out /dev/full SIEVE",
        "trace --json --count 5 --out /dev/full SIEVE",
        "trace --cache --out /dev/full SHORT",
        "trace --loops /dev/full SHORT",
        "trace --memory /dev/full SHORT",
        "dispatch --out /dev/full SIEVE",
        "generate --metal DIR/a/b/c",
      })
  void fullDisksOfFilesAreNoticed(String line) throws IOException {
    Assumptions.assumeTrue(Files.isWritable(FULL), "skipped: no /dev/full here");
    if (line.startsWith("generate")) {
      Files.writeString(folder.resolve("a"), "a file");
    }
    Answer answer = answer(new ByteArrayOutputStream(), words(line));
    assertEquals(2, answer.status, answer.err);
    assertTrue(answer.err.contains("cannot be written"), answer.err);
    assertFalse(Files.isRegularFile(FULL), "no file takes the place of a device");
  }

  /** In the time that reading takes, not after the work. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "certify --out DIR/a/b.json",
        "certify --html DIR/a/b.html",
        "certify --shard 1/2 --out DIR/a/b",
        "certify --out DIR",
        "train --out DIR/a/b",
        "train --out DIR/a",
        "train --checkpoint DIR/a/b --out DIR/c",
        "trace --out DIR/a/b SIEVE",
        "trace --loops DIR/a/b SIEVE",
        "dispatch --out DIR/a/b SIEVE",
        "profile --html DIR/a/b SIEVE",
        "profile --json DIR/a/b SIEVE",
        "extend --isa ISA --kernel USER --out DIR/a/b",
      })
  void whatCannotBeWrittenIsFoundFirst(String line) throws IOException {
    Files.writeString(folder.resolve("a"), "a file");
    String isa =
        Path.of(System.getProperty("axon64.root"), "runtime/guests/sad8/sad8.isa").toString();
    long start = System.nanoTime();
    Answer answer = answer(new ByteArrayOutputStream(), words(line.replace("ISA", isa)));
    assertEquals(2, answer.status, answer.err);
    assertEquals(1, answer.err.lines().count(), answer.err);
    assertTrue(answer.err.contains(folder.toString()), answer.err);
    assertTrue(System.nanoTime() > start);
    assertEquals("a file", Files.readString(folder.resolve("a")));
  }

  /** No message is lost, and no file is left of a program that never ran. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trace nope | axon64: nope: no such file",
        "trace | axon64: PROGRAM: is missing; name the program to run",
        "trace --kernel FOO SIEVE | axon64: --kernel FOO: is no kernel",
        "trace --cache --companions DIR/nope SIEVE | axon64: ",
        "trace --out DIR/t nope | axon64: nope: no such file",
        "trace --out DIR/t --kernel FOO SIEVE | axon64: --kernel FOO: is no kernel",
        "trace --out DIR/t | axon64: PROGRAM: is missing",
        "run nope | axon64: nope: no such file",
        "profile | axon64: PROGRAM: is missing",
        "disasm nope | axon64: nope: no such file",
        "dispatch nope | axon64: nope: no such file",
        "certify nope | axon64: Unmatched argument",
        "generate | axon64: generate: nothing to write",
        "metal check nope | axon64: nope: no such file",
      })
  void everyFailureIsSaid(String line, String expected) {
    Answer answer = answer(new ByteArrayOutputStream(), words(line));
    assertEquals(2, answer.status, line);
    assertTrue(answer.err.startsWith(expected), () -> line + ": " + answer.err);
    assertFalse(Files.exists(folder.resolve("t")), line);
  }

  /** A whole word of each command that differs by a letter. */
  @Test
  void unknownNamesAreGuessed() {
    assertTrue(answer(new ByteArrayOutputStream(), List.of("tran")).err.contains("mean"));
    Answer answer = answer(new ByteArrayOutputStream(), List.of("disam"));
    assertEquals(2, answer.status);
    assertTrue(answer.err.contains("Did you mean disasm"), answer.err);
  }

  @Test
  void helpIsAsWideAsTheScreen() {
    assertEquals(new Screen(100, false), Screen.of(Map.of("COLUMNS", "100")));
    assertEquals(new Screen(80, false), Screen.of(Map.of("COLUMNS", "wide")));
    assertEquals(new Screen(55, false), Screen.of(Map.of("COLUMNS", "20")));
    assertEquals(new Screen(80, true), Screen.of(Map.of("NO_COLOR", "1")));
    assertEquals(new Screen(80, false), Screen.of(Map.of("NO_COLOR", "")));
    assertEquals(new Screen(80, true), Screen.of(Map.of("TERM", "dumb")));
    for (int width : new int[] {60, 100}) {
      CommandLine line = Main.commandLine();
      new Screen(width, true).applyTo(line);
      line.getSubcommands()
          .values()
          .forEach(
              command ->
                  command
                      .getUsageMessage()
                      .lines()
                      .forEach(
                          text -> assertTrue(text.length() <= width, () -> width + ": " + text)));
    }
  }
}
