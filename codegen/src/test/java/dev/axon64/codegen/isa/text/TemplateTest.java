package dev.axon64.codegen.isa.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.InstructionSet;
import dev.axon64.codegen.support.InputException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format of LANGUAGE.md prints what it says, and every malformed text is refused. */
class TemplateTest {
  private static final String SHAPE =
      """
      kernel SYSTEM; function twice(x: bits(n)) -> bits(n) { return x + x; }
      instruction I SYSTEM {
        bits 0 0000000 sf 000000 k:8 e:4 r:5;
        %s
        do { }
      }
      """;

  /** The text of the word with sf 1, k 0x8a, e 11 and r 31. */
  private static String text(String asm) {
    String spec = SHAPE.formatted(asm);
    InstructionSet set = InstructionSpec.parse(Map.of("test.isa", spec));
    int word = 1 << 23 | 0x8a << 9 | 11 << 5 | 31;
    return new Disassembler(set).text(word, 0x1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{k}; 138",
        "{k|hex}; 8a",
        "{k|signed:8}; -118",
        "{k|signed:7}; 10",
        "{PC - 4|label}; 0xffc",
        "{PC + 4 * (k - 0x800)|label}; 0xfffffffffffff228",
        "{r|x} {r|w} {e|x} {e|w}; xzr wzr x11 w11",
        "{r|xsp} {r|wsp} {e|xsp} {e|wsp}; sp wsp x11 w11",
        "{r|r} {r|rsp} {e|r} {e|rsp}; xzr sp x11 x11",
        "{r|b} {r|h} {r|s} {r|d} {r|q} {r|v}; b31 h31 s31 d31 q31 v31",
        "{e|cond} {e|ncond}; lt ge",
        "{0x3ff8000000000000|float}; 1.500000000000000000e+00",
        "a{e - 10|x,y,z}b; ayb",
        "a{e - 10|,,z}b; ab",
        "{{v{r}.16b}}; {v31.16b}",
        "{(k | 1)|hex}; 8b",
        "{twice(k)[7:0]|hex}; 14"
      })
  void prints(String template, String expected) {
    assertEquals(expected, text("asm \"" + template + "\";"));
  }

  @Test
  void theFirstLineThatHoldsWins() {
    assertEquals("two", text("asm \"one\" when e == 3; asm \"two\" when k > 100; asm \"three\";"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "one {k; is not closed",
        "one k}; closes nothing",
        "one {k|octal}; is no format",
        "one {k|signed:65}; signed:N needs 1 to 64",
        "one {k|signed:x}; is no width",
        "one {e|a,b}; has no name for 11"
      })
  void refuses(String template, String why) {
    InputException e = assertThrows(InputException.class, () -> text("asm \"" + template + "\";"));
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().contains("test.isa:4"), e.getMessage());
  }

  @Test
  void refusesAnInstructionThatLacksALastLine() {
    InputException e = assertThrows(InputException.class, () -> text("asm \"one\" when k == 3;"));
    assertTrue(e.getMessage().contains("no asm line of I takes"), e.getMessage());
  }
}
