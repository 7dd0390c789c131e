package dev.axon64.codegen.labels;

import dev.axon64.codegen.labels.Disassembler.Instruction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code mnemonic-kernels.txt}, whose header explains it, and answers from it. */
final class MnemonicKernels {
  private static final String FILE = "mnemonic-kernels.txt";

  private final List<Rule> rules = new ArrayList<>();
  private final Map<String, List<Rule>> byMnemonic = new HashMap<>();

  /** A line of the file: a kernel for some mnemonics with some operands. */
  private record Rule(String kernel, OperandKind operands, List<Pattern> mnemonics) {
    boolean names(String mnemonic) {
      return mnemonics.stream().anyMatch(pattern -> pattern.matcher(mnemonic).matches());
    }
  }

  MnemonicKernels() throws IOException {
    String text;
    try (InputStream stream = MnemonicKernels.class.getResourceAsStream(FILE)) {
      text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    text.lines().filter(line -> !line.isBlank() && line.charAt(0) != '#').forEach(this::add);
  }

  private void add(String line) {
    String[] fields = line.split("\\s+");
    List<Pattern> mnemonics = new ArrayList<>();
    for (int i = 2; i < fields.length; i++) {
      mnemonics.add(Pattern.compile(fields[i].replace(".", "\\.").replace("*", ".*")));
    }
    OperandKind operands = OperandKind.valueOf(fields[1].toUpperCase(Locale.ROOT));
    rules.add(new Rule(fields[0], operands, mnemonics));
  }

  /** The kernel that the instruction's text calls for; empty if the file does not know it. */
  Optional<String> kernel(Instruction instruction) {
    return byMnemonic.computeIfAbsent(instruction.mnemonic(), this::naming).stream()
        .filter(rule -> rule.operands().in(instruction.operands()))
        .map(Rule::kernel)
        .findFirst();
  }

  private List<Rule> naming(String mnemonic) {
    return rules.stream().filter(rule -> rule.names(mnemonic)).toList();
  }
}
