package dev.axon64.codegen.emit.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.java.JavaDialect;
import dev.axon64.codegen.emit.isa.java.JavaTypes;
import dev.axon64.codegen.emit.state.StateLayout.Place;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Register;
import dev.axon64.codegen.isa.model.Trap;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import javax.lang.model.element.Modifier;

/**
 * The Java classes of the machine's state: {@code Registers} of one guest, {@code LaneRegisters} of
 * a group of guests, and {@code TrapKind}.
 */
public final class StateClasses {
  private static final ClassName REGISTERS = ClassName.get("dev.axon64.machine.state", "Registers");
  private static final ClassName REGISTER = ClassName.get("dev.axon64.machine.state", "Register");
  private static final ClassName TRAPS = ClassName.get("dev.axon64.machine.state", "TrapKind");
  private static final ClassName LANES = ClassName.get("dev.axon64.machine.lane", "LaneRegisters");

  private final InstructionSet set;
  private final StateLayout layout;

  private StateClasses(InstructionSet set) {
    this.set = set;
    this.layout = StateLayout.of(set);
  }

  /** The sources, in a fixed order. */
  public static List<SourceFile> generate(InstructionSet set) {
    StateClasses classes = new StateClasses(set);
    return List.of(classes.registers(), classes.laneRegisters(), classes.trapKind());
  }

  private static SourceFile file(ClassName name, TypeSpec type) {
    JavaFile file =
        JavaFile.builder(name.packageName(), type)
            .addFileComment("Generated from the instruction spec; do not edit.")
            .skipJavaLangImports(true)
            .build();
    String path = name.packageName().replace('.', '/') + "/" + name.simpleName() + ".java";
    return new SourceFile(path, file.toString());
  }

  private static FieldSpec constant(String name, int value, String javadoc) {
    return FieldSpec.builder(int.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc(javadoc + "\n")
        .initializer("$L", value)
        .build();
  }

  private static FieldSpec array(String name, CodeBlock length, String javadoc) {
    return FieldSpec.builder(long[].class, name, Modifier.PUBLIC, Modifier.FINAL)
        .addJavadoc(javadoc + "\n")
        .initializer("new long[$L]", length)
        .build();
  }

  private static FieldSpec number(Register register, String javadoc) {
    return FieldSpec.builder(long.class, JavaDialect.field(register.name()), Modifier.PUBLIC)
        .addJavadoc(javadoc + "\n")
        .build();
  }

  // One guest.

  private SourceFile registers() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(REGISTERS)
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
            .addJavadoc(
                "The registers of one hardware thread, as the instruction spec declares them."
                    + " Everything is\npublic and plain because generated code works on it. A"
                    + " register of up to 64 bits is a {@code\nlong}, zero above its width.\n");
    type.addField(
        constant("ZERO", StateLayout.ZERO, "Where the zero register stands in {@link #x}."));
    type.addField(
        constant("SP", StateLayout.STACK, "Where the stack pointer stands in {@link #x}."));
    type.addField(all()).addField(slots());
    type.addField(
        array("x", CodeBlock.of("$L", StateLayout.GENERAL), "X0 to X30, then zero, then SP."));
    type.addField(
        array(
            "v",
            CodeBlock.of("$L", StateLayout.VECTOR),
            "V register i: its low half at 2i, its high half at 2i + 1."));
    type.addField(FieldSpec.builder(long.class, "pc", Modifier.PUBLIC).build());
    for (Register register : layout.named()) {
      type.addField(
          number(register, register.width() + (register.width() == 1 ? " bit." : " bits.")));
    }
    type.addMethod(assign()).addMethod(reset()).addMethod(get()).addMethod(set());
    return file(REGISTERS, type.build());
  }

  private FieldSpec all() {
    List<CodeBlock> registers = new ArrayList<>();
    for (Place place : layout.places()) {
      Register r = place.register();
      registers.add(
          CodeBlock.of(
              "\n    new $T($S, $L, $L, $L, $S, $S, $S)",
              REGISTER,
              r.name(),
              place.first(),
              r.count(),
              r.width(),
              r.trace().orElse(""),
              r.letter().orElse(""),
              r.snapshot()));
    }
    return FieldSpec.builder(
            ParameterizedTypeName.get(ClassName.get(List.class), REGISTER),
            "ALL",
            Modifier.PUBLIC,
            Modifier.STATIC,
            Modifier.FINAL)
        .addJavadoc("All registers, in the order of the spec.\n")
        .initializer("$T.of($L)", List.class, CodeBlock.join(registers, ","))
        .build();
  }

  /** Not a compile-time constant: classes that use it would keep the number of another spec. */
  private static FieldSpec slots() {
    return FieldSpec.builder(int.class, "SLOTS", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("Slots of 64 bits that hold all registers.\n")
        .initializer("ALL.getLast().first() + ALL.getLast().slots()")
        .build();
  }

  private MethodSpec assign() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("assign")
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("Takes over all registers.\n")
            .addParameter(REGISTERS, "other")
            .addStatement("System.arraycopy(other.x, 0, x, 0, x.length)")
            .addStatement("System.arraycopy(other.v, 0, v, 0, v.length)")
            .addStatement("pc = other.pc");
    for (Register register : layout.named()) {
      method.addStatement("$1L = other.$1L", JavaDialect.field(register.name()));
    }
    return method.build();
  }

  private MethodSpec reset() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("reset")
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("Gives all registers their values at reset.\n");
    for (Place place : layout.places()) {
      Register register = place.register();
      String value = JavaDialect.SCALAR.literal(Long.SIZE, register.reset());
      switch (register.name()) {
        case Register.GENERAL ->
            method.addStatement("$T.fill(x, 0, ZERO, $L)", Arrays.class, value);
        case Register.STACK -> method.addStatement("x[SP] = $L", value);
        case Register.VECTOR -> method.addStatement("$T.fill(v, $L)", Arrays.class, value);
        default -> method.addStatement("$L = $L", JavaDialect.field(register.name()), value);
      }
    }
    return method.build();
  }

  private int first(String name) {
    return layout.place(name).first();
  }

  private MethodSpec get() {
    CodeBlock.Builder code = CodeBlock.builder();
    arrays(code, (array, index) -> CodeBlock.of("return $L[$L];\n", array, index));
    code.beginControlFlow("return switch (slot)");
    for (Place place : single()) {
      code.addStatement("case $L -> $L", place.first(), JavaDialect.field(place.register().name()));
    }
    code.addStatement("default -> throw new IndexOutOfBoundsException(slot)");
    code.unindent().add("};\n");
    return MethodSpec.methodBuilder("get")
        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .addJavadoc("What a slot holds; {@link #ALL} says which are whose.\n")
        .returns(long.class)
        .addParameter(int.class, "slot")
        .addCode(code.build())
        .build();
  }

  private MethodSpec set() {
    CodeBlock.Builder code = CodeBlock.builder();
    arrays(code, (array, index) -> CodeBlock.of("$L[$L] = value;\nreturn;\n", array, index));
    code.beginControlFlow("switch (slot)");
    for (Place place : single()) {
      code.addStatement(
          "case $L -> $L = value", place.first(), JavaDialect.field(place.register().name()));
    }
    code.addStatement("default -> throw new IndexOutOfBoundsException(slot)");
    code.endControlFlow();
    return MethodSpec.methodBuilder("set")
        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .addJavadoc("Fills a slot.\n\n@param value zero above the register's width; not checked\n")
        .addParameter(int.class, "slot")
        .addParameter(long.class, "value")
        .addCode(code.build())
        .build();
  }

  /** The slots that arrays hold. */
  private void arrays(CodeBlock.Builder code, BiFunction<String, CodeBlock, CodeBlock> use) {
    for (String name : List.of(Register.GENERAL, Register.VECTOR)) {
      Place place = layout.place(name);
      int first = place.first();
      CodeBlock index = first == 0 ? CodeBlock.of("slot") : CodeBlock.of("slot - $L", first);
      code.beginControlFlow("if (slot >= $L && slot < $L)", first, first + place.slots())
          .add(use.apply(JavaDialect.field(name), index))
          .endControlFlow();
    }
    code.beginControlFlow("if (slot == $L)", layout.place(Register.STACK).first())
        .add(use.apply("x", CodeBlock.of("SP")))
        .endControlFlow();
  }

  /** The registers that are fields. */
  private List<Place> single() {
    return layout.places().stream()
        .filter(p -> p.register().isNamed() || p.register().name().equals(Register.PC))
        .toList();
  }

  // A group of guests.

  private SourceFile laneRegisters() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(LANES)
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
            .addJavadoc(
                "The registers of a group of guests: a row of lanes per register, so that one"
                    + " vector operation\nserves several guests; of registers of 1 bit, one bit per"
                    + " lane.\n");
    type.addField(
        array(
            "x",
            rows(StateLayout.GENERAL + 1),
            "Rows 0 to 30, row 31 of zeroes, SP, and a row for writes to the zero register."));
    type.addField(
        array(
            "v",
            rows(StateLayout.VECTOR),
            "Row 2r is the lower half of V register r, row 2r + 1 its upper half."));
    type.addField(array("pc", rows(1), "Addresses, where lanes are not together."));
    for (Register register : layout.named()) {
      type.addField(
          register.width() == 1
              ? number(register, "One bit per lane.")
              : array(
                  JavaDialect.field(register.name()), rows(1), register.width() + " bits each."));
    }
    type.addMethod(load()).addMethod(store());
    return file(LANES, type.build());
  }

  private static CodeBlock rows(int rows) {
    CodeBlock row = CodeBlock.of("$T.LANES", JavaTypes.LANES);
    return rows == 1 ? row : CodeBlock.of("$L * $L", rows, row);
  }

  private MethodSpec load() {
    MethodSpec.Builder method =
        copy("load", "Takes a guest's registers into a lane.\n", "from")
            .beginControlFlow("for (int r = 0; r < from.x.length; r++)")
            .addStatement("x[r * $T.LANES + lane] = from.x[r]", JavaTypes.LANES)
            .endControlFlow()
            .beginControlFlow("for (int r = 0; r < from.v.length; r++)")
            .addStatement("v[r * $T.LANES + lane] = from.v[r]", JavaTypes.LANES)
            .endControlFlow()
            .addStatement("pc[lane] = from.pc")
            .addStatement("long bit = 1L << lane");
    for (Register register : layout.named()) {
      String field = JavaDialect.field(register.name());
      if (register.width() == 1) {
        method.addStatement("$1L = $1L & ~bit | from.$1L << lane", field);
      } else {
        method.addStatement("$1L[lane] = from.$1L", field);
      }
    }
    return method.build();
  }

  private MethodSpec store() {
    MethodSpec.Builder method =
        copy("store", "Gives a lane's registers back.\n", "to")
            .beginControlFlow("for (int r = 0; r < to.x.length; r++)")
            .addStatement("to.x[r] = x[r * $T.LANES + lane]", JavaTypes.LANES)
            .endControlFlow()
            .beginControlFlow("for (int r = 0; r < to.v.length; r++)")
            .addStatement("to.v[r] = v[r * $T.LANES + lane]", JavaTypes.LANES)
            .endControlFlow()
            .addStatement("to.pc = pc[lane]");
    for (Register register : layout.named()) {
      String field = JavaDialect.field(register.name());
      if (register.width() == 1) {
        method.addStatement("to.$1L = $1L >>> lane & 1", field);
      } else {
        method.addStatement("to.$1L = $1L[lane]", field);
      }
    }
    return method.build();
  }

  private static MethodSpec.Builder copy(String name, String javadoc, String parameter) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PROTECTED, Modifier.FINAL)
        .addJavadoc(javadoc)
        .addParameter(int.class, "lane")
        .addParameter(REGISTERS, parameter);
  }

  // Traps.

  private SourceFile trapKind() {
    TypeSpec.Builder type =
        TypeSpec.recordBuilder(TRAPS)
            .addModifiers(Modifier.PUBLIC)
            .addSuperinterface(Serializable.class)
            .addJavadoc(
                "What stops a guest. An instruction that is added to a built machine may have a kind"
                    + " of its own,\nbeside those that are constants here.\n\n"
                    + "@param name as the spec has it\n")
            .recordConstructor(
                MethodSpec.constructorBuilder().addParameter(String.class, "name").build());
    Trap.OWN.forEach(name -> type.addField(kind(name)));
    set.traps().forEach(trap -> type.addField(kind(trap.name())));
    type.addMethod(
        MethodSpec.methodBuilder("toString")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PUBLIC)
            .returns(String.class)
            .addStatement("return name")
            .build());
    return file(TRAPS, type.build());
  }

  private static FieldSpec kind(String name) {
    return FieldSpec.builder(
            TRAPS, name.toUpperCase(Locale.ROOT), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .initializer("new $T($S)", TRAPS, name)
        .build();
  }
}
