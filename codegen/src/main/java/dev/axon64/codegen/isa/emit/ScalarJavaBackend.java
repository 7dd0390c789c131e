package dev.axon64.codegen.isa.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.Instruction;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.emit.KernelPlan.Kernel;
import dev.axon64.codegen.isa.ir.SharedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Emits the scalar kernels in Java: a class a kernel with a decoder and a method an instruction, a
 * class of the shared functions, and {@code Kernels}, which calls a kernel by its number.
 */
public final class ScalarJavaBackend {
  /** Cases in one switch, so that the method stays small enough to be compiled. */
  private static final int MOST_CASES = 256;

  /** Depth of a decoding tree in one method. */
  private static final int MOST_LEVELS = 3;

  private static final ClassName STATE = ClassName.get("dev.axon64.runtime.cpu", "CpuState");
  private static final ClassName TRAP = ClassName.get("dev.axon64.runtime.cpu", "GuestTrap");

  private final String packageName;
  private final ClassName functions;
  private int subtrees;

  /**
   * @param packageName of all generated classes
   */
  public ScalarJavaBackend(String packageName) {
    this.packageName = packageName;
    this.functions = ClassName.get(packageName, "SharedFunctions");
  }

  /** The files, in a fixed order. */
  public List<SourceFile> generate(KernelPlan plan) {
    List<SourceFile> files = new ArrayList<>();
    plan.kernels().forEach(kernel -> files.add(file(kernelClass(kernel))));
    files.add(file(sharedClass(plan.set().shared())));
    files.add(file(kernelsClass(plan)));
    return files;
  }

  private SourceFile file(TypeSpec type) {
    JavaFile file =
        JavaFile.builder(packageName, type)
            .addFileComment("Generated from the instruction spec; do not edit.")
            .skipJavaLangImports(true)
            .build();
    return new SourceFile(
        packageName.replace('.', '/') + "/" + type.name() + ".java", file.toString());
  }

  private static TypeSpec.Builder utility(String name, String javadoc) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
        .addJavadoc(javadoc)
        .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
  }

  private static MethodSpec.Builder method(String name, TypeName result, Modifier... modifiers) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(modifiers)
        .addModifiers(Modifier.STATIC)
        .returns(result);
  }

  private TypeSpec kernelClass(Kernel kernel) {
    TypeSpec.Builder type =
        utility(
            kernel.camelCase() + "Kernel",
            "The "
                + kernel.name()
                + " kernel: "
                + kernel.instructions().size()
                + " instructions.\n");
    subtrees = 0;
    decode(type, "decode", kernel.decoder(), Modifier.PUBLIC)
        .addJavadoc(
            "Finds a word's instruction.\n\n"
                + "@return its number here, $L if the word is unallocated, $L if it is not this"
                + " kernel's\n",
            KernelPlan.UNDEFINED,
            KernelPlan.MISDISPATCH);
    finish(type);
    execute(type, kernel.instructions());
    for (Instruction instruction : kernel.instructions()) {
      type.addMethod(
          step(instruction.name(), Modifier.PRIVATE)
              .addCode(new JavaBody(functions).instruction(instruction.body()))
              .build());
    }
    return type.build();
  }

  private final List<MethodSpec.Builder> pending = new ArrayList<>();

  private void finish(TypeSpec.Builder type) {
    pending.forEach(method -> type.addMethod(method.build()));
    pending.clear();
  }

  /** A method that walks the tree; subtrees below a few levels become methods of their own. */
  private MethodSpec.Builder decode(
      TypeSpec.Builder type, String name, DecodeTree tree, Modifier access) {
    MethodSpec.Builder method = method(name, TypeName.INT, access).addParameter(TypeName.INT, "w");
    pending.add(method);
    method.addCode(tree(type, tree, MOST_LEVELS));
    return method;
  }

  private CodeBlock tree(TypeSpec.Builder type, DecodeTree tree, int levels) {
    if (tree instanceof DecodeTree.Leaf leaf) {
      return CodeBlock.builder().addStatement("return $L", leaf.answer()).build();
    }
    if (levels == 0) {
      String name = "decode" + subtrees++;
      decode(type, name, tree, Modifier.PRIVATE);
      return CodeBlock.builder().addStatement("return $L(w)", name).build();
    }
    DecodeTree.Switch s = (DecodeTree.Switch) tree;
    CodeBlock.Builder code = CodeBlock.builder();
    code.beginControlFlow("switch (w >>> $L & $L)", s.low(), (1 << s.width()) - 1);
    for (Map.Entry<Integer, DecodeTree> branch : s.branches().entrySet()) {
      code.add("case $L:\n", branch.getKey())
          .indent()
          .add(tree(type, branch.getValue(), levels - 1))
          .unindent();
    }
    code.add("default:\n").indent().add(tree(type, s.otherwise(), levels - 1)).unindent();
    return code.endControlFlow().build();
  }

  private static MethodSpec.Builder step(String name, Modifier... modifiers) {
    return method(name, TypeName.LONG, modifiers)
        .addParameter(STATE, "s")
        .addParameter(TypeName.INT, "w")
        .addParameter(TypeName.LONG, "pc");
  }

  /** Calls an instruction by its number; many are called through switches of bounded size. */
  private void execute(TypeSpec.Builder type, List<Instruction> instructions) {
    MethodSpec.Builder execute =
        numbered("execute", Modifier.PUBLIC)
            .addJavadoc(
                "Executes an instruction.\n\n"
                    + "@param instruction what {@link #decode} found for the word\n"
                    + "@param s the state it works on; unchanged but for memory if it throws\n"
                    + "@param w the word\n"
                    + "@param pc its address\n"
                    + "@return the next instruction's address\n");
    int parts = (instructions.size() + MOST_CASES - 1) / MOST_CASES;
    if (parts <= 1) {
      type.addMethod(execute.addCode(cases(instructions, 0)).build());
      return;
    }
    execute.beginControlFlow(
        "switch (instruction >> $L)", Integer.numberOfTrailingZeros(MOST_CASES));
    for (int part = 0; part < parts; part++) {
      execute.addCode("case $L:\n", part);
      execute.addStatement("$>return execute$L(instruction, s, w, pc)$<", part);
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

  private static MethodSpec.Builder numbered(String name, Modifier access) {
    MethodSpec step = step(name, access).build();
    MethodSpec.Builder method = method(name, TypeName.LONG, access);
    method.addParameter(TypeName.INT, "instruction");
    for (ParameterSpec parameter : step.parameters()) {
      method.addParameter(parameter);
    }
    return method;
  }

  private static CodeBlock cases(List<Instruction> instructions, int first) {
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (instruction)");
    for (int i = 0; i < instructions.size(); i++) {
      code.add("case $L:\n", first + i);
      code.addStatement("$>return $L(s, w, pc)$<", instructions.get(i).name());
    }
    code.add("default:\n").addStatement("$>return Kernels.refuse(instruction, w)$<");
    return code.endControlFlow().build();
  }

  private TypeSpec sharedClass(List<SharedFunction> shared) {
    TypeSpec.Builder type =
        utility(functions.simpleName(), "Functions that several kernels call.\n");
    for (SharedFunction function : shared) {
      MethodSpec.Builder method =
          method(
              function.name(),
              function
                  .result()
                  .map(node -> node.width() == 1 ? TypeName.BOOLEAN : TypeName.LONG)
                  .orElse(TypeName.VOID));
      method.addParameter(STATE, "s");
      function
          .parameters()
          .forEach(
              local ->
                  method.addParameter(
                      local.width() == 1 ? TypeName.BOOLEAN : TypeName.LONG,
                      JavaExpression.name(local)));
      type.addMethod(method.addCode(new JavaBody(functions).function(function)).build());
    }
    return type.build();
  }

  private TypeSpec kernelsClass(KernelPlan plan) {
    TypeSpec.Builder type =
        utility("Kernels", "The kernels by their number, which is the network's answer.\n");
    MethodSpec.Builder decode =
        method("decode", TypeName.INT, Modifier.PUBLIC)
            .addParameter(TypeName.INT, "kernel")
            .addParameter(TypeName.INT, "w")
            .addJavadoc(
                "Asks a kernel what a word is.\n\n"
                    + "@return the instruction's number in that kernel, $L if the word is"
                    + " unallocated, $L if it is not that kernel's\n",
                KernelPlan.UNDEFINED,
                KernelPlan.MISDISPATCH)
            .beginControlFlow("switch (kernel)");
    MethodSpec.Builder execute =
        numberedByKernel()
            .addJavadoc("Lets a kernel execute an instruction that it has decoded.\n")
            .beginControlFlow("switch (kernel)");
    for (int i = 0; i < plan.kernels().size(); i++) {
      ClassName kernel = ClassName.get(packageName, plan.kernels().get(i).camelCase() + "Kernel");
      decode.addCode("case $L:\n", i).addStatement("$>return $T.decode(w)$<", kernel);
      execute
          .addCode("case $L:\n", i)
          .addStatement("$>return $T.execute(instruction, s, w, pc)$<", kernel);
    }
    decode.addCode("default:\n").addStatement("$>return $L$<", KernelPlan.MISDISPATCH);
    execute.addCode("default:\n").addStatement("$>return refuse($L, w)$<", KernelPlan.MISDISPATCH);
    type.addMethod(decode.endControlFlow().build());
    type.addMethod(execute.endControlFlow().build());
    type.addMethod(refuse());
    return type.build();
  }

  private static MethodSpec.Builder numberedByKernel() {
    MethodSpec plain = numbered("execute", Modifier.PUBLIC).build();
    MethodSpec.Builder method = method("execute", TypeName.LONG, Modifier.PUBLIC);
    method.addParameter(TypeName.INT, "kernel");
    plain.parameters().forEach(method::addParameter);
    return method;
  }

  private static MethodSpec refuse() {
    return method("refuse", TypeName.LONG)
        .addJavadoc("Traps: there is no such instruction.\n")
        .addParameter(TypeName.INT, "instruction")
        .addParameter(TypeName.INT, "w")
        .addStatement(
            "throw new $T(instruction == $L ? $S : $S, w & 0xffffffffL)",
            TRAP,
            KernelPlan.UNDEFINED,
            "undefined",
            "misdispatch")
        .build();
  }
}
