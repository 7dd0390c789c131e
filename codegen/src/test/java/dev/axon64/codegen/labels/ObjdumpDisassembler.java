package dev.axon64.codegen.labels;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Disassembles with GNU objdump, in one process per batch. */
public final class ObjdumpDisassembler implements Disassembler {
  private static final List<String> COMMANDS = List.of("aarch64-linux-gnu-objdump", "objdump");

  /** {@code 1c: 91000420 add x0, x1, #0x1}. */
  private static final Pattern LINE =
      Pattern.compile("\\s*[0-9a-f]+:\\s+([0-9a-f]{8})\\s+(\\S+)\\s*(.*)");

  /** Notes such as {@code // unpredictable} and the targets of branches in angle brackets. */
  private static final Pattern NOTE = Pattern.compile("\\s*(//|;|<).*");

  private static final int NOP = 0xd503201f;

  private final Path folder;
  private final String command;
  private final String version;
  private final boolean aliases;

  /**
   * Looks for a usable objdump.
   *
   * @param folder where it may write
   * @param aliases whether it prints preferred aliases such as {@code mov}
   */
  public ObjdumpDisassembler(Path folder, boolean aliases)
      throws AbsentException, IOException, InterruptedException {
    this.folder = folder;
    this.aliases = aliases;
    List<String> refusals = new ArrayList<>();
    for (String candidate : COMMANDS) {
      String refusal = probe(candidate);
      if (refusal.isEmpty()) {
        command = candidate;
        version = run(List.of(command, "--version")).get(0);
        return;
      }
      refusals.add(refusal);
    }
    throw new AbsentException(String.join("; ", refusals));
  }

  private String probe(String candidate) throws IOException, InterruptedException {
    Path nop = write(new int[] {NOP});
    List<String> output;
    try {
      output = run(arguments(candidate, nop));
    } catch (IOException e) {
      return "no " + candidate;
    }
    return output.stream().anyMatch(line -> LINE.matcher(line).matches())
        ? ""
        : candidate + " does not know aarch64";
  }

  @Override
  public String name() {
    return version;
  }

  @Override
  public List<Instruction> disassemble(int[] words) throws IOException, InterruptedException {
    List<Instruction> result = new ArrayList<>(words.length);
    for (String line : run(arguments(command, write(words)))) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        result.add(read(matcher));
      }
    }
    for (int i = 0; i < words.length; i++) {
      if (i >= result.size() || result.get(i).word() != words[i]) {
        throw new IllegalStateException("objdump printed no line for word " + i);
      }
    }
    return result;
  }

  private static Instruction read(Matcher line) {
    int word = Integer.parseUnsignedInt(line.group(1), 16);
    String mnemonic = line.group(2);
    return mnemonic.equals(".inst")
        ? new Instruction(word, "", "")
        : new Instruction(word, mnemonic, NOTE.matcher(line.group(3)).replaceFirst(""));
  }

  private Path write(int[] words) throws IOException {
    ByteBuffer code = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    code.asIntBuffer().put(words);
    return Files.write(folder.resolve("words.bin"), code.array());
  }

  private List<String> arguments(String command, Path code) {
    return List.of(
        command,
        "--disassemble-all",
        // Else it prints a run of zeros as an ellipsis.
        "--disassemble-zeroes",
        "--target=binary",
        "--architecture=aarch64",
        "--disassembler-options=" + (aliases ? "aliases" : "no-aliases"),
        code.toString());
  }

  private List<String> run(List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().put("LC_ALL", "C");
    builder.redirectError(folder.resolve("errors.txt").toFile());
    Process process = builder.start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    }
    process.waitFor();
    return lines;
  }

  @Override
  public void close() {
    // A process ends with its batch.
  }
}
