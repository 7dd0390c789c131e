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
 * Prints the body of lanes with vectors. Where the body sums in a loop, several vectors go abreast:
 * one alone would wait for each of its own fmas.
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
  private final JavaScalarCode scalar = new JavaScalarCode();

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
    if (statement instanceof Statement.Let let) {
      return declare(let.local(), let.value(), g);
    } else if (statement instanceof Statement.Accumulator accumulator) {
      return declare(accumulator.local(), accumulator.start(), g);
    } else if (statement instanceof Statement.Assign assign) {
      return CodeBlock.of("$L = $L", local(assign.local(), g), real(assign.value(), g));
    } else if (statement instanceof Statement.LetWord let) {
      return CodeBlock.of("$T w$L_$L = $L", INT_VECTOR, let.local().id(), g, word(let.value(), g));
    } else if (statement instanceof Statement.Store store) {
      return CodeBlock.of(
          "$L.intoArray($L, $L)",
          real(store.value(), g),
          scalar.area(store.buffer().area()),
          place(store.buffer(), store.index(), g));
    }
    throw new IllegalStateException("no text for " + statement);
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
    if (real instanceof Real.Constant constant) {
      return broadcast(JavaScalarCode.literal(constant.value()));
    } else if (real instanceof Real.Load load) {
      return load(load, g);
    } else if (real instanceof Real.Local local) {
      return CodeBlock.of("$L", local(local, g));
    } else if (real instanceof Real.Binary binary) {
      String name =
          switch (binary.operation()) {
            case ADD -> "add";
            case SUBTRACT -> "sub";
            case MULTIPLY -> "mul";
            case DIVIDE -> "div";
          };
      return CodeBlock.of("$L.$L($L)", real(binary.left(), g), name, real(binary.right(), g));
    } else if (real instanceof Real.Fma fma) {
      return CodeBlock.of(
          "$L.fma($L, $L)", real(fma.left(), g), real(fma.right(), g), real(fma.addend(), g));
    } else if (real instanceof Real.SquareRoot root) {
      return CodeBlock.of("$L.sqrt()", real(root.of(), g));
    } else if (real instanceof Real.Select select) {
      return select(select, g);
    } else if (real instanceof Real.FromBits bits) {
      return CodeBlock.of("$L.reinterpretAsFloats()", word(bits.bits(), g));
    }
    throw new IllegalStateException("no text for " + real);
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
        scalar.area(load.buffer().area()),
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
    if (word instanceof Word.Constant constant) {
      return CodeBlock.of("$T.broadcast(I, $L)", INT_VECTOR, constant.value());
    } else if (word instanceof Word.BitsOf bits) {
      return CodeBlock.of("$L.reinterpretAsInts()", real(bits.real(), g));
    } else if (word instanceof Word.Local local) {
      return CodeBlock.of("w$L_$L", local.id(), g);
    } else if (word instanceof Word.Binary binary) {
      CodeBlock left = word(binary.left(), g);
      return switch (binary.operation()) {
        case ADD -> CodeBlock.of("$L.add($L)", left, word(binary.right(), g));
        case SUBTRACT -> CodeBlock.of("$L.sub($L)", left, word(binary.right(), g));
        case SHIFT_LEFT -> shift(left, "LSHL", binary.right());
        case SHIFT_RIGHT -> shift(left, "LSHR", binary.right());
      };
    }
    throw new IllegalStateException("no text for " + word);
  }

  private static CodeBlock shift(CodeBlock left, String direction, Word count) {
    int places = ((Word.Constant) count).value();
    return CodeBlock.of("$L.lanewise($T.$L, $L)", left, OPERATORS, direction, places);
  }
}
