package dev.axon64.codegen.isa.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.Instruction;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.emit.KernelPlan.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Emits the scalar kernels in Java: a class a kernel with a decoder and a method an instruction, a
 * class of the shared functions, and {@code Kernels}, which calls a kernel by its number.
 */
public final class ScalarJavaBackend {
  /** Depth of a decoding tree in one method. */
  private static final int MOST_LEVELS = 3;

  /** Cases in one method: some ten bytecodes each, and the JVM compiles up to 8,000. */
  private static final int MOST_CASES = 500;

  private static final ParameterSpec STATE =
      ParameterSpec.builder(ClassName.get("dev.axon64.runtime.cpu", "CpuState"), "s").build();

  private final KernelClasses classes;
  private final ClassName functions;
  private final List<MethodSpec.Builder> pending = new ArrayList<>();
  private int subtrees;

  /**
   * @param packageName of all generated classes
   */
  public ScalarJavaBackend(String packageName) {
    this.classes =
        new KernelClasses(
            packageName,
            List.of(
                STATE,
                ParameterSpec.builder(TypeName.INT, "w").build(),
                ParameterSpec.builder(TypeName.LONG, "pc").build()));
    this.functions = ClassName.get(packageName, "SharedFunctions");
  }

  /** The files, in a fixed order. */
  public List<SourceFile> generate(KernelPlan plan) {
    List<SourceFile> files = new ArrayList<>();
    plan.kernels().forEach(kernel -> files.add(classes.file(kernelClass(kernel))));
    files.add(
        classes.file(
            classes.shared(functions, plan.set().shared(), JavaMachine.SCALAR, List.of(STATE))));
    files.add(classes.file(kernelsClass(plan)));
    return files;
  }

  private TypeSpec kernelClass(Kernel kernel) {
    TypeSpec.Builder type =
        KernelClasses.utility(
            kernel.camelCase() + "Kernel",
            "The "
                + kernel.name()
                + " kernel: "
                + kernel.instructions().size()
                + " instructions.\n");
    subtrees = 0;
    decode("decode", kernel.decoder(), Modifier.PUBLIC)
        .addJavadoc(
            "Finds a word's instruction.\n\n"
                + "@return its number here, $L if the word is unallocated, $L if it is not this"
                + " kernel's\n",
            KernelPlan.UNDEFINED,
            KernelPlan.MISDISPATCH);
    pending.forEach(method -> type.addMethod(method.build()));
    pending.clear();
    classes.execute(
        type,
        kernel.instructions(),
        CodeBlock.of(
            "Executes an instruction.\n\n"
                + "@param instruction what {@link #decode} found for the word\n"
                + "@param s the state it works on; unchanged but for memory if it throws\n"
                + "@param w the word\n"
                + "@param pc its address\n"
                + "@return the next instruction's address\n"));
    for (Instruction instruction : kernel.instructions()) {
      type.addMethod(
          classes
              .step(instruction.name(), Modifier.PRIVATE)
              .addCode(new JavaBody(JavaMachine.SCALAR, functions).instruction(instruction.body()))
              .build());
    }
    return type.build();
  }

  /** A method that walks the tree; subtrees below a few levels become methods of their own. */
  private MethodSpec.Builder decode(String name, DecodeTree tree, Modifier access) {
    MethodSpec.Builder method =
        KernelClasses.method(name, TypeName.INT, access).addParameter(TypeName.INT, "w");
    pending.add(method);
    int levels = MOST_LEVELS;
    while (levels > 1 && cases(tree, levels) > MOST_CASES) {
      levels--;
    }
    method.addCode(tree(tree, levels));
    return method;
  }

  /** How many cases the levels of a tree have in all. */
  private static int cases(DecodeTree tree, int levels) {
    if (levels == 0 || !(tree instanceof DecodeTree.Switch s)) {
      return 1;
    }
    return cases(s.otherwise(), levels - 1)
        + s.branches().values().stream().mapToInt(branch -> cases(branch, levels - 1)).sum();
  }

  private CodeBlock tree(DecodeTree tree, int levels) {
    if (tree instanceof DecodeTree.Leaf leaf) {
      return CodeBlock.builder().addStatement("return $L", leaf.answer()).build();
    }
    if (levels == 0) {
      String name = "decode" + subtrees++;
      decode(name, tree, Modifier.PRIVATE);
      return CodeBlock.builder().addStatement("return $L(w)", name).build();
    }
    DecodeTree.Switch s = (DecodeTree.Switch) tree;
    CodeBlock.Builder code = CodeBlock.builder();
    code.beginControlFlow("switch (w >>> $L & $L)", s.low(), (1 << s.width()) - 1);
    for (Map.Entry<Integer, DecodeTree> branch : s.branches().entrySet()) {
      code.add("case $L:\n", branch.getKey())
          .indent()
          .add(tree(branch.getValue(), levels - 1))
          .unindent();
    }
    code.add("default:\n").indent().add(tree(s.otherwise(), levels - 1)).unindent();
    return code.endControlFlow().build();
  }

  private TypeSpec kernelsClass(KernelPlan plan) {
    MethodSpec.Builder decode =
        KernelClasses.method("decode", TypeName.INT, Modifier.PUBLIC)
            .addParameter(TypeName.INT, "kernel")
            .addParameter(TypeName.INT, "w")
            .addJavadoc(
                "Asks a kernel what a word is.\n\n"
                    + "@return the instruction's number in that kernel, $L if the word is"
                    + " unallocated, $L if it is not that kernel's\n",
                KernelPlan.UNDEFINED,
                KernelPlan.MISDISPATCH)
            .beginControlFlow("switch (kernel)");
    for (int i = 0; i < plan.kernels().size(); i++) {
      ClassName kernel =
          ClassName.get(classes.packageName(), plan.kernels().get(i).camelCase() + "Kernel");
      decode.addCode("case $L:\n", i).addStatement("$>return $T.decode(w)$<", kernel);
    }
    decode.addCode("default:\n").addStatement("$>return $L$<", KernelPlan.MISDISPATCH);
    return KernelClasses.utility(
            "Kernels", "The kernels by their number, which is the network's answer.\n")
        .addMethod(decode.endControlFlow().build())
        .addMethod(classes.executeByKernel(plan, "Kernel"))
        .addMethod(refuse())
        .build();
  }

  private static MethodSpec refuse() {
    return KernelClasses.method("refuse", TypeName.LONG)
        .addJavadoc("Traps: there is no such instruction.\n")
        .addParameter(TypeName.INT, "instruction")
        .addParameter(TypeName.INT, "w")
        .addStatement(
            "throw new $T(instruction == $L ? $S : $S, w & 0xffffffffL)",
            KernelClasses.TRAP,
            KernelPlan.UNDEFINED,
            "undefined",
            "misdispatch")
        .build();
  }
}
