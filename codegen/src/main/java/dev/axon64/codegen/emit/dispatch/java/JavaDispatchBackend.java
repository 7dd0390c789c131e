package dev.axon64.codegen.emit.dispatch.java;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.Origin;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.WholePlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Emits one self-contained class with two forward passes. For a single word, lanes are units, or
 * whole numbers are added one by one where few terms are left; for batches, lanes are words. The
 * vector width is the machine's preferred one, or what the system property {@code
 * axon64.vector.bits} says when the class is loaded.
 */
public final class JavaDispatchBackend implements DispatchBackend {
  static final Modifier[] CONSTANT = {Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL};
  static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);
  static final TypeName INTS = ArrayTypeName.of(TypeName.INT);
  static final TypeName LONGS = ArrayTypeName.of(TypeName.LONG);

  @Override
  public String name() {
    return "java";
  }

  @Override
  public String description() {
    return "a Java class for the Vector API";
  }

  @Override
  public List<SourceFile> generate(DispatchInput input) {
    ForwardPlan plan = input.plan();
    JavaNames names =
        new JavaNames(
            input.packageName(),
            input.className().orElse(JavaNames.classNameFor(input.model())),
            input.implemented());
    TypeSpec.Builder type =
        TypeSpec.classBuilder(names.className())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(javadoc(plan));
    names.implemented().map(ClassName::bestGuess).ifPresent(type::addSuperinterface);
    type.addField(
        FieldSpec.builder(TypeName.INT, "KERNELS", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("The number of kernels; every answer is below it.\n")
            .initializer("$L", plan.spec().kernels().size())
            .build());
    Optional<WholePlan> whole = WholePlan.of(plan);
    Optional<StraightEmitter> straight = whole.flatMap(StraightEmitter::of);
    new TableEmitter(plan).emit(type, straight.isEmpty());
    if (straight.isPresent()) {
      straight.get().emit(type);
      nestBatches(whole.get(), names, type);
    } else {
      VectorWidth.add(type);
      BatchEmitter.floats(plan, type).emit();
      new SingleEmitter(plan).emit(type);
    }
    return List.of(names.file(type.build()));
  }

  /**
   * Gives the batch path classes of its own, so that single words need no Vector API: one for any
   * width, and one with narrow lanes for 512 bits, where the plan allows it.
   */
  private static void nestBatches(WholePlan whole, JavaNames names, TypeSpec.Builder type) {
    ClassName outer = ClassName.get(names.packageName(), names.className());
    TypeSpec.Builder floats = nested("Batches", "The batch path, in float32.");
    VectorWidth.add(floats);
    BatchEmitter emitter = BatchEmitter.floats(whole.plan(), floats);
    emitter.emit();
    BatchEmitter.lazily(type, outer.nestedClass("Batches"), "batches");
    if (!RowEmitter.fits(whole)) {
      emitter.delegate(type, (method, call) -> method.addStatement("batches().$L", call));
      type.addType(floats.build());
      return;
    }
    BatchEmitter.lazily(type, outer.nestedClass("ShortBatches"), "shortBatches");
    emitter.delegate(
        type,
        (method, call) ->
            method
                .beginControlFlow("if (ShortBatches.FIT)")
                .addStatement("shortBatches().$L", call)
                .nextControlFlow("else")
                .addStatement("batches().$L", call)
                .endControlFlow());
    type.addType(floats.build());
    TypeSpec.Builder shorts =
        nested(
            "ShortBatches",
            "The batch path at 512 bits, in 16-bit integers as far as they hold every sum.");
    VectorWidth.addWidest(shorts);
    BatchEmitter.shorts(whole, shorts).emit();
    type.addType(shorts.build());
  }

  private static TypeSpec.Builder nested(String name, String doc) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addJavadoc("$L\n", doc);
  }

  private static String kernels(List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(k -> k + " " + names.get(k))
        .collect(Collectors.joining(", "));
  }

  private static CodeBlock javadoc(ForwardPlan plan) {
    String arithmetic =
        plan.exact()
            ? "Every partial sum is exact in float32, so order and contraction change nothing."
            : "Sums keep the published order; each multiplication and addition is rounded on its own.";
    return CodeBlock.of(
        "Chooses the kernel of A64 words with the dispatch network $L.\n\n"
            + "<p>Generated; do not edit. $L\n"
            + "Not thread-safe, since it holds scratch buffers: use one per thread.\n\n"
            + "<p>Kernels: $L.\n\n"
            + "<p>Made from\n<pre>\n$L\n</pre>\n",
        plan.spec().name(),
        arithmetic,
        kernels(plan.spec().kernels()),
        String.join("\n", Origin.of(plan).lines()));
  }
}
