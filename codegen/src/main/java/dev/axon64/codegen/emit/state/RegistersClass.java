package dev.axon64.codegen.emit.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.java.JavaDialect;
import dev.axon64.codegen.emit.state.StateLayout.Place;
import dev.axon64.codegen.isa.model.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import javax.lang.model.element.Modifier;

/** Generates {@code Registers}, the registers of one guest. */
final class RegistersClass {
  private static final ClassName REGISTER = ClassName.get("dev.axon64.machine.state", "Register");

  private final StateLayout layout;

  RegistersClass(StateLayout layout) {
    this.layout = layout;
  }

  /** {@code public abstract class Registers}. */
  SourceFile source() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(StateMembers.REGISTERS)
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
            .addJavadoc(
                "The registers of one hardware thread, as the instruction spec declares them."
                    + " Everything is\npublic and plain because generated code works on it. A"
                    + " register of up to 64 bits is a {@code\nlong}, zero above its width.\n");
    type.addField(
        StateMembers.constant(
            "ZERO", StateLayout.ZERO, "Where the zero register stands in {@link #x}."));
    type.addField(
        StateMembers.constant(
            "SP", StateLayout.STACK, "Where the stack pointer stands in {@link #x}."));
    type.addField(all()).addField(slots());
    type.addField(
        StateMembers.array(
            "x", CodeBlock.of("$L", StateLayout.GENERAL), "X0 to X30, then zero, then SP."));
    type.addField(
        StateMembers.array(
            "v",
            CodeBlock.of("$L", StateLayout.VECTOR),
            "V register i: its low half at 2i, its high half at 2i + 1."));
    type.addField(FieldSpec.builder(long.class, "pc", Modifier.PUBLIC).build());
    for (Register register : layout.named()) {
      type.addField(
          StateMembers.number(
              register, register.width() + (register.width() == 1 ? " bit." : " bits.")));
    }
    type.addMethod(assign())
        .addMethod(reset())
        .addMethod(confine())
        .addMethod(get())
        .addMethod(set());
    return StateMembers.file(StateMembers.REGISTERS, type.build());
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

  /**
   * The initializer is no constant expression, so classes that use it see another spec's number.
   */
  private static FieldSpec slots() {
    return FieldSpec.builder(int.class, "SLOTS", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("The number of 64-bit slots that hold all registers.\n")
        .initializer("ALL.getLast().first() + ALL.getLast().slots()")
        .build();
  }

  private MethodSpec assign() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("assign")
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc("Copies all registers of another guest.\n")
            .addParameter(StateMembers.REGISTERS, "other")
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
            .addJavadoc("Sets all registers to their values at reset.\n");
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

  private MethodSpec confine() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("confine")
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(
                "Clears what no register can hold: the zero register, and bits above a width."
                    + " Generated code relies on it.\n")
            .addStatement("x[ZERO] = 0L");
    for (Register register : layout.named()) {
      if (register.width() < Long.SIZE) {
        method.addStatement(
            "$L &= $L",
            JavaDialect.field(register.name()),
            JavaDialect.SCALAR.literal(Long.SIZE, (1L << register.width()) - 1));
      }
    }
    return method.build();
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
        .addJavadoc(
            "Returns the value of a slot; {@link #ALL} says which slots each register has.\n")
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
        .addJavadoc("Sets a slot.\n\n@param value zero above the register's width; not checked\n")
        .addParameter(int.class, "slot")
        .addParameter(long.class, "value")
        .addCode(code.build())
        .build();
  }

  /** Branches to the array that holds a slot, if one does. */
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

  /** The registers that are fields of their own. */
  private List<Place> single() {
    return layout.places().stream()
        .filter(p -> p.register().isNamed() || p.register().name().equals(Register.PC))
        .toList();
  }
}
