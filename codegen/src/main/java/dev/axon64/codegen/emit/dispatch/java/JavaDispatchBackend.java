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
  private static final String BATCHES = "Batches";
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
    Optional<StraightEmitter> straight = StraightEmitter.of(plan);
    new TableEmitter(plan).emit(type, straight.isEmpty());
    if (straight.isPresent()) {
      straight.get().emit(type);
      nestBatches(plan, names, type);
    } else {
      VectorWidth.add(type);
      new BatchEmitter(plan, type).emit();
      new SingleEmitter(plan).emit(type);
    }
    return List.of(names.file(type.build()));
  }

  /** Gives the batch path a class of its own, so that single words need no Vector API. */
  private static void nestBatches(ForwardPlan plan, JavaNames names, TypeSpec.Builder type) {
    TypeSpec.Builder batches =
        TypeSpec.classBuilder(BATCHES)
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("The batch path, by itself, so that single words need no Vector API.\n");
    VectorWidth.add(batches);
    BatchEmitter emitter = new BatchEmitter(plan, batches);
    emitter.emit();
    emitter.delegate(type, ClassName.get(names.packageName(), names.className(), BATCHES));
    type.addType(batches.build());
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
