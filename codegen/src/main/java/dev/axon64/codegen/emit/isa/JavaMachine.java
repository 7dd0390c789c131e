package dev.axon64.codegen.emit.isa;

import com.palantir.javapoet.CodeBlock;
import dev.axon64.codegen.isa.ir.Node;
import java.util.Locale;

/** Where generated Java finds the machine's registers, memory and surroundings. */
enum JavaMachine {
  /** A {@code CpuState s}. */
  SCALAR {
    @Override
    CodeBlock general(CodeBlock index) {
      return CodeBlock.of("s.x[$L]", index);
    }

    @Override
    CodeBlock vector(CodeBlock index) {
      return CodeBlock.of("s.v[$L]", index);
    }

    @Override
    CodeBlock state(Node.GetState state) {
      return CodeBlock.of("s.$L", field(state.name()));
    }

    @Override
    CodeBlock setState(String name, int width, CodeBlock value) {
      return CodeBlock.of("s.$L = $L", field(name), value);
    }

    @Override
    CodeBlock at(CodeBlock address) {
      return address;
    }

    @Override
    CodeBlock host() {
      return CodeBlock.of("s.host");
    }

    @Override
    CodeBlock arguments() {
      return CodeBlock.of("s");
    }
  },

  /** One lane, {@code int lane}, of a {@code LaneState s}; 1-bit registers are a bit a lane. */
  LANE {
    @Override
    CodeBlock general(CodeBlock index) {
      return CodeBlock.of("s.x[$L * LaneState.LANES + lane]", index);
    }

    @Override
    CodeBlock vector(CodeBlock index) {
      return CodeBlock.of("s.v[($L) * LaneState.LANES + lane]", index);
    }

    @Override
    CodeBlock state(Node.GetState state) {
      return state.width() == 1
          ? CodeBlock.of("(s.$L >>> lane & 1L)", field(state.name()))
          : CodeBlock.of("s.$L[lane]", field(state.name()));
    }

    @Override
    CodeBlock setState(String name, int width, CodeBlock value) {
      String field = field(name);
      return width == 1
          ? CodeBlock.of("s.$L = s.$L & ~(1L << lane) | $L << lane", field, field, value)
          : CodeBlock.of("s.$L[lane] = $L", field, value);
    }

    @Override
    CodeBlock at(CodeBlock address) {
      return CodeBlock.of("lane, $L", address);
    }

    @Override
    CodeBlock host() {
      return CodeBlock.of("s.host[lane]");
    }

    @Override
    CodeBlock arguments() {
      return CodeBlock.of("s, lane");
    }
  };

  /** A state's field. */
  static String field(String state) {
    return state.toLowerCase(Locale.ROOT);
  }

  /** The general register at a place: 31 is zero, 32 the stack pointer. */
  abstract CodeBlock general(CodeBlock index);

  /** The half at a place: 2 r is the low one of V register r, 2 r + 1 its high one. */
  abstract CodeBlock vector(CodeBlock index);

  /** A declared register. */
  abstract CodeBlock state(Node.GetState state);

  /** The assignment of a declared register. */
  abstract CodeBlock setState(String name, int width, CodeBlock value);

  /** What memory is given to find an address. */
  abstract CodeBlock at(CodeBlock address);

  abstract CodeBlock host();

  /** What a shared function is given besides its own arguments. */
  abstract CodeBlock arguments();
}
