package dev.axon64.codegen.network.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.network.program.GraphLowering;
import dev.axon64.codegen.support.InputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of graph text has a graph that breaks it, and is told so. */
class GraphRefusalTest {
  private static final String START = "graph g\ninput x 4 8\ninput z 1 6\n";

  private static String refusal(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return assertThrows(InputException.class, () -> GraphParser.parse("t.graph", bytes), text)
        .getMessage();
  }

  /** A line after two inputs, x of 4 x 8 and z of 1 x 6, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          graph h                       | a second name; this graph is already called 'g'
          inputs y 1 1                  | unknown statement 'inputs'; one of graph, input, output or NAME = LAYER
          input y 1                     | ends early; expected 'input NAME STEPS WIDTH'
          input y 1 2 3                 | '3' is too much; expected 'input NAME STEPS WIDTH'
          input 9y 1 2                  | '9y' is no name; letters, digits, - and _, a letter first; at most 64 characters
          input y 0 2                   | the number of steps is '0'; a whole number from 1 to 1024
          input y 1 9000                | the width is '9000'; a whole number from 1 to 8192
          input y 1 1e3                 | the width is '1e3'; a whole number from 1 to 8192
          input x 1 2                   | 'x' is made twice; rename one
          x = relu x                    | 'x' is made twice; rename one
          y = gelu x                    | unknown layer 'gelu'; one of linear layernorm relu tanh sigmoid softmax lstm attention concat slice last mean
          y = relu w                    | reads 'w', which no line above makes; define it first
          y = relu x z                  | 'z' is too much; expected 'NAME = relu X'
          y = linear x 4                | 'as' should stand where the end is; expected 'NAME = linear X WIDTH as PATH'
          y = linear x 4 into a         | 'as' should stand where 'into' is; expected 'NAME = linear X WIDTH as PATH'
          y = linear x 4 as a..b        | 'a..b' is no tensor path such as encoder.0; at most 64 characters
          y = linear x 0 as a           | the width is '0'; a whole number from 1 to 8192
          y = softmax x groups 3        | 8 columns do not split into 3 equal groups
          y = lstm x 4 layers 17 as a   | layers is '17'; a whole number from 1 to 16
          y = lstm x 4096 as a          | a value of 4 steps x 16384 columns; steps go from 1 to 1024, columns from 1 to 8192
          y = attention x x heads 3 as a| 8 columns do not split into 3 equal heads
          y = attention x z heads 1 as a| the query has 8 columns but what it looks at has 6; make them equal with a linear
          y = concat x z                | joins values of 4 and 1 steps; reduce with last or mean first
          y = concat x                  | joins one value only; name two or more
          y = slice x 6 6               | columns 6 up to 6 of a value that has 8
          y = slice x 6 9               | columns 6 up to 9 of a value that has 8
          output y                      | reads 'y', which no line above makes; define it first
          output x x                    | 'x' is an output twice; name it once
          """)
  void linesAreRefusedWithTheirPlace(String line, String message) {
    assertEquals("t.graph:4: " + message, refusal(START + line + "\noutput x\n"));
  }

  @Test
  void graphsAreRefusedAsAWhole() {
    assertEquals("t.graph:1: ends early; expected 'graph NAME'", refusal("graph\n"));
    assertEquals("t.graph: has no name; begin with 'graph NAME'", refusal("input x 1 1\noutput x"));
    assertEquals(
        "t.graph: has no input; add 'input NAME STEPS WIDTH'", refusal("graph g\n# nothing"));
    assertEquals("t.graph: has no output; add 'output NAME'", refusal(START));
    assertEquals(
        "t.graph: 'b' and 'a' both own the tensor p.weight; give one another path",
        refusal(START + "a = linear x 2 as p\nb = linear x 2 as p\noutput a b"));
    assertEquals(
        "t.graph: its values are 75497472 float32; at most 67108864 are taken",
        refusal("graph g\n" + manyInputs(9) + "output x0"));
    assertEquals(
        "t.graph: 67117056 parameters; at most 16777216 are taken",
        refusal("graph g\ninput x 1 8192\na = linear x 8192 as p\noutput a"));
    byte[] noText = {(byte) 0xff, (byte) 0xfe};
    InputException refusal =
        assertThrows(InputException.class, () -> GraphParser.parse("t.graph", noText));
    assertEquals("t.graph: is not UTF-8 text; a graph is", refusal.getMessage());
  }

  private static String manyInputs(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("input x").append(i).append(" 1024 8192\n");
    }
    return text.toString();
  }

  @Test
  void whatCannotBeCountedIsRefused() {
    // A head of one column is padded to 16: four rows of 1,024 x 1,024 in each layer.
    StringBuilder text = new StringBuilder("graph g\ninput x0 1024 64\n");
    for (int i = 0; i < 600; i++) {
      text.append("x%d = attention x%d x%d heads 64 as a%d\n".formatted(i + 1, i, i, i));
    }
    text.append("output x600");
    Graph graph = GraphParser.parse("t.graph", text.toString().getBytes(StandardCharsets.UTF_8));
    InputException refusal =
        assertThrows(InputException.class, () -> GraphLowering.lower(graph), "room is counted");
    assertTrue(refusal.getMessage().startsWith("g: needs over 2^31"), refusal.getMessage());
  }

  @Test
  void onlyShippedNamesAndFilesAreGraphs() {
    InputException refusal =
        assertThrows(InputException.class, () -> Graphs.read("no-such-network"));
    assertTrue(refusal.getMessage().startsWith("no-such-network: "));
  }
}
