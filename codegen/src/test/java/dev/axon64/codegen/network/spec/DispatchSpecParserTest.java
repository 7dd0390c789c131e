package dev.axon64.codegen.network.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.fixtures.SpecTexts;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatchSpecParserTest {
  @Test
  void readsEveryStatement() {
    DispatchSpec spec = SpecTexts.parse(SpecTexts.SMALL);
    assertEquals("small", spec.name());
    assertEquals(27, spec.parameters());
    assertEquals(List.of("TOP", "REST"), spec.kernels());
    assertEquals(new LayerSpec("one", 4, 3, LayerSpec.Activation.RELU), spec.layers().get(0));
    assertEquals(0x8000000f, spec.wordMask());
    assertEquals(4, spec.pcMask());
    assertEquals(0x80000000, spec.labelMask());
    assertEquals(0, spec.label(0xffffffff));
    assertEquals(1, spec.label(0x7fffffff));
    assertEquals(7 / 15f, spec.features().get(0).value(0xfffffff7, 0));
    assertEquals(1, spec.features().get(1).value(0, 4));
  }

  @ParameterizedTest
  @CsvSource({"a64,10296,8", "kvrm7,10279,7", "published,10279,7"})
  void shippedSpecsHaveThePublishedShape(String name, int parameters, int kernels) {
    DispatchSpec spec = SpecTexts.shipped(name);
    assertEquals(parameters, spec.parameters());
    assertEquals(kernels, spec.kernels().size());
    assertEquals(12, spec.features().size());
    assertEquals(List.of(44, 32, 16), spec.layers().stream().map(LayerSpec::inputs).toList());
    assertEquals(2, spec.files().size());
    assertTrue(spec.files().stream().allMatch(file -> file.sha256().matches("[0-9a-f]{64}")));
  }

  /** What breaks, the statement put in its place, and words that the message must hold. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      model small                | model 3x                    | test.spec:1: '3x' is no name
      model small                | modell small                | unknown statement 'modell'
      model small                | model small model           | expected 'model NAME'
      model small                |                             | has no 'model' statement
      index word[31]             | index word[32]              | does not fit; bits 31 down to 0
      index word[31]             | index word[0:3]             | does not fit
      index word[31]             | index word[31:4]            | at most 12
      index word[31]             | index lr[3]                 | is no field
      index word[31]             | index word[31] / 2          | is no field
      embedding 2                | embedding 0                 | the width is '0'
      embedding 2                | embedding 3                 | 'embedding' is 2x2; its layer needs 2x3
      feature pc[2]              | feature pc[64]              | does not fit; bits 63 down to 0
      feature pc[2]              | feature pc[2] / 0           | the divisor is '0'
      feature pc[2]              | feature NaN                 | a finite decimal number
      feature pc[2]              | feature 1e99                | a finite decimal number
      layer one 3 relu           | layer one 3 tanh            | activation 'tanh' is unknown
      layer one 3 relu           | layer one 0 relu            | the number of outputs is '0'
      layer one 3 relu           | layer two 3 relu            | layer 'two' stands at test.spec:8 already
      layer two 2 linear         | layer two 3 linear          | test.spec:9: the last layer gives 3 scores, but there are 2 kernels up to test.spec:12
      decide argmax ties lowest  | decide argmax               | expected 'decide argmax ties
      decide argmax ties lowest  | decide argmax ties first    | expected 'decide argmax ties
      decide argmax ties lowest  | decide argmax ties lowest above x | the floor is 'x'
      kernel 1 REST rest         | kernel 2 REST rest          | out of order; this one is kernel 1
      kernel 1 REST rest         | kernel 1 TOP rest           | kernel 'TOP' stands at test.spec:11 already
      kernel 1 REST rest         | kernel 1 REST rest top      | group 'top' is served at test.spec:11 already
      kernel 1 REST rest         | kernel 1 REST resd          | there is no group 'resd'
      kernel 1 REST rest         | kernel 1                    | expected 'kernel INDEX NAME GROUP...'
      kernel 0 TOP top           | kernel 0 TOP                | test.spec:2: no kernel serves group 'top'
      group top 1....... ........ ........ ........ | group top 1....... | there are 8
      group top 1....... ........ ........ ........ | group rest 1....... ........ ........ ........ | group 'rest' stands at test.spec:2 already
      group top 1....... ........ ........ ........ | group top ........ ........ ........ ........ | group 'rest' can never match: 'top' at test.spec:2
      group rest ........ ........ ........ ........ | group rest 0....... ........ ........ ........ | leaves words without a group
      tensor one.bias 3 @ 16     | tensor one.bias 4 @ 16      | 'one.bias' is 4; its layer needs 3
      tensor one.bias 3 @ 16     | tensor one.bias 3 @ 17      | 'one.bias' is at 17; the one before ends at 16
      tensor one.bias 3 @ 16     | tensor one.bias 3 at 16     | expected 'tensor NAME SHAPE @ OFFSET'
      tensor one.bias 3 @ 16     | tensor ten.bias 3 @ 16      | 'ten.bias' is a second one or belongs to no layer
      tensor two.bias 2 @ 25     |                             | has no 'tensor two.bias' statement
      tensor two.bias 2 @ 25     | tensor two.bias 2x1x1 @ 25  | has over two extents
      feature pc[2]              | include other.spec          | includes 'other.spec', which cannot be read
      feature pc[2]              | include ../other.spec       | is not a plain file name
      """)
  void refuses(String statement, String replacement, String message) {
    assertTrue(SpecTexts.SMALL.contains(statement + "\n"), statement);
    String text =
        SpecTexts.SMALL.replace(statement + "\n", (replacement == null ? "" : replacement) + "\n");
    InputException refusal =
        assertThrows(InputException.class, () -> SpecTexts.parse(text), replacement);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  @Test
  void refusesASecondStatementNamingTheFirst() {
    String text = SpecTexts.SMALL + "model other\n";
    InputException refusal = assertThrows(InputException.class, () -> SpecTexts.parse(text));
    assertEquals(
        "test.spec:18: a second 'model'; the first stands at test.spec:1", refusal.getMessage());
  }

  @Test
  void refusesAnIncludeCycle() {
    byte[] text = "include a.spec\n".getBytes(StandardCharsets.UTF_8);
    InputException refusal =
        assertThrows(
            InputException.class, () -> DispatchSpecParser.parse("a.spec", text, name -> text));
    assertTrue(refusal.getMessage().contains("included a second time"), refusal.getMessage());
  }

  @Test
  void refusesWhatIsNotText() {
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> DispatchSpecParser.parse("x", new byte[] {(byte) 0xff}, name -> new byte[0]));
    assertEquals("x: is not UTF-8 text; a dispatch spec is", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 300})
  void refusesTooManyFeatures(int count) {
    String text = SpecTexts.SMALL.replace("feature pc[2]\n", "feature 1\n".repeat(count));
    InputException refusal = assertThrows(InputException.class, () -> SpecTexts.parse(text));
    assertTrue(refusal.getMessage().contains("more than 64 features"), refusal.getMessage());
  }
}
