package dev.axon64.codegen.emit.isa.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.Origin;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.isa.KernelPlan.Kernel;
import dev.axon64.codegen.emit.isa.clike.CLikeBody;
import dev.axon64.codegen.emit.isa.clike.CLikeExpression;
import dev.axon64.codegen.isa.ir.Node;
import dev.axon64.codegen.isa.ir.SharedFunction;
import dev.axon64.codegen.isa.ir.Shortcut;
import dev.axon64.codegen.isa.model.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * The shape that all Java kernels have: classes of static methods, one per instruction, called by
 * number.
 *
 * @param packageName of all classes
 * @param parameters of an instruction's method, which returns the next address
 * @param origin what they are made from
 */
public record KernelShape(String packageName, List<ParameterSpec> parameters, Origin origin) {
  /** The most cases in one switch, so that its method stays small enough to be compiled. */
  private static final int MOST_CASES = 256;

  /** Returns a class as a file. */
  public SourceFile file(TypeSpec type) {
    JavaFile file =
        JavaFile.builder(packageName, type)
            .addFileComment(
                "Generated; do not edit. Made from $L", String.join("; ", origin.lines()))
            .skipJavaLangImports(true)
            .build();
    return new SourceFile(
        packageName.replace('.', '/') + "/" + type.name() + ".java", file.toString());
  }

  /** Begins a class of static methods. */
  public static TypeSpec.Builder utility(String name, String javadoc) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .addJavadoc(javadoc)
        .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
  }

  /** Begins a static method. */
  public static MethodSpec.Builder method(String name, TypeName result, Modifier... modifiers) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(modifiers)
        .addModifiers(Modifier.STATIC)
        .returns(result);
  }

  /** Begins an instruction's method. */
  public MethodSpec.Builder step(String name, Modifier... modifiers) {
    return method(name, TypeName.LONG, modifiers).addParameters(parameters);
  }

  /** Adds a method that calls an instruction by its number, through switches of bounded size. */
  public void execute(TypeSpec.Builder type, List<Instruction> instructions, CodeBlock javadoc) {
    MethodSpec.Builder execute = numbered("execute", Modifier.PUBLIC).addJavadoc(javadoc);
    int parts = (instructions.size() + MOST_CASES - 1) / MOST_CASES;
    if (parts <= 1) {
      type.addMethod(execute.addCode(cases(instructions, 0)).build());
      return;
    }
    execute.beginControlFlow(
        "switch (instruction >> $L)", Integer.numberOfTrailingZeros(MOST_CASES));
    for (int part = 0; part < parts; part++) {
      execute.addCode("case $L:\n", part);
      execute.addStatement("$>return execute$L(instruction, $L)$<", part, names());
      List<Instruction> some =
          instructions.subList(
              part * MOST_CASES, Math.min(instructions.size(), (part + 1) * MOST_CASES));
      type.addMethod(
          numbered("execute" + part, Modifier.PRIVATE)
              .addCode(cases(some, part * MOST_CASES))
              .build());
    }
    execute.addCode("default:\n").addStatement("$>return Kernels.refuse(instruction, w)$<");
    type.addMethod(execute.endControlFlow().build());
  }

  private MethodSpec.Builder numbered(String name, Modifier access) {
    return method(name, TypeName.LONG, access)
        .addParameter(TypeName.INT, "instruction")
        .addParameters(parameters);
  }

  private String names() {
    return parameters.stream().map(ParameterSpec::name).collect(Collectors.joining(", "));
  }

  private CodeBlock cases(List<Instruction> instructions, int first) {
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (instruction)");
    for (int i = 0; i < instructions.size(); i++) {
      code.add("case $L:\n", first + i);
      code.addStatement("$>return $L($L)$<", instructions.get(i).name(), names());
    }
    code.add("default:\n").addStatement("$>return Kernels.refuse(instruction, w)$<");
    return code.endControlFlow().build();
  }

  /** Returns a method that calls a kernel by its number, which is the network's answer. */
  public MethodSpec executeByKernel(KernelPlan plan, String suffix) {
    MethodSpec.Builder execute =
        method("execute", TypeName.LONG, Modifier.PUBLIC)
            .addJavadoc("Lets a kernel execute an instruction that it has decoded.\n")
            .addParameter(TypeName.INT, "kernel")
            .addParameter(TypeName.INT, "instruction")
            .addParameters(parameters)
            .beginControlFlow("switch (kernel)");
    List<Kernel> kernels = plan.kernels();
    for (int i = 0; i < kernels.size(); i++) {
      ClassName kernel = ClassName.get(packageName, kernels.get(i).camelCase() + suffix);
      execute
          .addCode("case $L:\n", i)
          .addStatement("$>return $T.execute(instruction, $L)$<", kernel, names());
    }
    execute
        .addCode("default:\n")
        .addStatement("$>return Kernels.refuse($L, w)$<", KernelPlan.MISDISPATCH);
    return execute.endControlFlow().build();
  }

  /**
   * The functions that several kernels call, for one kind of machine.
   *
   * @param shared legal
   * @param first the parameters that say which machine
   */
  public static TypeSpec shared(
      ClassName name, List<SharedFunction> shared, JavaDialect dialect, List<ParameterSpec> first) {
    TypeSpec.Builder type = utility(name.simpleName(), "Functions that several kernels call.\n");
    JavaTypes types = new JavaTypes(name);
    for (SharedFunction function : shared) {
      List<ParameterSpec> parameters = new ArrayList<>(first);
      for (Node.Local local : function.parameters()) {
        parameters.add(
            ParameterSpec.builder(type(local.width()), CLikeExpression.name(local)).build());
      }
      TypeName result = function.result().map(node -> type(node.width())).orElse(TypeName.VOID);
      String full = function.name() + (function.shortcut().isPresent() ? "_in_full" : "");
      SourceWriter body = new SourceWriter();
      CLikeBody.function(body, dialect, function);
      type.addMethod(
          method(full, result)
              .addParameters(parameters)
              .addCode(types.code(body.toString()))
              .build());
      if (function.shortcut().isPresent()) {
        String text = shortcut(function, function.shortcut().get(), dialect, full);
        type.addMethod(
            method(function.name(), result)
                .addParameters(parameters)
                .addCode(types.code(text))
                .build());
      }
    }
    return type.build();
  }

  /** Asks the shortcut first, and does what the spec says where it declines. */
  private static String shortcut(
      SharedFunction function, Shortcut shortcut, JavaDialect dialect, String full) {
    int width = function.result().orElseThrow().width();
    String arguments =
        function.parameters().stream()
            .map(local -> ", " + CLikeExpression.name(local))
            .collect(Collectors.joining());
    String registers =
        shortcut.registers().stream().map(dialect::state).collect(Collectors.joining(", "));
    SourceWriter out = new SourceWriter();
    out.line(
        "%s quick = $shortcuts:T.%s(%s%s);",
        dialect.type(width), shortcut.name(), registers, arguments);
    out.line(
        "return quick != $shortcuts:T.DECLINED_%d ? quick : %s(%s%s);",
        width, full, dialect.machine(), arguments);
    return out.toString();
  }

  private static TypeName type(int width) {
    return switch (width) {
      case 1 -> TypeName.BOOLEAN;
      case Integer.SIZE -> TypeName.INT;
      default -> TypeName.LONG;
    };
  }
}
