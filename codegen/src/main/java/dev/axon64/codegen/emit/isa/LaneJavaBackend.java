package dev.axon64.codegen.emit.isa;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.isa.KernelPlan.Kernel;
import dev.axon64.codegen.isa.Instruction;
import dev.axon64.codegen.isa.ir.Effect;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Emits the lane kernels: each executes one instruction for many guests whose registers lie beside
 * each other. Decoding is the scalar kernels'.
 */
public final class LaneJavaBackend {
  private static final ClassName LANE_STATE = ClassName.get("dev.axon64.machine.lane", "LaneState");
  private static final ClassName FAULT = ClassName.get("dev.axon64.machine.memory", "MemoryFault");
  private static final ParameterSpec STATE = ParameterSpec.builder(LANE_STATE, "s").build();
  private static final ParameterSpec WORD = ParameterSpec.builder(TypeName.INT, "w").build();
  private static final ParameterSpec PC = ParameterSpec.builder(TypeName.LONG, "pc").build();
  private static final ParameterSpec LANE = ParameterSpec.builder(TypeName.INT, "lane").build();

  private final KernelClasses classes;
  private final ClassName functions;

  /**
   * @param packageName of all generated classes
   */
  public LaneJavaBackend(String packageName) {
    this.classes =
        new KernelClasses(
            packageName,
            List.of(STATE, WORD, PC, ParameterSpec.builder(TypeName.LONG, "mask").build()));
    this.functions = ClassName.get(packageName, "LaneFunctions");
  }

  /** The files, in a fixed order. */
  public List<SourceFile> generate(KernelPlan plan) {
    List<SourceFile> files = new ArrayList<>();
    plan.kernels().forEach(kernel -> files.add(classes.file(kernelClass(kernel))));
    files.add(
        classes.file(
            classes.shared(
                functions, plan.set().shared(), JavaMachine.LANE, List.of(STATE, LANE))));
    files.add(
        classes.file(
            KernelClasses.utility("LaneKernels", "The lane kernels by their number.\n")
                .addMethod(classes.executeByKernel(plan, "Lanes"))
                .build()));
    return files;
  }

  private TypeSpec kernelClass(Kernel kernel) {
    List<Instruction> instructions = kernel.instructions();
    boolean vectors = instructions.stream().anyMatch(LaneShape::vectorised);
    TypeSpec.Builder type =
        KernelClasses.utility(
            kernel.camelCase() + "Lanes", "The " + kernel.name() + " kernel for many guests.\n");
    if (vectors) {
      type.addField(species());
    }
    classes.execute(
        type,
        instructions,
        CodeBlock.of(
            "Executes an instruction.\n\n"
                + "@param instruction what the kernel found for the word\n"
                + "@param w the word\n"
                + "@param pc its address\n"
                + "@param mask the lanes that execute it\n"
                + "@return the next instruction's address, or {@link LaneState#SCATTERED}\n"));
    instructions.forEach(instruction -> add(type, instruction));
    return type.build();
  }

  private static FieldSpec species() {
    return FieldSpec.builder(
            ParameterizedTypeName.get(
                ClassName.get("jdk.incubator.vector", "VectorSpecies"), TypeName.LONG.box()),
            "S",
            Modifier.PRIVATE,
            Modifier.STATIC,
            Modifier.FINAL)
        .initializer("$T.SPECIES", LANE_STATE)
        .build();
  }

  private void add(TypeSpec.Builder type, Instruction instruction) {
    MethodSpec.Builder step = classes.step(instruction.name(), Modifier.PRIVATE);
    if (LaneShape.vectorised(instruction)) {
      type.addMethod(step.addCode(new LaneBody(instruction.body()).emit()).build());
      return;
    }
    boolean branches = branches(instruction.body());
    String alone = instruction.name() + "_lane";
    step.beginControlFlow("for (long left = mask; left != 0; left &= left - 1)");
    step.addStatement("int lane = Long.numberOfTrailingZeros(left)");
    step.beginControlFlow("try");
    step.addStatement(branches ? "s.pc[lane] = $L(s, w, pc, lane)" : "$L(s, w, pc, lane)", alone);
    step.nextControlFlow("catch ($T | $T e)", KernelClasses.TRAP, FAULT);
    step.addStatement("s.stop(lane, pc, e)");
    step.endControlFlow();
    step.endControlFlow();
    step.addStatement(branches ? "return s.gather(mask)" : "return pc + 4");
    type.addMethod(step.build());
    type.addMethod(
        KernelClasses.method(alone, TypeName.LONG, Modifier.PRIVATE)
            .addParameters(List.of(STATE, WORD, PC, LANE))
            .addCode(new JavaBody(JavaMachine.LANE, functions).instruction(instruction.body()))
            .build());
  }

  private static boolean branches(List<Effect> effects) {
    return effects.stream()
        .anyMatch(
            effect ->
                effect instanceof Effect.Branch
                    || effect instanceof Effect.If e && (branches(e.yes()) || branches(e.no())));
  }
}
