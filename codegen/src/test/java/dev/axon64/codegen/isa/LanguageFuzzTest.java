package dev.axon64.codegen.isa;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.WordSampler;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Damaged specs, a quarter of {@code axon64.fuzz} of them: a declaration of the shipped files is
 * changed and read with what its file declares. Each is read, words written and all, or refused
 * with file, line and column. A mutant that does anything else is left in {@code target/fuzz}.
 */
class LanguageFuzzTest {
  private static final long SEED = 0x697361L;
  private static final Pattern HEAD = Pattern.compile("(?m)^(?=[a-z]+ [A-Za-z])");
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
  private static final Pattern PLACE = Pattern.compile("[a-z-]+\\.isa:\\d+:\\d+: .+");

  private static final String[] PIECES = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    ",",
    ":",
    "=",
    "@",
    "?",
    "!",
    "~",
    "-",
    "+",
    "*",
    "/",
    "%",
    "<<",
    ">>",
    "==",
    "<u",
    "<s",
    "&&",
    "||",
    "..",
    "\"",
    "{{",
    "|",
    "0",
    "1",
    "-1",
    "64",
    "65",
    "128",
    "129",
    "0xffffffffffffffff",
    "99999999999999999999",
    "0x7fffffff",
    "X",
    "V",
    "Mem",
    "PC",
    "n",
    "Rd",
    "if",
    "else",
    "for",
    "in",
    "let",
    "var",
    "return",
    "undefined",
    "raise",
    "branch",
    "bits",
    "int",
    "zx(",
    "sx(",
    "replicate(",
    "zeros(",
    "rev(",
    "width(",
    "split",
    "where",
    "asm",
    "do",
    "shared",
    "function",
    "\u00e9",
    "\u0000",
    "#",
    "X[31]",
    "V[0]",
    "((((((((((((((((((("
  };

  private final Map<String, List<String>> files = new LinkedHashMap<>();

  LanguageFuzzTest() throws IOException {
    for (String name : InstructionSpec.A64_FILES) {
      try (InputStream in = InstructionSet.class.getResourceAsStream("/dev/axon64/isa/" + name)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        files.put(name, List.of(HEAD.split(text)));
      }
    }
  }

  @Test
  void damagedSpecsAreReadOrRefused() throws IOException {
    int count = Math.max(1, Integer.getInteger("axon64.fuzz", 2000) / 4);
    int refused = 0;
    for (int i = 0; i < count; i++) {
      Map<String, String> mutant = mutant(new Random(SEED + i));
      try {
        boolean isRead =
            assertTimeoutPreemptively(Duration.ofMinutes(2), () -> LanguageFuzzTest.read(mutant));
        refused += isRead ? 0 : 1;
      } catch (Throwable e) {
        Path kept = Files.createDirectories(Path.of("target", "fuzz")).resolve("isa-" + i);
        Files.writeString(kept, String.join("\n", mutant.values()));
        throw new AssertionError("mutant " + i + ", kept as " + kept + ": " + e, e);
      }
    }
    System.out.printf("fuzz isa: %d mutants, %d refused%n", count, refused);
    assertTrue(refused > count / 4, "too few mutants were damaged to mean anything");
    assertTrue(refused < count, "no mutant was read");
  }

  private static boolean read(Map<String, String> mutant) {
    try {
      InstructionSet set = InstructionSpec.parse(mutant);
      Disassembler disassembler = new Disassembler(set);
      WordSampler sampler = new WordSampler(SEED);
      set.instructions().forEach(i -> disassembler.text(sampler.word(i), 0x1000));
      return true;
    } catch (InputException e) {
      String message = e.getMessage();
      assertTrue(PLACE.matcher(message).matches(), () -> "no place or several lines: " + message);
      return false;
    }
  }

  /** One instruction or function damaged, with the declarations that it may need. */
  private Map<String, String> mutant(Random random) {
    String name = InstructionSpec.A64_FILES.get(1 + random.nextInt(files.size() - 1));
    List<String> all = files.get(name);
    List<String> instructions = all.stream().filter(LanguageFuzzTest::isInstruction).toList();
    List<String> others =
        new ArrayList<>(all.stream().filter(text -> !isInstruction(text)).toList());
    String instruction =
        instructions.isEmpty() ? "" : instructions.get(random.nextInt(instructions.size()));
    if (instruction.isEmpty() || random.nextInt(4) == 0) {
      int at = random.nextInt(others.size());
      others.set(at, damaged(others.get(at), random));
    } else {
      instruction = damaged(instruction, random);
    }
    Map<String, String> spec = new LinkedHashMap<>();
    spec.put("state.isa", String.join("", files.get("state.isa")));
    if (name.startsWith("fpsimd")) {
      spec.put("float.isa", declarations("float.isa"));
    }
    spec.put(name, String.join("", others) + instruction);
    return spec;
  }

  private String declarations(String name) {
    return String.join("", files.get(name).stream().filter(text -> !isInstruction(text)).toList());
  }

  private static boolean isInstruction(String text) {
    return text.startsWith("instruction ");
  }

  private static String damaged(String text, Random random) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    for (int changes = random.nextBoolean() ? 1 : 2 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(tokens.size());
      String other = tokens.get(random.nextInt(tokens.size()));
      switch (random.nextInt(6)) {
        case 0 -> tokens.set(at, "");
        case 1 -> tokens.set(at, other);
        case 2 -> tokens.add(at, other);
        case 3 -> tokens.set(at, PIECES[random.nextInt(PIECES.length)]);
        case 4 -> tokens.add(at, PIECES[random.nextInt(PIECES.length)]);
        default -> {
          int end = Math.min(tokens.size(), at + 1 + random.nextInt(20));
          tokens.addAll(at, List.copyOf(tokens.subList(at, end)));
        }
      }
    }
    return String.join("", tokens);
  }
}
