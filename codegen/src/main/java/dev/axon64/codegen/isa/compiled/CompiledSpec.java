package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.decode.Cube;
import dev.axon64.codegen.isa.form.Form;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.ir.Shortcut;
import dev.axon64.codegen.isa.model.HostFunction;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.isa.model.Trap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads a compiled spec. Thread-safe. */
public final class CompiledSpec {
  static final byte[] MAGIC = "AXON64IS".getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer bytes;
  private final List<String> strings;
  private final List<Form> forms;
  private final List<SharedFunction> shared;

  private CompiledSpec(ByteBuffer bytes) {
    this.bytes = bytes;
    this.strings = Lazy.elements(count(Section.STRINGS), this::string);
    this.forms = entries(Section.FORMS, FormCodec::read);
    this.shared = entries(Section.SHARED, this::function);
  }

  /**
   * Reads a compiled spec. Instructions, their texts and meanings are read when they are looked at.
   *
   * @param bytes what {@link SpecCompiler} wrote
   */
  public static InstructionSet read(byte[] bytes) {
    return new CompiledSpec(ByteBuffer.wrap(bytes)).set();
  }

  private InstructionSet set() {
    return new InstructionSet(
        () -> entry(Section.MACHINE, 3).text(),
        entries(Section.COPIES, this::instruction),
        shared,
        Lazy.whole(() -> entry(Section.MACHINE, 0).list(CompiledSpec::register)),
        Lazy.whole(() -> entry(Section.MACHINE, 1).list(CompiledSpec::trap)),
        Lazy.whole(() -> entry(Section.MACHINE, 2).list(CompiledSpec::host)),
        new CompiledNames(entries(Section.NAMES, DeclarationCodec::read)),
        new CompiledTree(bytes, begin(Section.TREE)));
  }

  private int begin(Section section) {
    return bytes.getInt(MAGIC.length + section.ordinal() * Integer.BYTES);
  }

  private int count(Section section) {
    return bytes.getInt(begin(section));
  }

  /** The place where an entry begins. */
  private int place(Section section, int index) {
    int begin = begin(section);
    return begin + bytes.getInt(begin + (1 + index) * Integer.BYTES);
  }

  private Input entry(Section section, int index) {
    return new Input(bytes, place(section, index), strings);
  }

  private <T> List<T> entries(Section section, Function<Input, T> read) {
    return Lazy.elements(count(section), index -> read.apply(entry(section, index)));
  }

  private String string(int index) {
    int at = place(Section.STRINGS, index);
    int length = bytes.getShort(at) & 0xffff;
    return new String(bytes.array(), at + Short.BYTES, length, StandardCharsets.UTF_8);
  }

  private Instruction instruction(Input in) {
    String name = in.text();
    Form form = forms.get(in.small());
    int count = in.small();
    Map<String, Integer> splits = LinkedHashMap.newLinkedHashMap(count);
    for (int i = 0; i < count; i++) {
      splits.put(in.text(), in.small());
    }
    List<Cube> cubes = in.list(from -> new Cube(from.small(), from.small()));
    return new Instruction(name, form, splits, cubes, body(in));
  }

  /** Reads the rest of an entry. */
  private List<Effect> body(Input in) {
    Input rest = in.rest();
    return Lazy.whole(() -> EffectCodec.read(rest.rest(), shared::get));
  }

  private SharedFunction function(Input in) {
    String name = in.text();
    NodeCodec.Reader nodes = new NodeCodec.Reader(in);
    List<Node.Local> parameters = in.list(from -> nodes.local());
    Optional<Shortcut> shortcut =
        in.optional(
            from ->
                new Shortcut(
                    from.text(), from.list(each -> new Node.GetState(each.small(), each.text()))));
    Optional<Node> result = in.optional(from -> nodes.read());
    return new SharedFunction(name, parameters, shortcut, body(in), result);
  }

  private static Trap trap(Input in) {
    return new Trap(in.text());
  }

  private static HostFunction host(Input in) {
    return new HostFunction(in.text(), in.list(Input::text), in.small());
  }

  private static Register register(Input in) {
    return new Register(
        in.text(),
        in.small(),
        in.small(),
        in.number(),
        in.optional(Input::text),
        in.optional(Input::text),
        in.text());
  }
}
