package dev.axon64.codegen.emit.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.java.JavaDialect;
import dev.axon64.codegen.isa.model.Register;
import javax.lang.model.element.Modifier;

/** Parts that the classes of the machine's state have in common. */
final class StateMembers {
  static final ClassName REGISTERS = ClassName.get("dev.axon64.machine.state", "Registers");

  private StateMembers() {}

  /** A source file that holds one type. */
  static SourceFile file(ClassName name, TypeSpec type) {
    JavaFile file =
        JavaFile.builder(name.packageName(), type)
            .addFileComment("Generated from the instruction spec; do not edit.")
            .skipJavaLangImports(true)
            .build();
    String path = name.packageName().replace('.', '/') + "/" + name.simpleName() + ".java";
    return new SourceFile(path, file.toString());
  }

  /** {@code public static final int ZERO = 31;}. */
  static FieldSpec constant(String name, int value, String javadoc) {
    return FieldSpec.builder(int.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc(javadoc + "\n")
        .initializer("$L", value)
        .build();
  }

  /** {@code public final long[] x = new long[33];}. */
  static FieldSpec array(String name, CodeBlock length, String javadoc) {
    return FieldSpec.builder(long[].class, name, Modifier.PUBLIC, Modifier.FINAL)
        .addJavadoc(javadoc + "\n")
        .initializer("new long[$L]", length)
        .build();
  }

  /** {@code public long fn;}. */
  static FieldSpec number(Register register, String javadoc) {
    return FieldSpec.builder(long.class, JavaDialect.field(register.name()), Modifier.PUBLIC)
        .addJavadoc(javadoc + "\n")
        .build();
  }
}
