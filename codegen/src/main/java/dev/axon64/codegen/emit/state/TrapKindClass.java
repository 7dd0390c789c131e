package dev.axon64.codegen.emit.state;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.isa.model.Trap;
import java.io.Serializable;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/** Generates {@code TrapKind}, what stops a guest. */
final class TrapKindClass {
  private static final ClassName TRAPS = ClassName.get("dev.axon64.machine.state", "TrapKind");

  private TrapKindClass() {}

  /** {@code public record TrapKind(String name)}. */
  static SourceFile source(InstructionSet set) {
    TypeSpec.Builder type =
        TypeSpec.recordBuilder(TRAPS)
            .addModifiers(Modifier.PUBLIC)
            .addSuperinterface(Serializable.class)
            .addJavadoc(
                "What stops a guest. An instruction that is added to a built machine may have a kind"
                    + " of its own,\nbeside those that are constants here.\n\n"
                    + "@param name its name in the spec\n")
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
    return StateMembers.file(TRAPS, type.build());
  }

  private static FieldSpec kind(String name) {
    return FieldSpec.builder(
            TRAPS, name.toUpperCase(Locale.ROOT), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .initializer("new $T($S)", TRAPS, name)
        .build();
  }
}
