package dev.axon64.codegen.emit.program;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.axon64.codegen.network.program.Buffer;
import dev.axon64.codegen.network.program.Counter;
import dev.axon64.codegen.network.program.Index;
import dev.axon64.codegen.network.program.Real;
import dev.axon64.codegen.network.program.Statement;
import dev.axon64.codegen.network.program.Step;
import dev.axon64.codegen.network.program.Word;
import java.util.List;

/**
 * Prints the body of lanes with vectors. Where the body sums in a loop, several vectors go abreast,
 * since one alone would wait for each of its own fmas.
 */
final class JavaLaneCode {
  private static final String VECTOR_PACKAGE = "jdk.incubator.vector";
  static final ClassName FLOAT_VECTOR = ClassName.get(VECTOR_PACKAGE, "FloatVector");
  private static final ClassName INT_VECTOR = ClassName.get(VECTOR_PACKAGE, "IntVector");
  private static final ClassName OPERATORS = ClassName.get(VECTOR_PACKAGE, "VectorOperators");
  private static final int MOST_ABREAST = 4;

  private final MethodSpec.Builder method;
  private final Counter lane;
  private final int abreast;
  private final ScalarCode scalar = new ScalarCode(Dialect.JAVA);

  private JavaLaneCode(MethodSpec.Builder method, Step.Lanes lanes) {
    this.method = method;
    this.lane = lanes.lane();
    this.abreast = abreast(lanes);
  }

  private static int abreast(Step.Lanes lanes) {
    boolean sums = lanes.body().stream().anyMatch(Statement.Loop.class::isInstance);
    int vectors = sums ? MOST_ABREAST : 1;
    while (lanes.lane().count() % (vectors * Step.LANES) != 0) {
      vectors /= 2;
    }
    return vectors;
  }

  /** Adds the whole loop to a method. */
  static void print(MethodSpec.Builder method, Step.Lanes lanes) {
    JavaLaneCode code = new JavaLaneCode(method, lanes);
    String c = ScalarCode.counter(lanes.lane());
    method.beginControlFlow(
        "for (int $L = 0; $L < $L; $L += $L)",
        c,
        c,
        lanes.lane().count(),
        c,
        code.abreast == 1 ? "LANES" : code.abreast + " * LANES");
    code.statements(lanes.body());
    method.endControlFlow();
  }

  private void statements(List<Statement> statements) {
    for (Statement statement : statements) {
      if (statement instanceof Statement.Loop loop) {
        method.beginControlFlow("$L", ScalarCode.loop(loop.counter()));
        statements(loop.body());
        method.endControlFlow();
      } else {
        for (int g = 0; g < abreast; g++) {
          method.addStatement("$L", statement(statement, g));
        }
      }
    }
  }

  private CodeBlock statement(Statement statement, int g) {
    return switch (statement) {
      case Statement.Let let -> declare(let.local(), let.value(), g);
      case Statement.Accumulator accumulator ->
          declare(accumulator.local(), accumulator.start(), g);
      case Statement.Assign assign ->
          CodeBlock.of("$L = $L", local(assign.local(), g), real(assign.value(), g));
      case Statement.LetWord let ->
          CodeBlock.of("$T w$L_$L = $L", INT_VECTOR, let.local().id(), g, word(let.value(), g));
      case Statement.Store store ->
          CodeBlock.of(
              "$L.intoArray($L, $L)",
              real(store.value(), g),
              Dialect.JAVA.area(store.buffer().area()),
              place(store.buffer(), store.index(), g));
      case Statement.Loop loop -> throw new IllegalArgumentException("not one statement: " + loop);
    };
  }

  private CodeBlock declare(Real.Local local, Real value, int g) {
    return CodeBlock.of("$T $L = $L", FLOAT_VECTOR, local(local, g), real(value, g));
  }

  private static String local(Real.Local local, int g) {
    return "v" + local.id() + "_" + g;
  }

  private String place(Buffer buffer, Index index, int g) {
    String text = ScalarCode.place(buffer, index);
    boolean moves = g > 0 && index.stride(lane) != 0;
    return moves ? text + " + " + (g == 1 ? "LANES" : g + " * LANES") : text;
  }

  private CodeBlock real(Real real, int g) {
    return switch (real) {
      case Real.Constant constant -> broadcast(Dialect.JAVA.constant(constant.value()));
      case Real.Load load -> load(load, g);
      case Real.Local local -> CodeBlock.of("$L", local(local, g));
      case Real.Binary binary ->
          CodeBlock.of(
              "$L.$L($L)",
              real(binary.left(), g),
              method(binary.operation()),
              real(binary.right(), g));
      case Real.Fma fma ->
          CodeBlock.of(
              "$L.fma($L, $L)", real(fma.left(), g), real(fma.right(), g), real(fma.addend(), g));
      case Real.SquareRoot root -> CodeBlock.of("$L.sqrt()", real(root.of(), g));
      case Real.Select select -> select(select, g);
      case Real.FromBits bits -> CodeBlock.of("$L.reinterpretAsFloats()", word(bits.bits(), g));
    };
  }

  private static String method(Real.Operation operation) {
    return switch (operation) {
      case ADD -> "add";
      case SUBTRACT -> "sub";
      case MULTIPLY -> "mul";
      case DIVIDE -> "div";
    };
  }

  private static CodeBlock broadcast(String number) {
    return CodeBlock.of("$T.broadcast(F, $L)", FLOAT_VECTOR, number);
  }

  private CodeBlock load(Real.Load load, int g) {
    if (load.index().stride(lane) == 0) {
      return broadcast(scalar.element(load.buffer(), load.index()));
    }
    return CodeBlock.of(
        "$T.fromArray(F, $L, $L)",
        FLOAT_VECTOR,
        Dialect.JAVA.area(load.buffer().area()),
        place(load.buffer(), load.index(), g));
  }

  /** {@code otherwise.blend(then, left.compare(VectorOperators.LT, right))} */
  private CodeBlock select(Real.Select select, int g) {
    String comparison =
        switch (select.test().comparison()) {
          case LESS -> "LT";
          case GREATER -> "GT";
          case NOT_EQUAL -> "NE";
        };
    return CodeBlock.of(
        "$L.blend($L, $L.compare($T.$L, $L))",
        real(select.otherwise(), g),
        real(select.then(), g),
        real(select.test().left(), g),
        OPERATORS,
        comparison,
        real(select.test().right(), g));
  }

  private CodeBlock word(Word word, int g) {
    return switch (word) {
      case Word.Constant constant ->
          CodeBlock.of("$T.broadcast(I, $L)", INT_VECTOR, constant.value());
      case Word.BitsOf bits -> CodeBlock.of("$L.reinterpretAsInts()", real(bits.real(), g));
      case Word.Local local -> CodeBlock.of("w$L_$L", local.id(), g);
      case Word.Binary binary -> binary(binary, g);
    };
  }

  private CodeBlock binary(Word.Binary binary, int g) {
    CodeBlock left = word(binary.left(), g);
    return switch (binary.operation()) {
      case ADD -> CodeBlock.of("$L.add($L)", left, word(binary.right(), g));
      case SUBTRACT -> CodeBlock.of("$L.sub($L)", left, word(binary.right(), g));
      case SHIFT_LEFT -> shift(left, "LSHL", binary.right());
      case SHIFT_RIGHT -> shift(left, "LSHR", binary.right());
    };
  }

  private static CodeBlock shift(CodeBlock left, String direction, Word count) {
    int places = ((Word.Constant) count).value();
    return CodeBlock.of("$L.lanewise($T.$L, $L)", left, OPERATORS, direction, places);
  }
}
