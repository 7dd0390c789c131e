package dev.axon64.codegen.emit.program;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.dispatch.java.JavaNames;
import dev.axon64.codegen.emit.dispatch.java.VectorWidth;
import dev.axon64.codegen.network.program.Counter;
import dev.axon64.codegen.network.program.Step;
import dev.axon64.codegen.network.program.TensorProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Prints a tensor program as one self-contained class with one method per step; loops stay loops,
 * so that no method grows with the network. Lanes are vectors or plain loops, which give the same
 * bits. Vectors are as wide as the machine prefers or as the system property {@code
 * axon64.vector.bits} says when the class is loaded. Plain loops are slower once compiled, but a
 * hundred times as fast before.
 */
public final class JavaTensorBackend implements TensorBackend {
  /** The most calls in one method; a longer row of steps is cut into several methods. */
  private static final int MOST_CALLS = 64;

  private static final TypeName FLOATS = ArrayTypeName.of(TypeName.FLOAT);

  /** How lanes are printed. */
  public enum Lanes {
    VECTORS,
    /** Plain loops that compute one number after another. */
    PLAIN
  }

  private final JavaNames names;
  private final Lanes lanes;

  /**
   * Emits a class of that name; the interface, if there is one, is {@code NetworkRunner} or has the
   * same method.
   */
  public JavaTensorBackend(JavaNames names) {
    this(names, Lanes.VECTORS);
  }

  /** Does the same with a choice of how lanes are printed. */
  public JavaTensorBackend(JavaNames names, Lanes lanes) {
    this.names = names;
    this.lanes = lanes;
  }

  /** {@code loop-detector} becomes {@code LoopDetectorNetwork}. */
  public static String classNameFor(String graph) {
    return JavaNames.classNameFor(graph).replaceFirst("Dispatcher$", "Network");
  }

  @Override
  public List<SourceFile> generate(TensorProgram program) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(names.className())
            .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
            .addJavadoc(
                "The network $L.\n\n<p>Generated; do not edit. Holds scratch space and is not"
                    + " thread-safe: use one per thread.\nAllocates nothing once made.\n",
                program.name());
    names.implemented().map(ClassName::bestGuess).ifPresent(type::addSuperinterface);
    if (lanes == Lanes.VECTORS) {
      VectorWidth.add(type);
    }
    constant(type, "INPUTS", "Float32 of a sample.", program.inputs());
    constant(type, "OUTPUTS", "Float32 of an answer.", program.outputs());
    constant(type, "WEIGHTS", "Float32 of the packed weights.", program.weights());
    fields(type, program);
    Methods methods = new Methods(type, lanes);
    type.addMethod(constructor());
    type.addMethod(run(methods.row(program.steps(), List.of())));
    return List.of(names.file(type.build()));
  }

  private static void constant(TypeSpec.Builder type, String name, String what, int value) {
    type.addField(
        FieldSpec.builder(TypeName.INT, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .addJavadoc("$L\n", what)
            .initializer("$L", value)
            .build());
  }

  private static void fields(TypeSpec.Builder type, TensorProgram program) {
    type.addField(FLOATS, "weights", Modifier.PRIVATE, Modifier.FINAL);
    type.addField(
        FieldSpec.builder(FLOATS, "scratch", Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new float[$L]", program.scratch())
            .build());
    type.addField(
        FieldSpec.builder(FLOATS, "inputs", Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new float[INPUTS]")
            .build());
    type.addField(
        FieldSpec.builder(FLOATS, "outputs", Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new float[OUTPUTS]")
            .build());
  }

  private static MethodSpec constructor() {
    return MethodSpec.constructorBuilder()
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc("@param weights packed, {@code WEIGHTS} of them; shared, not copied\n")
        .addParameter(FLOATS, "weights")
        .beginControlFlow("if (weights.length != WEIGHTS)")
        .addStatement(
            "throw new $T(weights.length + $S + WEIGHTS)",
            IllegalArgumentException.class,
            " weights; packed, there are ")
        .endControlFlow()
        .addStatement("this.weights = weights")
        .build();
  }

  private static MethodSpec run(String steps) {
    return MethodSpec.methodBuilder("run")
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            "Runs one sample.\n\n"
                + "@param from holds the sample from {@code fromAt} on\n"
                + "@param to receives the answer from {@code toAt} on\n")
        .addParameter(FLOATS, "from")
        .addParameter(TypeName.INT, "fromAt")
        .addParameter(FLOATS, "to")
        .addParameter(TypeName.INT, "toAt")
        .addStatement("$T.checkFromIndexSize(toAt, OUTPUTS, to.length)", Objects.class)
        .addStatement("System.arraycopy(from, fromAt, inputs, 0, INPUTS)")
        .addStatement("$L", steps)
        .addStatement("System.arraycopy(outputs, 0, to, toAt, OUTPUTS)")
        .build();
  }

  /** Adds methods and returns the calls of them. */
  private static final class Methods {
    private final TypeSpec.Builder type;
    private final Lanes lanes;
    private int count;

    Methods(TypeSpec.Builder type, Lanes lanes) {
      this.type = type;
      this.lanes = lanes;
    }

    /** Adds a method for the steps, or several where there are many, and returns the call of it. */
    String row(List<Step> steps, List<Counter> open) {
      List<String> calls = new ArrayList<>();
      steps.forEach(step -> calls.add(step(step, open)));
      List<String> all = calls;
      while (all.size() > MOST_CALLS) {
        List<String> fewer = new ArrayList<>();
        for (int at = 0; at < all.size(); at += MOST_CALLS) {
          fewer.add(calls(all.subList(at, Math.min(all.size(), at + MOST_CALLS)), open));
        }
        all = fewer;
      }
      return calls(all, open);
    }

    private String calls(List<String> calls, List<Counter> open) {
      MethodSpec.Builder method = method("row", open);
      calls.forEach(call -> method.addStatement("$L", call));
      return add(method, open);
    }

    private String step(Step step, List<Counter> open) {
      return switch (step) {
        case Step.Repeat repeat -> repeat(repeat, open);
        case Step.Lanes side -> {
          MethodSpec.Builder method = method(side.name(), open);
          switch (lanes) {
            case VECTORS -> JavaLaneCode.print(method, side);
            case PLAIN -> new ScalarCode(Dialect.JAVA).print(side, new MethodLines(method));
          }
          yield add(method, open);
        }
        case Step.Serial serial -> {
          MethodSpec.Builder method = method(serial.name(), open);
          new ScalarCode(Dialect.JAVA).print(serial.body(), new MethodLines(method));
          yield add(method, open);
        }
      };
    }

    private String repeat(Step.Repeat repeat, List<Counter> open) {
      List<Counter> inner = new ArrayList<>(open);
      inner.add(repeat.counter());
      String body = row(repeat.body(), inner);
      MethodSpec.Builder method = method("repeat", open);
      method.beginControlFlow("$L", ScalarCode.loop(repeat.counter()));
      method.addStatement("$L", body);
      method.endControlFlow();
      return add(method, open);
    }

    private MethodSpec.Builder method(String name, List<Counter> open) {
      String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
      MethodSpec.Builder method =
          MethodSpec.methodBuilder(plain + "_" + count++).addModifiers(Modifier.PRIVATE);
      open.forEach(counter -> method.addParameter(TypeName.INT, ScalarCode.counter(counter)));
      return method;
    }

    private String add(MethodSpec.Builder method, List<Counter> open) {
      MethodSpec built = method.build();
      type.addMethod(built);
      String counters = open.stream().map(ScalarCode::counter).collect(Collectors.joining(", "));
      return built.name() + "(" + counters + ")";
    }
  }

  private record MethodLines(MethodSpec.Builder method) implements ScalarCode.Lines {
    @Override
    public void statement(String text) {
      method.addStatement("$L", text);
    }

    @Override
    public void open(String control) {
      method.beginControlFlow("$L", control);
    }

    @Override
    public void close() {
      method.endControlFlow();
    }
  }
}
