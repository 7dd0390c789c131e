package dev.axon64.codegen.emit.isa.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.Origin;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.isa.KernelPlan.Kernel;
import dev.axon64.codegen.emit.isa.clike.CLikeBody;
import dev.axon64.codegen.isa.decode.DecodeTree;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.support.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** The classes of the scalar kernels. */
final class ScalarClasses {
  /** The most levels of a decoding tree in one method. */
  private static final int MOST_LEVELS = 3;

  /**
   * The most cases in one method. Each has some ten bytecodes, and the JVM compiles methods of up
   * to 8,000.
   */
  private static final int MOST_CASES = 500;

  private static final ParameterSpec STATE = ParameterSpec.builder(JavaTypes.STATE, "s").build();

  private final KernelShape classes;
  private final ClassName functions;
  private final JavaTypes types;
  private final List<MethodSpec.Builder> pending = new ArrayList<>();
  private int subtrees;

  /**
   * @param packageName of all generated classes
   * @param origin what they are made from
   */
  ScalarClasses(String packageName, Origin origin) {
    this.classes =
        new KernelShape(
            packageName,
            List.of(
                STATE,
                ParameterSpec.builder(TypeName.INT, "w").build(),
                ParameterSpec.builder(TypeName.LONG, "pc").build()),
            origin);
    this.functions = ClassName.get(packageName, "SharedFunctions");
    this.types = new JavaTypes(functions);
  }

  /** Returns all kernels, in a fixed order. */
  List<SourceFile> kernels(KernelPlan plan) {
    List<SourceFile> files = new ArrayList<>();
    plan.kernels().forEach(kernel -> files.add(classes.file(kernelClass(kernel))));
    files.add(
        classes.file(
            KernelShape.shared(
                functions, plan.set().shared(), JavaDialect.SCALAR, List.of(STATE))));
    files.add(classes.file(kernelsClass(plan)));
    return files;
  }

  /**
   * Returns what differs in another model's kernels. They execute the same instructions by the same
   * methods, but a kernel that owns more words has its own decoder.
   *
   * @param model of the same instruction spec as {@code base}, with some of its kernels
   * @throws InputException if its kernels are not the first of the base's
   */
  List<SourceFile> variant(KernelPlan base, KernelPlan model) {
    int count = model.kernels().size();
    if (count > base.kernels().size() || !names(model).equals(names(base).subList(0, count))) {
      throw new InputException(
          "model " + model.model(),
          "has the kernels %s, which must be the first of %s".formatted(names(model), names(base)));
    }
    String prefix = camelCase(model.model());
    List<SourceFile> files = new ArrayList<>();
    List<ClassName> decoders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kernel kernel = model.kernels().get(i);
      String name = kernel.camelCase() + "Kernel";
      if (!kernel.decoder().equals(base.kernels().get(i).decoder())) {
        name = prefix + name;
        files.add(classes.file(variantClass(name, kernel, model.model())));
      }
      decoders.add(ClassName.get(classes.packageName(), name));
    }
    files.add(
        classes.file(
            KernelShape.utility(
                    prefix + "Kernels",
                    "What the kernels of the model %s say of words; {@link Kernels} executes them.\n"
                        .formatted(model.model()))
                .addField(kernelNames(model))
                .addMethod(decodeByKernel(decoders))
                .build()));
    return files;
  }

  private static List<String> names(KernelPlan plan) {
    return plan.kernels().stream().map(Kernel::name).toList();
  }

  private static String camelCase(String model) {
    return Character.toUpperCase(model.charAt(0)) + model.substring(1);
  }

  private TypeSpec variantClass(String name, Kernel kernel, String model) {
    TypeSpec.Builder type =
        KernelShape.utility(
            name,
            "The decoder of the %s kernel as the model %s has it.\n"
                .formatted(kernel.name(), model));
    decoder(type, kernel);
    return type.build();
  }

  private void decoder(TypeSpec.Builder type, Kernel kernel) {
    subtrees = 0;
    decode("decode", kernel.decoder(), Modifier.PUBLIC)
        .addJavadoc(
            "Finds a word's instruction.\n\n"
                + "@return its number here, $L if the word is unallocated, $L if it is not this"
                + " kernel's, $L if it is an instruction of a kernel that the model does not"
                + " have\n",
            KernelPlan.UNDEFINED,
            KernelPlan.MISDISPATCH,
            KernelPlan.DISABLED);
    pending.forEach(method -> type.addMethod(method.build()));
    pending.clear();
  }

  private TypeSpec kernelClass(Kernel kernel) {
    TypeSpec.Builder type =
        KernelShape.utility(
            kernel.camelCase() + "Kernel",
            "The "
                + kernel.name()
                + " kernel: "
                + kernel.instructions().size()
                + " instructions.\n");
    decoder(type, kernel);
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
          classes.step(instruction.name(), Modifier.PRIVATE).addCode(body(instruction)).build());
    }
    return type.build();
  }

  private CodeBlock body(Instruction instruction) {
    SourceWriter body = new SourceWriter();
    CLikeBody.instruction(body, JavaDialect.SCALAR, instruction.body());
    return types.code(body.toString());
  }

  /** Returns a method that walks a tree; subtrees below a few levels become separate methods. */
  private MethodSpec.Builder decode(String name, DecodeTree tree, Modifier access) {
    MethodSpec.Builder method =
        KernelShape.method(name, TypeName.INT, access).addParameter(TypeName.INT, "w");
    pending.add(method);
    int levels = MOST_LEVELS;
    while (levels > 1 && cases(tree, levels) > MOST_CASES) {
      levels--;
    }
    method.addCode(tree(tree, levels));
    return method;
  }

  /** The number of cases in the levels of a tree. */
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
    List<ClassName> decoders =
        plan.kernels().stream()
            .map(kernel -> ClassName.get(classes.packageName(), kernel.camelCase() + "Kernel"))
            .toList();
    return KernelShape.utility(
            "Kernels", "The kernels by their number, which is the network's answer.\n")
        .addField(kernelNames(plan))
        .addMethod(decodeByKernel(decoders))
        .addMethod(classes.executeByKernel(plan, "Kernel"))
        .addMethod(refuse())
        .build();
  }

  private static FieldSpec kernelNames(KernelPlan plan) {
    return FieldSpec.builder(
            ParameterizedTypeName.get(List.class, String.class),
            "NAMES",
            Modifier.PUBLIC,
            Modifier.STATIC,
            Modifier.FINAL)
        .addJavadoc("The kernels' names by their number.\n")
        .initializer(
            "$T.of($L)",
            List.class,
            names(plan).stream()
                .map(name -> CodeBlock.of("$S", name))
                .collect(CodeBlock.joining(", ")))
        .build();
  }

  private static MethodSpec decodeByKernel(List<ClassName> decoders) {
    MethodSpec.Builder decode =
        KernelShape.method("decode", TypeName.INT, Modifier.PUBLIC)
            .addParameter(TypeName.INT, "kernel")
            .addParameter(TypeName.INT, "w")
            .addJavadoc(
                "Asks a kernel what a word is.\n\n"
                    + "@return the instruction's number in that kernel, $L if the word is"
                    + " unallocated, $L if it is not that kernel's, $L if it is an instruction of a"
                    + " kernel that the model does not have\n",
                KernelPlan.UNDEFINED,
                KernelPlan.MISDISPATCH,
                KernelPlan.DISABLED)
            .beginControlFlow("switch (kernel)");
    for (int i = 0; i < decoders.size(); i++) {
      decode.addCode("case $L:\n", i).addStatement("$>return $T.decode(w)$<", decoders.get(i));
    }
    decode.addCode("default:\n").addStatement("$>return $L$<", KernelPlan.MISDISPATCH);
    return decode.endControlFlow().build();
  }

  private static MethodSpec refuse() {
    return KernelShape.method("refuse", TypeName.LONG)
        .addJavadoc("Traps: there is no such instruction in the kernel.\n")
        .addParameter(TypeName.INT, "instruction")
        .addParameter(TypeName.INT, "w")
        .addStatement(
            "throw new $1T(instruction == $3L ? $2T.UNDEFINED : instruction == $4L ? $2T.DISABLED :"
                + " $2T.MISDISPATCH, w & 0xffffffffL)",
            JavaTypes.TRAP,
            JavaTypes.TRAP_KIND,
            KernelPlan.UNDEFINED,
            KernelPlan.DISABLED)
        .build();
  }
}
