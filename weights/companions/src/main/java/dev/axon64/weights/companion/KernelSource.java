package dev.axon64.weights.companion;

import dev.axon64.weights.data.SplitMix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** C programs of random loops, from the kernels in {@code kernels.txt}. */
final class KernelSource {
  private static final List<String> ELEMENTS = List.of("u8", "u8", "u16", "u32", "u32", "u64");
  private static final List<String> INDICES = List.of("int", "unsigned", "long", "size_t");

  private static final String HEAD =
      """
      #include <arm_acle.h>
      #include <stddef.h>
      #include <stdint.h>
      #include <stdio.h>
      #include <string.h>
      #include <strings.h>
      typedef uint8_t u8; typedef uint16_t u16; typedef uint32_t u32; typedef uint64_t u64;
      volatile u64 sink;
      struct node { struct node *next; u64 value; };
      static struct node store[512], *nodes;
      static u32 table[256];
      static _Alignas(64) unsigned char first[1 << 16], second[1 << 16], third[1 << 16];
      static u64 seed = SEEDull;
      static u64 draw(void) { seed ^= seed << 13; seed ^= seed >> 7; seed ^= seed << 17; return seed; }
      __attribute__((noinline)) static void prepare(long length, long differs) {
        long bytes = length * 8 + 16;
        for (long i = 0; i < bytes; i++) third[i] = second[i] = 2 + draw() % 250;
        second[length] = 1; second[length + 1] = 0;
        third[length] = 1; third[length + 1] = 0;
        if (differs < bytes) third[differs] ^= 64;
      }
      __attribute__((noinline)) static void begin(void) {
        for (int i = 0; i < 256; i++) {
          u32 c = i;
          for (int k = 0; k < 8; k++) c = c >> 1 ^ (0xedb88320u & -(c & 1));
          table[i] = c;
        }
        int at = 0;
        nodes = &store[0];
        for (int i = 0; i < 300; i++) {
          int next = (at + 167) % 512;
          store[at].value = draw();
          store[at].next = i == 299 ? NULL : &store[next];
          at = next;
        }
      }
      """;

  private record Kernel(String name, List<String> parameters, StringBuilder text) {}

  private final List<Kernel> kernels = new ArrayList<>();

  /** Reads the kernels. */
  KernelSource() {
    for (String line : resource().lines().toList()) {
      String[] words = line.split(" ");
      if (words[0].equals("kernel")) {
        kernels.add(
            new Kernel(words[1], List.of(words).subList(2, words.length), new StringBuilder()));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        kernels.get(kernels.size() - 1).text.append("  ").append(line).append('\n');
      }
    }
  }

  private static String resource() {
    try (InputStream in = KernelSource.class.getResourceAsStream("kernels.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A program.
   *
   * @param count of kernels in it
   */
  String program(long seed, int count) {
    SplitMix random = SplitMix.of(seed, "kernels");
    StringBuilder out = new StringBuilder(HEAD.replace("SEED", "" + (random.next() >>> 1 | 1)));
    StringBuilder main = new StringBuilder("int main(void) {\n  begin();\n");
    for (int i = 0; i < count; i++) {
      Kernel kernel = kernels.get(random.below(kernels.size()));
      String element = ELEMENTS.get(random.below(ELEMENTS.size()));
      String index = INDICES.get(random.below(INDICES.size()));
      String name = kernel.name + "_" + i;
      List<String> order = shuffled(kernel.parameters, random);
      String parameters =
          String.join(", ", order.stream().map(p -> declared(p, element, index)).toList());
      String text =
          kernel
              .text
              .toString()
              .replaceAll("\\bT\\b", element)
              .replaceAll("\\bI\\b", index)
              .replaceAll("\\bR ([^;]*);", "return (u64) ($1);")
              .replaceAll("\\bS\\b", "" + (2 + random.below(6)));
      out.append("__attribute__((noinline, noclone)) static u64 ")
          .append(name + "(" + parameters + ") {\n" + text + "}\n");
      calls(main, name, order, element, index, random);
    }
    return out.append(main).append("  return 0;\n}\n").toString();
  }

  private static void calls(
      StringBuilder main,
      String name,
      List<String> order,
      String element,
      String index,
      SplitMix random) {
    int[] lengths = {5 + random.below(30), 30 + random.below(200), 200 + random.below(1200)};
    for (int length : lengths) {
      main.append("  prepare(" + length + ", " + (length / 2 + random.below(length * 4)) + ");\n");
      List<String> arguments =
          order.stream()
              .map(
                  parameter ->
                      switch (parameter) {
                        case "dst" -> "(" + element + " *) first";
                        case "src" -> "(" + element + " *) second";
                        case "two" -> "(" + element + " *) third";
                        case "str" -> "(char *) second";
                        case "txt" -> "(char *) third";
                        case "val" -> "(" + element + ") " + (random.below(4) * 77);
                        default -> "(" + index + ") " + length;
                      })
              .toList();
      main.append("  sink += " + name + "(" + String.join(", ", arguments) + ");\n");
    }
  }

  private static String declared(String parameter, String element, String index) {
    return switch (parameter) {
      case "dst" -> element + " *dst";
      case "src" -> "const " + element + " *src";
      case "two" -> element + " *two";
      case "str", "txt" -> "char *" + parameter;
      case "val" -> element + " val";
      default -> index + " " + parameter;
    };
  }

  private static List<String> shuffled(List<String> list, SplitMix random) {
    List<String> left = new ArrayList<>(list);
    List<String> order = new ArrayList<>();
    while (!left.isEmpty()) {
      order.add(left.remove(random.below(left.size())));
    }
    return order;
  }
}
