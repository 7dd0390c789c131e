package dev.axon64.metal.exec;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.axon64.codegen.support.InputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Mutated shaders compile and run, or are refused with one line; nothing else ever happens. */
class ShaderFuzzTest {
  private static final int MUTANTS = Integer.getInteger("axon64.fuzz", 2000);
  private static final String[] CORPUS = {"dispatch.metal", "machine.metal", "vectors.metal"};
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z_][A-Za-z_0-9]*|[0-9][A-Za-z0-9.]*|\\s+|.", Pattern.DOTALL);
  private static final String[] STRAYS = {
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    "*",
    "&",
    "->",
    ".",
    "::",
    "<",
    ">",
    "?",
    ":",
    "=",
    "+",
    "-",
    "!",
    "~",
    "<<",
    "0",
    "1",
    "-1",
    "0x7fffffff",
    "0xffffffffffffffff",
    "1e38f",
    "0.0",
    "int",
    "uint",
    "float",
    "float4",
    "uchar2",
    "long",
    "half",
    "bool",
    "void",
    "struct",
    "enum",
    "constant",
    "device",
    "thread",
    "threadgroup",
    "kernel",
    "return",
    "if",
    "else",
    "for",
    "while",
    "do",
    "switch",
    "case",
    "default",
    "break",
    "continue",
    "template",
    "typename",
    "sizeof",
    "as_type",
    "static_cast",
    "const",
    "auto",
    "this",
    "nullptr",
    "union",
    "using",
    "#define",
    "#if",
    "#else",
    "#endif",
    "\n",
    "\\",
    "\"",
    "'",
    "/*",
    "*/",
    "//",
    "##",
    "[[",
    "]]",
    "buffer(0)",
    "x",
    "i",
    "out",
    "m",
    "xyzw",
    "min",
    "max",
    "clamp",
    "atomic_uint",
    "goto"
  };

  @Test
  void mutantsAreRefusedOrRun() {
    Random random = new Random(64);
    int compiled = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String source = mutant(Shaders.resource(CORPUS[i % CORPUS.length]), random);
      try {
        MetalProgram program = MetalProgram.compile(source, "mutant.metal");
        compiled++;
        if (compiled % 8 == 0) {
          runAll(program, source);
        }
      } catch (InputException e) {
        refusal(e, "mutant.metal", source);
      } catch (RuntimeException | Error e) {
        fail("mutant " + i + " of " + CORPUS[i % CORPUS.length] + ":\n" + source, e);
      }
    }
    assertTrue(compiled > 0, "no mutant compiled: the mutations are too coarse");
  }

  @Test
  void noiseIsRefused() {
    Random random = new Random(65);
    for (int i = 0; i < MUTANTS / 4; i++) {
      StringBuilder noise = new StringBuilder();
      for (int j = random.nextInt(200); j > 0; j--) {
        noise.append(
            random.nextBoolean()
                ? STRAYS[random.nextInt(STRAYS.length)] + " "
                : Character.toString((char) random.nextInt(i % 2 == 0 ? 128 : 65536)));
      }
      try {
        MetalProgram.compile(noise.toString(), "noise.metal");
      } catch (InputException e) {
        refusal(e, "noise.metal", noise.toString());
      } catch (RuntimeException | Error e) {
        fail("noise " + i + ":\n" + noise, e);
      }
    }
  }

  private static void refusal(InputException e, String file, String source) {
    if (e.getMessage().contains("defect") || !e.getMessage().startsWith(file)) {
      fail(source, e);
    }
  }

  private static void runAll(MetalProgram program, String source) {
    for (String name : program.kernelNames()) {
      MetalKernel kernel = program.kernel(name);
      Map<Integer, byte[]> buffers = new HashMap<>();
      for (KernelBuffer buffer : kernel.buffers()) {
        byte[] bytes = new byte[buffer.index() == 0 ? 4096 : 64];
        java.util.Arrays.fill(bytes, (byte) 3);
        buffers.put(buffer.index(), bytes);
      }
      try {
        kernel.run(
            GridSize.of(4),
            buffers,
            RunOptions.defaults().withThreads(1).withTimeout(Duration.ofMillis(100)));
      } catch (InputException e) {
        assertTrue(e.getMessage().contains("kernel '"), e.getMessage());
      }
    }
  }

  private static String mutant(String source, Random random) {
    String text = source;
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      text = random.nextInt(4) == 0 ? flipped(text, random) : edited(text, random);
    }
    return random.nextInt(20) == 0 ? text.substring(0, random.nextInt(text.length() + 1)) : text;
  }

  private static String flipped(String text, Random random) {
    if (text.isEmpty()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text);
    int at = random.nextInt(out.length());
    out.setCharAt(at, (char) (out.charAt(at) ^ (1 << random.nextInt(8))));
    return out.toString();
  }

  private static String edited(String text, Random random) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    if (tokens.isEmpty()) {
      return text;
    }
    int at = random.nextInt(tokens.size());
    int other = random.nextInt(tokens.size());
    switch (random.nextInt(5)) {
      case 0 -> tokens.remove(at);
      case 1 -> tokens.add(at, tokens.get(other));
      case 2 -> java.util.Collections.swap(tokens, at, other);
      case 3 -> tokens.add(at, " " + STRAYS[random.nextInt(STRAYS.length)] + " ");
      default -> tokens.set(at, tokens.get(other));
    }
    return String.join("", tokens);
  }
}
