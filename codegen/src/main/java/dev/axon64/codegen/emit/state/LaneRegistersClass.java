package dev.axon64.codegen.emit.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.java.JavaDialect;
import dev.axon64.codegen.emit.isa.java.JavaTypes;
import dev.axon64.codegen.isa.model.Register;
import javax.lang.model.element.Modifier;

/** Generates {@code LaneRegisters}, the registers of a group of guests. */
final class LaneRegistersClass {
  private static final ClassName LANES = ClassName.get("dev.axon64.machine.lane", "LaneRegisters");

  private final StateLayout layout;

  LaneRegistersClass(StateLayout layout) {
    this.layout = layout;
  }

  /** {@code public abstract class LaneRegisters}. */
  SourceFile source() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(LANES)
            .addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
            .addJavadoc(
                "The registers of a group of guests: one row of lanes per register, so that one"
                    + " vector operation\nserves several guests. A register of 1 bit has one bit per"
                    + " lane.\n");
    type.addField(
        StateMembers.array(
            "x",
            rows(StateLayout.GENERAL + 1),
            "Rows 0 to 30, row 31 of zeroes, SP, and a row for writes to the zero register."));
    type.addField(
        StateMembers.array(
            "v",
            rows(StateLayout.VECTOR),
            "Row 2r is the lower half of V register r, row 2r + 1 its upper half."));
    type.addField(
        StateMembers.array("pc", rows(1), "The address of each lane, used while they differ."));
    for (Register register : layout.named()) {
      type.addField(
          register.width() == 1
              ? StateMembers.number(register, "One bit per lane.")
              : StateMembers.array(
                  JavaDialect.field(register.name()), rows(1), register.width() + " bits each."));
    }
    type.addMethod(load()).addMethod(store());
    return StateMembers.file(LANES, type.build());
  }

  private static CodeBlock rows(int rows) {
    CodeBlock row = CodeBlock.of("$T.LANES", JavaTypes.LANES);
    return rows == 1 ? row : CodeBlock.of("$L * $L", rows, row);
  }

  private MethodSpec load() {
    MethodSpec.Builder method =
        copy("load", "Copies a guest's registers into a lane.\n", "from")
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
        copy("store", "Copies a lane's registers back to a guest.\n", "to")
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
        .addParameter(StateMembers.REGISTERS, parameter);
  }
}
