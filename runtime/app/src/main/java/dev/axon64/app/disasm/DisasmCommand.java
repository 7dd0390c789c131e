package dev.axon64.app.disasm;

import com.google.gson.stream.JsonWriter;
import dev.axon64.app.options.AddressOptions;
import dev.axon64.app.options.HexNumber;
import dev.axon64.app.options.TextOrJson;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.CodeRange;
import dev.axon64.machine.elf.ElfImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Lines are those of objdump -d, without names of symbols.",
      "Examples: axon64 disasm program",
      "          axon64 disasm --word d503201f --word 91000420"
    })
public final class DisasmCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The ELF file.")
  private Optional<Path> file;

  @Option(
      names = "--word",
      paramLabel = "HEX",
      converter = HexNumber.class,
      description = "Take this word instead of a file. Repeatable.")
  private List<Long> words = List.of();

  @Option(
      names = "--address",
      paramLabel = "HEX",
      converter = HexNumber.class,
      description = "Take this as the address of the first --word. Default: 0.")
  private long address;

  @Mixin private AddressOptions addresses;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Write text or json. Default: text.")
  private TextOrJson format = TextOrJson.TEXT;

  @Spec private CommandSpec spec;

  /** A run of words. */
  private record Part(String name, long address, ByteBuffer bytes) {}

  @Override
  public Integer call() throws IOException {
    if (file.isPresent() != words.isEmpty()) {
      throw new InputException("disasm", "takes a file or --word, one of them");
    }
    List<Part> parts = file.map(DisasmCommand::parts).orElseGet(() -> List.of(given()));
    Disassembler text = new Disassembler(InstructionSpec.a64());
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> text(out, parts, text);
      case JSON -> json(out, parts, text);
    }
    out.flush();
    return 0;
  }

  private void text(PrintWriter out, List<Part> parts, Disassembler text) {
    for (Part part : parts) {
      if (file.isPresent()) {
        out.printf("%nDisassembly of section %s:%n%n", part.name);
      }
      StringBuilder lines = new StringBuilder();
      for (int at = 0; at + 4 <= part.bytes.limit(); at += 4) {
        long pc = part.address + at;
        if (addresses.range().contains(pc)) {
          int word = part.bytes.getInt(at);
          lines.append(line(pc, word, text.text(word, pc)));
        }
      }
      out.print(lines);
    }
  }

  /** A line as objdump writes it, with a tab between the mnemonic and its operands. */
  private static String line(long pc, int word, String text) {
    return "%8x:\t%08x \t%s%n".formatted(pc, word, text.replaceFirst(" ", "\t"));
  }

  private Part given() {
    ByteBuffer bytes = ByteBuffer.allocate(words.size() * 4);
    for (int i = 0; i < words.size(); i++) {
      long word = words.get(i);
      if (word >>> 32 != 0) {
        throw new InputException("--word " + Long.toHexString(word), "has more than 32 bits");
      }
      bytes.putInt(4 * i, (int) word);
    }
    return new Part("", address, bytes);
  }

  private static List<Part> parts(Path file) {
    ElfImage image = ElfImage.read(file);
    List<Part> parts = new ArrayList<>();
    for (CodeRange range : image.executable()) {
      parts.add(new Part(range.name(), range.address(), image.bytes(range.offset(), range.size())));
    }
    return parts;
  }

  private void json(PrintWriter out, List<Part> parts, Disassembler text) throws IOException {
    JsonWriter json = new JsonWriter(out);
    json.setIndent(" ");
    json.beginArray();
    for (Part part : parts) {
      for (int at = 0; at + 4 <= part.bytes.limit(); at += 4) {
        long pc = part.address + at;
        if (!addresses.range().contains(pc)) {
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
