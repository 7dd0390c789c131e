package dev.axon64.codegen.emit.isa.lanes;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.SourceWriter;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.isa.KernelPlan.Kernel;
import dev.axon64.codegen.emit.isa.clike.CLikeBody;
import dev.axon64.codegen.emit.isa.java.JavaDialect;
import dev.axon64.codegen.emit.isa.java.JavaTypes;
import dev.axon64.codegen.emit.isa.java.KernelShape;
import dev.axon64.codegen.isa.ir.Effect;
import dev.axon64.codegen.isa.ir.Nodes;
import dev.axon64.codegen.isa.legal.Widths;
import dev.axon64.codegen.isa.model.Instruction;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Generates the classes of the lane kernels. An instruction that has no vector form is executed
 * lane by lane, by a method like that of the scalar kernel.
 */
final class LaneClasses {
  private static final ClassName FAULT = ClassName.get("dev.axon64.machine.memory", "MemoryFault");
  private static final ParameterSpec STATE = ParameterSpec.builder(JavaTypes.LANES, "s").build();
  private static final ParameterSpec WORD = ParameterSpec.builder(TypeName.INT, "w").build();
  private static final ParameterSpec PC = ParameterSpec.builder(TypeName.LONG, "pc").build();
  private static final ParameterSpec MASK = ParameterSpec.builder(TypeName.LONG, "mask").build();
  private static final ParameterSpec LANE = ParameterSpec.builder(TypeName.INT, "lane").build();

  private final KernelShape classes;
  private final ClassName functions;
  private final JavaTypes types;

  /** The instructions, legal for one lane. */
  private final KernelPlan alone;

  /** The same instructions, legal for vectors. */
  private final KernelPlan together;

  LaneClasses(BackendInput input) {
    this.classes =
        new KernelShape(input.packageName(), List.of(STATE, WORD, PC, MASK), input.origin());
    this.functions = ClassName.get(input.packageName(), "LaneFunctions");
    this.types = new JavaTypes(functions);
    this.alone = input.plan(Widths.NARROW);
    this.together = input.plan(Widths.WIDE);
  }

  /** Returns all classes, in a fixed order. */
  List<SourceFile> files() {
    List<SourceFile> files = new ArrayList<>();
    for (int k = 0; k < alone.kernels().size(); k++) {
      files.add(classes.file(kernelClass(alone.kernels().get(k), together.kernels().get(k))));
    }
    files.add(
        classes.file(
            KernelShape.shared(
                functions, alone.set().shared(), JavaDialect.LANE, List.of(STATE, LANE))));
    files.add(
        classes.file(
            KernelShape.utility("LaneKernels", "The lane kernels by their number.\n")
                .addMethod(classes.executeByKernel(alone, "Lanes"))
                .build()));
    return files;
  }

  private TypeSpec kernelClass(Kernel kernel, Kernel vectors) {
    List<Instruction> instructions = kernel.instructions();
    TypeSpec.Builder type =
        KernelShape.utility(
            kernel.camelCase() + "Lanes", "The " + kernel.name() + " kernel for many guests.\n");
    if (vectors.instructions().stream().anyMatch(LaneShape::vectorised)) {
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
    for (int i = 0; i < instructions.size(); i++) {
      Instruction vector = vectors.instructions().get(i);
      if (LaneShape.vectorised(vector)) {
        type.addMethod(
            classes
                .step(vector.name(), Modifier.PRIVATE)
                .addCode(types.code(LaneBody.print(vector.body())))
                .build());
      } else {
        laneByLane(type, instructions.get(i));
      }
    }
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
        .initializer("$T.SPECIES", JavaTypes.LANES)
        .build();
  }

  private void laneByLane(TypeSpec.Builder type, Instruction instruction) {
    boolean branches = Nodes.any(instruction.body(), Effect.Branch.class::isInstance);
    String one = instruction.name() + "_lane";
    MethodSpec.Builder step = classes.step(instruction.name(), Modifier.PRIVATE);
    step.beginControlFlow("for (long left = mask; left != 0; left &= left - 1)");
    step.addStatement("int lane = Long.numberOfTrailingZeros(left)");
    step.beginControlFlow("try");
    step.addStatement(branches ? "s.pc[lane] = $L(s, w, pc, lane)" : "$L(s, w, pc, lane)", one);
    step.nextControlFlow("catch ($T | $T e)", JavaTypes.TRAP, FAULT);
    step.addStatement("s.stop(lane, pc, e)");
    step.endControlFlow();
    step.endControlFlow();
    step.addStatement(branches ? "return s.gather(mask)" : "return pc + 4");
    type.addMethod(step.build());
    SourceWriter body = new SourceWriter();
    CLikeBody.instruction(body, JavaDialect.LANE, instruction.body());
    type.addMethod(
        KernelShape.method(one, TypeName.LONG, Modifier.PRIVATE)
            .addParameters(List.of(STATE, WORD, PC, LANE))
            .addCode(types.code(body.toString()))
            .build());
  }
}
