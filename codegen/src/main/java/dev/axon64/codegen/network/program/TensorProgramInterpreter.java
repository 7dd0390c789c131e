package dev.axon64.codegen.network.program;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Runs a program as it is written, one iteration after another: the reference. */
public final class TensorProgramInterpreter implements NetworkRunner {
  private final TensorProgram program;
  private final float[][] areas = new float[Buffer.Area.values().length][];
  private final Code code;
  private int[] counters = new int[16];
  private float[] reals = new float[16];
  private int[] words = new int[16];
  private int inputsAt;
  private int outputsAt;

  /**
   * @param weights as {@link TensorProgram#pack} makes them
   */
  public TensorProgramInterpreter(TensorProgram program, float[] weights) {
    if (weights.length != program.weights()) {
      throw new IllegalArgumentException(
          weights.length + " weights where " + program.weights() + " are packed");
    }
    this.program = program;
    areas[Buffer.Area.WEIGHTS.ordinal()] = weights.clone();
    areas[Buffer.Area.SCRATCH.ordinal()] = new float[program.scratch()];
    this.code = steps(program.steps());
  }

  @Override
  public void run(float[] inputs, int inputsAt, float[] outputs, int outputsAt) {
    Objects.checkFromIndexSize(inputsAt, program.inputs(), inputs.length);
    Objects.checkFromIndexSize(outputsAt, program.outputs(), outputs.length);
    areas[Buffer.Area.INPUTS.ordinal()] = inputs;
    areas[Buffer.Area.OUTPUTS.ordinal()] = outputs;
    this.inputsAt = inputsAt;
    this.outputsAt = outputsAt;
    code.run();
  }

  private interface Code {
    void run();
  }

  private interface RealCode {
    float value();
  }

  private interface WordCode {
    int value();
  }

  private interface PlaceCode {
    int value();
  }

  private static Code sequence(List<Code> codes) {
    Code[] all = codes.toArray(Code[]::new);
    return () -> {
      for (Code one : all) {
        one.run();
      }
    };
  }

  private Code steps(List<Step> steps) {
    return sequence(steps.stream().map(this::step).toList());
  }

  private Code step(Step step) {
    return switch (step) {
      case Step.Repeat repeat -> loop(repeat.counter(), steps(repeat.body()));
      case Step.Lanes lanes -> loop(lanes.lane(), body(lanes.body()));
      case Step.Serial serial -> body(serial.body());
    };
  }

  private Code loop(Counter counter, Code body) {
    int slot = slot(counter.id());
    return () -> {
      for (int i = 0; i < counter.count(); i++) {
        counters[slot] = i;
        body.run();
      }
    };
  }

  private Code body(List<Statement> statements) {
    return sequence(statements.stream().map(this::statement).toList());
  }

  private Code statement(Statement statement) {
    return switch (statement) {
      case Statement.Let let -> set(let.local(), let.value());
      case Statement.Accumulator accumulator -> set(accumulator.local(), accumulator.start());
      case Statement.Assign assign -> set(assign.local(), assign.value());
      case Statement.LetWord let -> {
        int slot = slot(let.local().id());
        WordCode value = word(let.value());
        yield () -> words[slot] = value.value();
      }
      case Statement.Store store -> {
        PlaceCode place = place(store.buffer(), store.index());
        RealCode value = real(store.value());
        int area = store.buffer().area().ordinal();
        yield () -> areas[area][place.value()] = value.value();
      }
      case Statement.Loop loop -> loop(loop.counter(), body(loop.body()));
    };
  }

  private Code set(Real.Local local, Real of) {
    int slot = slot(local.id());
    RealCode value = real(of);
    return () -> reals[slot] = value.value();
  }

  private RealCode real(Real real) {
    return switch (real) {
      case Real.Constant constant -> {
        float value = constant.value();
        yield () -> value;
      }
      case Real.Load load -> {
        PlaceCode place = place(load.buffer(), load.index());
        int area = load.buffer().area().ordinal();
        yield () -> areas[area][place.value()];
      }
      case Real.Local local -> {
        int slot = slot(local.id());
        yield () -> reals[slot];
      }
      case Real.Binary binary -> binary(binary);
      case Real.Fma fma -> {
        RealCode left = real(fma.left());
        RealCode right = real(fma.right());
        RealCode addend = real(fma.addend());
        yield () -> Math.fma(left.value(), right.value(), addend.value());
      }
      case Real.SquareRoot root -> {
        RealCode of = real(root.of());
        yield () -> (float) Math.sqrt(of.value());
      }
      case Real.Select select -> select(select);
      case Real.FromBits bits -> {
        WordCode word = word(bits.bits());
        yield () -> Float.intBitsToFloat(word.value());
      }
    };
  }

  private RealCode binary(Real.Binary binary) {
    RealCode left = real(binary.left());
    RealCode right = real(binary.right());
    return switch (binary.operation()) {
      case ADD -> () -> left.value() + right.value();
      case SUBTRACT -> () -> left.value() - right.value();
      case MULTIPLY -> () -> left.value() * right.value();
      case DIVIDE -> () -> left.value() / right.value();
    };
  }

  private RealCode select(Real.Select select) {
    RealCode left = real(select.test().left());
    RealCode right = real(select.test().right());
    RealCode then = real(select.then());
    RealCode otherwise = real(select.otherwise());
    return switch (select.test().comparison()) {
      case LESS -> () -> left.value() < right.value() ? then.value() : otherwise.value();
      case GREATER -> () -> left.value() > right.value() ? then.value() : otherwise.value();
      case NOT_EQUAL -> () -> left.value() != right.value() ? then.value() : otherwise.value();
    };
  }

  private WordCode word(Word word) {
    return switch (word) {
      case Word.Constant constant -> {
        int value = constant.value();
        yield () -> value;
      }
      case Word.BitsOf bits -> {
        RealCode real = real(bits.real());
        yield () -> Float.floatToRawIntBits(real.value());
      }
      case Word.Local local -> {
        int slot = slot(local.id());
        yield () -> words[slot];
      }
      case Word.Binary binary -> binary(binary);
    };
  }

  private WordCode binary(Word.Binary binary) {
    WordCode left = word(binary.left());
    WordCode right = word(binary.right());
    return switch (binary.operation()) {
      case ADD -> () -> left.value() + right.value();
      case SUBTRACT -> () -> left.value() - right.value();
      case SHIFT_LEFT -> () -> left.value() << right.value();
      case SHIFT_RIGHT -> () -> left.value() >>> right.value();
    };
  }

  private PlaceCode place(Buffer buffer, Index index) {
    int start = buffer.offset() + index.base();
    int[] slots = index.terms().stream().mapToInt(t -> slot(t.counter().id())).toArray();
    int[] strides = index.terms().stream().mapToInt(Index.Term::stride).toArray();
    Buffer.Area area = buffer.area();
    return () -> {
      int place = start;
      for (int i = 0; i < slots.length; i++) {
        place += counters[slots[i]] * strides[i];
      }
      return switch (area) {
        case INPUTS -> inputsAt + place;
        case OUTPUTS -> outputsAt + place;
        case WEIGHTS, SCRATCH -> place;
      };
    };
  }

  /** The slot of a local or counter; numbers are unique in a program. */
  private int slot(int id) {
    if (id >= counters.length) {
      int length = Math.max(id + 1, counters.length * 2);
      counters = Arrays.copyOf(counters, length);
      reals = Arrays.copyOf(reals, length);
      words = Arrays.copyOf(words, length);
    }
    return id;
  }
}
