package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.form.Form;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.ir.Shortcut;
import dev.axon64.codegen.isa.model.HostFunction;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionDecoder;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.isa.syntax.Declaration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Compiles a checked spec into what {@link CompiledSpec} reads. */
public final class SpecCompiler {
  private final InstructionSet set;
  private final Strings strings = new Strings();
  private final Map<String, Integer> functions = new HashMap<>();
  private final Map<Form, Integer> forms = new LinkedHashMap<>();

  private SpecCompiler(InstructionSet set) {
    this.set = set;
    set.shared().forEach(function -> functions.put(function.name(), functions.size()));
    set.instructions().forEach(one -> forms.putIfAbsent(one.form(), forms.size()));
  }

  /** Compiles. */
  public static byte[] compile(InstructionSet set) {
    return new SpecCompiler(set).bytes();
  }

  private byte[] bytes() {
    List<Declaration> named =
        set.names().all().stream()
            .filter(declaration -> !(declaration instanceof Declaration.Instruction))
            .sorted(Comparator.comparing(Declaration::name))
            .toList();
    Map<Section, byte[]> sections = new EnumMap<>(Section.class);
    sections.put(Section.TREE, tree());
    sections.put(Section.FORMS, entries(List.copyOf(forms.keySet()), FormCodec::write));
    sections.put(Section.COPIES, entries(set.instructions(), this::write));
    sections.put(Section.SHARED, entries(set.shared(), this::write));
    List<BiConsumer<Output, InstructionSet>> machine =
        List.of(
            (out, all) -> out.list(all.registers(), SpecCompiler::write),
            (out, all) -> out.list(all.traps(), (to, trap) -> to.text(trap.name())),
            (out, all) -> out.list(all.hosts(), SpecCompiler::write),
            (out, all) -> out.text(all.digest().get()));
    sections.put(Section.MACHINE, entries(machine, (out, part) -> part.accept(out, set)));
    sections.put(Section.NAMES, entries(named, DeclarationCodec::write));
    sections.put(Section.STRINGS, strings());
    return joined(sections);
  }

  private byte[] tree() {
    List<Integer> ints = CompiledTree.write(InstructionDecoder.tree(set.instructions()));
    ByteBuffer bytes = ByteBuffer.allocate(ints.size() * Integer.BYTES);
    ints.forEach(bytes::putInt);
    return bytes.array();
  }

  private <T> byte[] entries(List<T> all, BiConsumer<Output, T> write) {
    List<byte[]> entries = new ArrayList<>();
    for (T one : all) {
      Output out = new Output(strings);
      write.accept(out, one);
      entries.add(out.bytes());
    }
    return directory(entries);
  }

  /** Writes the number of entries, the place of each in the section, and then the entries. */
  private static byte[] directory(List<byte[]> entries) {
    int head = (1 + entries.size()) * Integer.BYTES;
    int size = head + entries.stream().mapToInt(entry -> entry.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).putInt(entries.size());
    int at = head;
    for (byte[] entry : entries) {
      bytes.putInt(at);
      at += entry.length;
    }
    entries.forEach(bytes::put);
    return bytes.array();
  }

  /** Writes all texts, each as a short length and its bytes in UTF-8. */
  private byte[] strings() {
    List<byte[]> entries = new ArrayList<>();
    for (String text : strings.all()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      entries.add(
          ByteBuffer.allocate(Short.BYTES + utf8.length)
              .putShort((short) utf8.length)
              .put(utf8)
              .array());
    }
    return directory(entries);
  }

  private static byte[] joined(Map<Section, byte[]> sections) {
    int head = CompiledSpec.MAGIC.length + sections.size() * Integer.BYTES;
    int size = head + sections.values().stream().mapToInt(section -> section.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size).put(CompiledSpec.MAGIC);
    int at = head;
    for (byte[] section : sections.values()) {
      bytes.putInt(at);
      at += section.length;
    }
    sections.values().forEach(bytes::put);
    return bytes.array();
  }

  private void write(Output out, Instruction one) {
    out.text(one.name());
    out.number(forms.get(one.form()));
    out.number(one.splits().size());
    one.splits()
        .forEach(
            (field, value) -> {
              out.text(field);
              out.number(value);
            });
    out.list(
        one.cubes(),
        (to, cube) -> {
          to.number(cube.mask() & 0xffff_ffffL);
          to.number(cube.value() & 0xffff_ffffL);
        });
    write(out, one.body());
  }

  private void write(Output out, List<Effect> body) {
    EffectCodec.write(out, body, function -> functions.get(function.name()));
  }

  private void write(Output out, SharedFunction function) {
    out.text(function.name());
    NodeCodec.Writer nodes = new NodeCodec.Writer(out);
    out.list(function.parameters(), (to, local) -> nodes.local(local));
    out.optional(function.shortcut(), SpecCompiler::write);
    out.optional(function.result(), (to, result) -> nodes.write(result));
    write(out, function.body());
  }

  private static void write(Output out, Shortcut shortcut) {
    out.text(shortcut.name());
    out.list(
        shortcut.registers(),
        (to, register) -> {
          to.number(register.width());
          to.text(register.name());
        });
  }

  private static void write(Output out, Register register) {
    out.text(register.name());
    out.number(register.count());
    out.number(register.width());
    out.number(register.reset());
    out.optional(register.trace(), Output::text);
    out.optional(register.letter(), Output::text);
    out.text(register.snapshot());
  }

  private static void write(Output out, HostFunction host) {
    out.text(host.name());
    out.list(host.parameters(), Output::text);
    out.number(host.width());
  }
}
