package dev.axon64.app.disasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * {@code disasm} writes two whole programs of Debian's as {@code objdump -d} writes them. The
 * environment variables AXON64_BUSYBOX and AXON64_LS name the arm64 binaries.
 */
class DisasmCommandTest {
  private static final List<String> OBJDUMPS = List.of("aarch64-linux-gnu-objdump", "objdump");

  /** {@code 400374: d2800002 mov x2, #0x0}. */
  private static final Pattern INSTRUCTION =
      Pattern.compile(" *[0-9a-f]+:\t([0-9a-f]{8}) \t(\\S+).*");

  private static final String HEADING = "Disassembly of section ";

  /** Where a branch leads, by a symbol that happens to be near. */
  private static final Pattern SYMBOL = Pattern.compile("([0-9a-f]+) <[^>]*>$");

  /** Notes such as {@code // #-1}. */
  private static final Pattern NOTE = Pattern.compile("\\s*//.*");

  /** FEAT_MOPS, FEAT_MTE, and a register of EL1 that Linux lets programs read. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          ".* \t(cpyf?[pme]|set[pme]|irg|gmi|ldg|stz?2?g|dc\tgz?va|mrs\tx\\d+, midr_el1)\\b.*");

  @ParameterizedTest
  @ValueSource(strings = {"AXON64_BUSYBOX", "AXON64_LS"})
  void writesWhatObjdumpWrites(String variable) throws IOException, InterruptedException {
    String binary = System.getenv(variable);
    if (binary == null || !Files.isRegularFile(Path.of(binary))) {
      skip("set " + variable + " to an arm64 program, as .ci/run does");
    }
    List<String> theirs = objdump(binary);
    List<String> ours = disasm(binary);
    assertEquals(theirs.size(), ours.size(), "lines");
    int extensions = 0;
    for (int i = 0; i < ours.size(); i++) {
      String expected = theirs.get(i);
      String line = ours.get(i);
      if (!line.equals(expected) && isOfAnotherExtension(expected, line)) {
        assertEquals(word(expected), word(line));
        extensions++;
      } else {
        assertEquals(expected, line);
      }
    }
    assertTrue(extensions < ours.size() / 1000, extensions + " words of other extensions");
    System.out.printf(
        "disasm = objdump on %,d lines of %s; %d words of SVE, MOPS and MTE are undefined here%n",
        ours.size(), binary, extensions);
  }

  private static void skip(String why) {
    System.out.println("disasm: skipped: " + why);
    abort("skipped: " + why);
  }

  /** What processors with more extensions know; the C library asks before it uses it. */
  private static boolean isOfAnotherExtension(String theirs, String ours) {
    if (!ours.contains("\t.inst\t")) {
      return false;
    }
    boolean scalable = (Integer.parseUnsignedInt(word(ours), 16) >>> 25 & 15) == 2;
    return scalable || ELSEWHERE.matcher(theirs).matches();
  }

  /** The instruction of a line, which is no heading. */
  private static String word(String line) {
    Matcher matcher = INSTRUCTION.matcher(line);
    assertTrue(matcher.matches(), line);
    return matcher.group(1);
  }

  private static List<String> disasm(String binary) {
    StringWriter out = new StringWriter();
    int status = new CommandLine(new DisasmCommand()).setOut(new PrintWriter(out)).execute(binary);
    assertEquals(0, status);
    return out.toString().lines().filter(line -> !line.isEmpty()).toList();
  }

  /** Headings and instructions; targets as it writes them where there are no symbols. */
  private static List<String> objdump(String binary) throws IOException, InterruptedException {
    List<String> refusals = new ArrayList<>();
    for (String command : OBJDUMPS) {
      ProcessBuilder builder =
          new ProcessBuilder(command, "-d", "--disassemble-zeroes", binary)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("LC_ALL", "C");
      List<String> lines = new ArrayList<>();
      try {
        Process process = builder.start();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
          reader.lines().forEach(line -> keep(line, lines));
        }
        process.waitFor();
      } catch (IOException e) {
        refusals.add("no " + command);
      }
      if (!lines.isEmpty()) {
        return lines;
      }
      refusals.add(command + " does not read aarch64");
    }
    skip(String.join("; ", refusals));
    return List.of();
  }

  private static void keep(String line, List<String> lines) {
    if (INSTRUCTION.matcher(line).matches()) {
      String plain = NOTE.matcher(line).replaceFirst("");
      lines.add(SYMBOL.matcher(plain).replaceFirst("0x$1").stripTrailing());
    } else if (line.startsWith(HEADING)) {
      lines.add(line);
    }
  }
}
