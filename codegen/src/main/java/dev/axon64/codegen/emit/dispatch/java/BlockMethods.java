package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.INTS;
import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.LONGS;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * The methods that a block of words goes through, in order, and the buffers between them. Each
 * takes the words, their pcs, where the block starts, and its length rounded up to whole vectors.
 */
final class BlockMethods {
  /** The most fields extracted, rows read or kernels compared in one method. */
  static final int MOST_STEPS = 8;

  private final TypeSpec.Builder type;
  private final List<String> calls = new ArrayList<>();

  BlockMethods(TypeSpec.Builder type) {
    this.type = type;
  }

  /** The buffer of a layer's values: one block per unit. */
  static String values(int layer) {
    return "layer" + layer;
  }

  void buffer(TypeName of, String name, String value) {
    type.addField(
        FieldSpec.builder(of, name, Modifier.PRIVATE, Modifier.FINAL).initializer(value).build());
  }

  /** Starts a method of the pass; {@link #add} ends it. */
  static MethodSpec.Builder method(String name) {
    return MethodSpec.methodBuilder(name)
        .addModifiers(Modifier.PRIVATE)
        .addParameter(INTS, "words")
        .addParameter(LONGS, "pcs")
        .addParameter(TypeName.INT, "from")
        .addParameter(TypeName.INT, "n");
  }

  /** Starts a loop over the block, a vector of float32 or int at a time. */
  static MethodSpec.Builder vectorLoop(MethodSpec.Builder method) {
    return vectorLoop(method, Lane.FLOAT);
  }

  /** Starts a loop over the block, a vector at a time. */
  static MethodSpec.Builder vectorLoop(MethodSpec.Builder method, Lane lane) {
    return method.beginControlFlow("for (int i = 0; i < n; i += $L)", lane.count());
  }

  /** Starts a loop over the block, a word at a time. */
  static MethodSpec.Builder wordLoop(MethodSpec.Builder method) {
    return method.beginControlFlow("for (int i = 0; i < n; i++)");
  }

  /** Adds a method whose loop is still open to the class and to the pass. */
  void add(MethodSpec.Builder method) {
    MethodSpec built = method.endControlFlow().build();
    calls.add(built.name());
    type.addMethod(built);
  }

  /** {@code forward}: calls every method of the pass. */
  void addForward() {
    MethodSpec.Builder forward = method("forward");
    calls.forEach(name -> forward.addStatement("$L(words, pcs, from, n)", name));
    type.addMethod(forward.build());
  }

  /** Adds a method that is not part of the pass. */
  void addAside(MethodSpec method) {
    type.addMethod(method);
  }

  /** A buffer of a block of {@code units} values each. */
  void unitBuffer(String name, Lane lane, int units) {
    buffer(lane.array(), name, lane.newBlock(units).toString());
  }
}
