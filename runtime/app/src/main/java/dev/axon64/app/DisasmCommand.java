package dev.axon64.app;

import com.google.gson.stream.JsonWriter;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Tool;
import dev.axon64.machine.elf.CodeRange;
import dev.axon64.machine.elf.ElfImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code axon64 disasm}: the executable parts of a file, or single words, as assembly. */
@Command(
    name = "disasm",
    mixinStandardHelpOptions = true,
    description = "Write an AArch64 ELF file's code, or single words, as assembly.",
    footer = {
      "",
      "Examples: axon64 disasm program",
      "          axon64 disasm --word d503201f --word 91000420",
      "Lines are those of objdump -d, without names of symbols."
    })
public final class DisasmCommand implements Tool, Callable<Integer> {
  /** How to print. */
  enum Format {
    TEXT,
    JSON
  }

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "An ELF file.")
  private Path file;

  @Option(names = "--word", paramLabel = "HEX", description = "A word instead of a file.")
  private List<String> words = List.of();

  @Option(
      names = "--address",
      paramLabel = "HEX",
      description = "Where the first --word stands; 0 by default.")
  private String address = "0";

  @Option(names = "--from", paramLabel = "HEX", description = "Leave out what is below.")
  private String from = "0";

  @Option(names = "--to", paramLabel = "HEX", description = "Leave out this address and above.")
  private String to = "ffffffffffffffff";

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
  private Format format = Format.TEXT;

  @Spec private CommandSpec spec;

  /** A run of words. */
  private record Part(String name, long address, ByteBuffer bytes) {}

  @Override
  public Integer call() throws IOException {
    if (file == null == words.isEmpty()) {
      throw new InputException("disasm", "takes a file or --word, one of them");
    }
    List<Part> parts = file == null ? List.of(given()) : parts();
    Disassembler text = new Disassembler(InstructionSpec.a64());
    long low = HexOption.value("--from", from);
    long high = HexOption.value("--to", to);
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      json(out, parts, text, low, high);
      return 0;
    }
    for (Part part : parts) {
      if (file != null) {
        out.printf("%nDisassembly of section %s:%n%n", part.name);
      }
      StringBuilder lines = new StringBuilder();
      for (int at = 0; at + 4 <= part.bytes.limit(); at += 4) {
        long pc = part.address + at;
        if (Long.compareUnsigned(pc, low) >= 0 && Long.compareUnsigned(pc, high) < 0) {
          int word = part.bytes.getInt(at);
          lines.append(line(pc, word, text.text(word, pc)));
        }
      }
      out.print(lines);
    }
    out.flush();
    return 0;
  }

  /** As objdump has it: a tab between the mnemonic and its operands. */
  private static String line(long pc, int word, String text) {
    return "%8x:\t%08x \t%s%n".formatted(pc, word, text.replaceFirst(" ", "\t"));
  }

  private Part given() {
    ByteBuffer bytes = ByteBuffer.allocate(words.size() * 4);
    for (int i = 0; i < words.size(); i++) {
      long word = HexOption.value("--word", words.get(i));
      if (word >>> 32 != 0) {
        throw new InputException("--word " + words.get(i), "has more than 32 bits");
      }
      bytes.putInt(4 * i, (int) word);
    }
    return new Part("", HexOption.value("--address", address), bytes);
  }

  private List<Part> parts() {
    ElfImage image = ElfImage.read(file);
    List<Part> parts = new ArrayList<>();
    for (CodeRange range : image.executable()) {
      parts.add(new Part(range.name(), range.address(), image.bytes(range.offset(), range.size())));
    }
    return parts;
  }

  private static void json(
      PrintWriter out, List<Part> parts, Disassembler text, long low, long high)
      throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setIndent(" ");
    json.beginArray();
    for (Part part : parts) {
      for (int at = 0; at + 4 <= part.bytes.limit(); at += 4) {
        long pc = part.address + at;
        if (Long.compareUnsigned(pc, low) < 0 || Long.compareUnsigned(pc, high) >= 0) {
          continue;
        }
        int word = part.bytes.getInt(at);
        json.beginObject();
        json.name("section").value(part.name);
        json.name("address").value("0x" + Long.toHexString(pc));
        json.name("word").value("%08x".formatted(word));
        json.name("text").value(text.text(word, pc));
        json.name("kernel");
        text.instruction(word)
            .ifPresentOrElse(
                instruction -> write(json, instruction.kernel()), () -> write(json, null));
        json.endObject();
      }
    }
    json.endArray();
    json.flush();
    out.println();
  }

  private static void write(JsonWriter json, String value) {
    try {
      json.value(value);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
