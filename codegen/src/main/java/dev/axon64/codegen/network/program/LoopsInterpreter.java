package dev.axon64.codegen.network.program;

import java.util.List;
import java.util.Objects;

/** Runs a program as it is written, one iteration after another: the reference. */
public final class LoopsInterpreter implements LoopsRunner {
  private final LoopProgram program;
  private final float[][] areas = new float[Buffer.Area.values().length][];
  private final Code code;
  private int[] counters = new int[16];
  private float[] reals = new float[16];
  private int[] words = new int[16];
  private int inputsAt;
  private int outputsAt;

  /**
   * @param weights as {@link LoopProgram#pack} makes them
   */
  public LoopsInterpreter(LoopProgram program, float[] weights) {
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
    if (step instanceof Step.Repeat repeat) {
      return loop(repeat.counter(), steps(repeat.body()));
    } else if (step instanceof Step.Lanes lanes) {
      return loop(lanes.lane(), body(lanes.body()));
    } else if (step instanceof Step.Serial serial) {
      return body(serial.body());
    }
    throw new IllegalStateException("no meaning of " + step);
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
    if (statement instanceof Statement.Let let) {
      return set(let.local(), let.value());
    } else if (statement instanceof Statement.Accumulator accumulator) {
      return set(accumulator.local(), accumulator.start());
    } else if (statement instanceof Statement.Assign assign) {
      return set(assign.local(), assign.value());
    } else if (statement instanceof Statement.LetWord let) {
      int slot = slot(let.local().id());
      WordCode value = word(let.value());
      return () -> words[slot] = value.value();
    } else if (statement instanceof Statement.Store store) {
      PlaceCode place = place(store.buffer(), store.index());
      RealCode value = real(store.value());
      int area = store.buffer().area().ordinal();
      return () -> areas[area][place.value()] = value.value();
    } else if (statement instanceof Statement.Loop loop) {
      return loop(loop.counter(), body(loop.body()));
    }
    throw new IllegalStateException("no meaning of " + statement);
  }

  private Code set(Real.Local local, Real of) {
    int slot = slot(local.id());
    RealCode value = real(of);
    return () -> reals[slot] = value.value();
  }

  private RealCode real(Real real) {
    if (real instanceof Real.Constant constant) {
      float value = constant.value();
      return () -> value;
    } else if (real instanceof Real.Load load) {
      PlaceCode place = place(load.buffer(), load.index());
      int area = load.buffer().area().ordinal();
      return () -> areas[area][place.value()];
    } else if (real instanceof Real.Local local) {
      int slot = slot(local.id());
      return () -> reals[slot];
    } else if (real instanceof Real.Binary binary) {
      return binary(binary);
    } else if (real instanceof Real.Fma fma) {
      RealCode left = real(fma.left());
      RealCode right = real(fma.right());
      RealCode addend = real(fma.addend());
      return () -> Math.fma(left.value(), right.value(), addend.value());
    } else if (real instanceof Real.SquareRoot root) {
      RealCode of = real(root.of());
      return () -> (float) Math.sqrt(of.value());
    } else if (real instanceof Real.Select select) {
      return select(select);
    } else if (real instanceof Real.FromBits bits) {
      WordCode word = word(bits.bits());
      return () -> Float.intBitsToFloat(word.value());
    }
    throw new IllegalStateException("no meaning of " + real);
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
    if (word instanceof Word.Constant constant) {
      int value = constant.value();
      return () -> value;
    } else if (word instanceof Word.BitsOf bits) {
      RealCode real = real(bits.real());
      return () -> Float.floatToRawIntBits(real.value());
    } else if (word instanceof Word.Local local) {
      int slot = slot(local.id());
      return () -> words[slot];
    } else if (word instanceof Word.Binary binary) {
      WordCode left = word(binary.left());
      WordCode right = word(binary.right());
      return switch (binary.operation()) {
        case ADD -> () -> left.value() + right.value();
        case SUBTRACT -> () -> left.value() - right.value();
        case SHIFT_LEFT -> () -> left.value() << right.value();
        case SHIFT_RIGHT -> () -> left.value() >>> right.value();
      };
    }
    throw new IllegalStateException("no meaning of " + word);
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

  /** Numbers are unique in the program, so each is a slot of its own. */
  private int slot(int id) {
    if (id >= counters.length) {
      int length = Math.max(id + 1, counters.length * 2);
      counters = java.util.Arrays.copyOf(counters, length);
      reals = java.util.Arrays.copyOf(reals, length);
      words = java.util.Arrays.copyOf(words, length);
    }
    return id;
  }
}
