package dev.axon64.app.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.app.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code boot} with programs for a bare machine, and with what cannot be booted. */
class BootCommandTest {
  private static final String START = "40080000";

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private int boot(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err, true));
    line.getSubcommands().get("boot").setErr(new PrintWriter(err, true));
    PrintStream out = System.out;
    InputStream in = System.in;
    System.setOut(new PrintStream(sent, true, StandardCharsets.UTF_8));
    System.setIn(InputStream.nullInputStream());
    try {
      String[] all = new String[arguments.length + 1];
      all[0] = "boot";
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      return line.execute(all);
    } finally {
      System.setOut(out);
      System.setIn(in);
    }
  }

  private Path guest(String name) throws IOException {
    try (InputStream from = Main.class.getResourceAsStream("/dev/axon64/guests/machine/" + name)) {
      return Files.write(folder.resolve(name), from.readAllBytes());
    }
  }

  @ParameterizedTest
  @CsvSource({"page", "each"})
  void saysHello(String policy) throws IOException {
    Path trace = folder.resolve("trace");
    int status =
        boot(
            "--load",
            START + "=" + guest("hello"),
            "--entry",
            START,
            "--dispatch",
            policy,
            "--stats",
            "--trace",
            trace.toString());
    assertEquals(0, status, err::toString);
    assertEquals("hello from EL 0x1\n", sent.toString(StandardCharsets.UTF_8));
    assertTrue(err.toString().contains("instructions"), err::toString);
    assertEquals(List.of(), Files.readAllLines(trace));
  }

  @Test
  void tracesExceptions() throws IOException {
    Path trace = folder.resolve("trace");
    int status =
        boot(
            "--load",
            START + "=" + guest("checks"),
            "--entry",
            START,
            "--trace",
            trace.toString(),
            "--memory",
            "64M");
    assertEquals(0, status, err::toString);
    List<String> lines = Files.readAllLines(trace);
    assertTrue(lines.getFirst().contains("cpu0 esr 0x56000123 from 0x4008"), lines.getFirst());
    assertTrue(lines.stream().anyMatch(line -> line.contains(" interrupt ")));
  }

  @Test
  void endsAtTheLimit() throws IOException {
    int status = boot("--load", START + "=" + guest("checks"), "--entry", START, "--limit", "1000");
    assertEquals(12, status);
  }

  @Test
  void goesOnFromASavedState() throws IOException {
    String file = folder.resolve("state").toString();
    String program = START + "=" + guest("checks");
    assertEquals(
        12,
        boot("--load", program, "--entry", START, "--limit", "5000", "--save", file),
        err::toString);
    assertEquals(0, boot("--restore", file, "--net", "none", "--console", "serial"), err::toString);
    String whole = sent.toString(StandardCharsets.UTF_8);
    sent.reset();
    assertEquals(0, boot("--load", program, "--entry", START), err::toString);
    assertEquals(sent.toString(StandardCharsets.UTF_8), whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--kernel /dev/null | /dev/null: is no arm64 Linux kernel",
        "--kernel nowhere | nowhere: cannot be read",
        "--kernel a --load 0=b | boot: give either --kernel or --load",
        "--load 40000000=/dev/null | boot: give --entry",
        "--load 40000000 --entry 0 | load: '40000000' has no file",
        "--load x=y --entry 0 | address: 'x' is no hexadecimal number",
        "--load 0=HELLO --entry 0 | do not lie in memory",
        "--load 0=a --entry 0 --append quiet | boot: give --initrd and --append with --kernel only",
        "--kernel a --memory 3M | memory: '3M' is not possible",
        "--kernel a --memory 999999G | memory: '999999G' is not possible",
        "--kernel a --disk nowhere | nowhere: cannot be opened",
        "--kernel a --disk HELLO | a disk has whole sectors of 512",
        "--kernel a --cpus 9 | processors: 9 are not possible",
        "--kernel a --instruction-time 0 | time of an instruction: 0 ns are not possible",
        "--kernel a --trace /nowhere/trace | /nowhere/trace: cannot be written",
        "--kernel a --forward 80:80 | forward: needs a network",
        "--kernel a --net user --forward 80 | forward: '80' is no pair of ports",
        "--kernel a --net user --forward 80:99999 | forward: '80:99999' is no pair of ports",
        "--kernel a --share nowhere | nowhere: is no folder that could be shared",
        "--kernel a --restore b | boot: give --restore without",
        "--restore nowhere | nowhere: cannot be read",
        "--restore HELLO | is no whole snapshot of a machine"
      })
  void refusesInOneLine(String arguments, String message) throws IOException {
    int status = boot(arguments.replace("HELLO", guest("hello").toString()).split(" "));
    assertEquals(2, status, err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().startsWith("axon64: "), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
  }

  @Test
  void refusesADamagedTree() throws IOException {
    byte[] image = new byte[64];
    byte[] magic = {'A', 'R', 'M', 'd'};
    System.arraycopy(magic, 0, image, 56, magic.length);
    Path kernel = Files.write(folder.resolve("Image"), image);
    assertEquals(2, boot("--kernel", kernel.toString(), "--dtb", kernel.toString()));
    assertTrue(err.toString().contains("is no flattened device tree"), err::toString);
  }
}
