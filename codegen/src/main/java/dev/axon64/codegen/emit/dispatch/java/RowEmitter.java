package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.CONSTANT;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.INT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.OPERATORS;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.SHORT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.VECTOR_MASK;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.network.ForwardPlan.PlannedLayer;
import dev.axon64.codegen.network.ForwardPlan.Term;
import dev.axon64.codegen.network.ForwardPlan.Unit;
import dev.axon64.codegen.network.WholePlan;
import dev.axon64.codegen.network.spec.BitField;
import dev.axon64.codegen.network.spec.LayerSpec.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Emits the first layer's sums in 16-bit lanes of 512 bits. Every sum is a row of the table plus a
 * weight for each bit of the word. Rows are looked up by permuting registers that hold the table,
 * and weights five bits at a time by permuting a register of all their sums. Each unit has a method
 * of its own, so that its tables stay in registers.
 */
final class RowEmitter {
  /** Rows that a vector holds. */
  private static final int LANES = 32;

  /** The most bits of an index: a table of eight vectors. */
  private static final int MOST_INDEX_BITS = 8;

  /** Bits that index a table of one vector. */
  private static final int WINDOW = 5;

  private static final TypeName SHORTS = ArrayTypeName.of(TypeName.SHORT);
  private static final TypeName MASK = ParameterizedTypeName.get(VECTOR_MASK, TypeName.SHORT.box());

  private final WholePlan whole;
  private final PlannedLayer layer;
  private final BitField index;
  private final TypeSpec.Builder type;
  private final BlockMethods methods;

  RowEmitter(WholePlan whole, TypeSpec.Builder type, BlockMethods methods) {
    this.whole = whole;
    this.layer = whole.layers().getFirst();
    this.index = whole.plan().spec().index();
    this.type = type;
    this.methods = methods;
  }

  /** Whether the first layer fits 16 bits and reads a short index and other bits of the word. */
  static boolean fits(WholePlan whole) {
    BitField index = whole.plan().spec().index();
    return whole.bits(0) <= Short.SIZE
        && !whole.plan().readsPc()
        && index.width() <= MOST_INDEX_BITS
        && half(index.low()).equals(half(index.high()));
  }

  /** The variable that holds the half of each word with this bit. */
  private static String half(int bit) {
    return bit < Short.SIZE ? "low" : "high";
  }

  void emit() {
    halves("LOW", 0);
    halves("HIGH", 1);
    type.addMethod(column());
    type.addMethod(sums());
    methods.unitBuffer(BlockMethods.values(0), Lane.SHORT, layer.units().size());
    for (int u = 0; u < layer.units().size(); u++) {
      unit(u);
    }
  }

  /** {@code LOW = ShortVector.zero(S).addIndex(2)}: where the halves of 32 words lie. */
  private void halves(String name, int first) {
    type.addField(
        FieldSpec.builder(SHORT_VECTOR, name, CONSTANT)
            .initializer("$T.broadcast(S, $L).addIndex(2)", SHORT_VECTOR, first)
            .build());
  }

  /** A unit's rows, over and over if they do not fill a vector: indices wrap. */
  private MethodSpec column() {
    int rows = whole.plan().spec().embeddingRows();
    return MethodSpec.methodBuilder("column")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(SHORTS)
        .addParameter(TypeName.INT, "unit")
        .addStatement("short[] column = new short[$L]", Math.max(rows, LANES))
        .beginControlFlow("for (int i = 0; i < column.length; i++)")
        .addStatement("column[i] = (short) STARTS[i % $L * $L + unit]", rows, layer.units().size())
        .endControlFlow()
        .addStatement("return column")
        .build();
  }

  private static MethodSpec sums() {
    return MethodSpec.methodBuilder("sums")
        .addJavadoc("The sums of all choices of weights, by the bits that choose.\n")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
        .returns(SHORTS)
        .addParameter(ArrayTypeName.of(TypeName.INT), "weights")
        .varargs()
        .addStatement("short[] sums = new short[$L]", LANES)
        .beginControlFlow("for (int i = 0; i < sums.length * weights.length; i++)")
        .addStatement("int bit = i / sums.length")
        .addStatement("sums[i % sums.length] += (short) ((i >> bit & 1) * weights[bit])")
        .endControlFlow()
        .addStatement("return sums")
        .build();
  }

  private void unit(int u) {
    int[] weights = weights(layer.units().get(u));
    List<Integer> windows = windows(weights);
    MethodSpec.Builder method = BlockMethods.method("row" + u);
    int vectors = Math.max(1, (1 << index.width()) / LANES);
    table(method, "ROWS" + u, "r", "column(" + u + ")", vectors);
    for (int low : windows) {
      String sums =
          IntStream.range(low, end(low))
              .mapToObj(bit -> Integer.toString(weights[bit]))
              .collect(Collectors.joining(", ", "sums(", ")"));
      table(method, "BITS" + u + "_" + low, "w" + low + "v", sums, 1);
    }
    BlockMethods.vectorLoop(method, Lane.SHORT);
    words(method, windows);
    row(method, vectors);
    for (int low : windows) {
      method.addStatement("s = s.add($L.selectFrom(w$Lv0))", shifted(low), low);
    }
    boolean relu = layer.activation() == Activation.RELU && whole.canBeNegative(0, u);
    method.addStatement(
        "s$L.intoArray($L, $L * BLOCK + i)",
        relu ? ".max((short) 0)" : "",
        BlockMethods.values(0),
        u);
    methods.add(method);
  }

  /** A constant array, and local variables that hold it in vectors. */
  private void table(
      MethodSpec.Builder method, String name, String local, String value, int vectors) {
    type.addField(FieldSpec.builder(SHORTS, name, CONSTANT).initializer(value).build());
    for (int v = 0; v < vectors; v++) {
      method.addStatement(
          "$T $L$L = $T.fromArray(S, $L, $L)",
          SHORT_VECTOR,
          local,
          v,
          SHORT_VECTOR,
          name,
          v * LANES);
    }
  }

  /** The weight of each bit of the word: a field's value is the sum of its bits' values. */
  private int[] weights(Unit unit) {
    int[] weights = new int[Integer.SIZE];
    for (Term term : unit.terms()) {
      BitField field = whole.plan().spec().features().get(term.input()).field().orElseThrow();
      for (int bit = field.low(); bit <= field.high(); bit++) {
        weights[bit] += (int) term.weight() << bit - field.low();
      }
    }
    return weights;
  }

  /** The lowest bits of windows that cover all bits with a weight, none across halves. */
  private static List<Integer> windows(int[] weights) {
    List<Integer> windows = new ArrayList<>();
    int bit = 0;
    while (bit < weights.length) {
      if (weights[bit] == 0) {
        bit++;
      } else {
        windows.add(bit);
        bit = end(bit);
      }
    }
    return windows;
  }

  private static int end(int low) {
    return Math.min(low + WINDOW, (low / Short.SIZE + 1) * Short.SIZE);
  }

  /** Reads 32 words, and takes apart the halves that are read. */
  private void words(MethodSpec.Builder method, List<Integer> windows) {
    method.addStatement(
        "$T a = $T.fromArray(I, words, from + i).reinterpretAsShorts()", SHORT_VECTOR, INT_VECTOR);
    method.addStatement(
        "$T b = $T.fromArray(I, words, from + i + LANES).reinterpretAsShorts()",
        SHORT_VECTOR,
        INT_VECTOR);
    IntStream.concat(IntStream.of(index.low()), windows.stream().mapToInt(Integer::intValue))
        .mapToObj(RowEmitter::half)
        .distinct()
        .forEach(
            half ->
                method.addStatement(
                    "$T $L = $L.selectFrom(a, b)",
                    SHORT_VECTOR,
                    half,
                    half.equals("low") ? "LOW" : "HIGH"));
  }

  /** {@code high.lanewise(VectorOperators.LSHR, 8)}: the bits from {@code low} on, and others. */
  private static String shifted(int low) {
    int places = low % Short.SIZE;
    return places == 0 ? half(low) : half(low) + ".lanewise(VectorOperators.LSHR, " + places + ")";
  }

  /** Looks up the row: two vectors at a time, then by the bits of the index above theirs. */
  private void row(MethodSpec.Builder method, int vectors) {
    method.addStatement("$T row = $L", SHORT_VECTOR, shifted(index.low()));
    List<String> found = new ArrayList<>();
    for (int v = 0; v < vectors; v += 2) {
      found.add(
          vectors == 1 ? "row.selectFrom(r0)" : "row.selectFrom(r" + v + ", r" + (v + 1) + ")");
    }
    for (int bit = WINDOW + 1; found.size() > 1; bit++) {
      method.addStatement(
          "$T m$L = row.and((short) $L).compare($T.NE, 0)", MASK, bit, 1 << bit, OPERATORS);
      List<String> pairs = new ArrayList<>();
      for (int f = 0; f < found.size(); f += 2) {
        pairs.add(found.get(f) + ".blend(" + found.get(f + 1) + ", m" + bit + ")");
      }
      found = pairs;
    }
    method.addStatement("$T s = $L", SHORT_VECTOR, found.getFirst());
  }
}
