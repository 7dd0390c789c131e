package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static Json read(String text) {
    return JsonReader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), "given.file");
  }

  @Test
  void readsEveryKindOfValue() {
    Json.Obj expected =
        new Json.Obj(
            Map.of(
                "a",
                new Json.Arr(List.of(new Json.Int(1), new Json.Int(-20), new Json.Int(0))),
                "b",
                new Json.Arr(
                    List.of(
                        new Json.Other("true"), new Json.Other("false"), new Json.Other("null"))),
                "c",
                new Json.Str("\"\\/\b\f\n\r\té😀€"),
                "d",
                new Json.Other("-1.5e+10"),
                "e",
                new Json.Obj(Map.of())));
    String text =
        "\t{ \"a\" : [1 , -20,0], \"b\":[true,false,null],"
            + "\"c\":\"\\\"\\\\\\/\\b\\f\\n\\r\\té\\uD83d\\ude00\\u20AC\","
            + "\"d\":-1.5e+10,\"e\":{}}\r\n";
    assertEquals(expected, read(text));
    assertEquals(new Json.Other("1234567890123456789"), read("1234567890123456789"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | a value is missing",
        "[1,] | a value is missing",
        "[1 | ']' is missing",
        "{'a':1,} | a string is missing",
        "{'a' 1} | ':' is missing",
        "{'a':1 | '}' is missing",
        "{'a':1,'a':2} | 'a' is given twice",
        "[] [] | something follows",
        "01 | something follows",
        "1.  | something follows",
        "- | a number is malformed",
        "tru | a value is missing",
        "NaN | a value is missing",
        "'abc | does not end",
        "'\\x' | unknown escape",
        "'\\u12g4' | four hexadecimal digits",
        "'\\u12 | four hexadecimal digits",
        "'\\ud800' | half a surrogate pair",
        "'\\ude00\\ud83d' | half a surrogate pair",
      })
  void refusesWhatIsNotJson(String text, String complaint) {
    refused(text.replace('\'', '"'), complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\u0000\"", "\"\n\"", "\"\u001f\""})
  void refusesControlCharacters(String text) {
    refused(text, "control character");
  }

  @Test
  void refusesWhatIsTooDeepOrTooLong() {
    assertEquals(new Json.Arr(List.of()), read("[]"));
    read("[".repeat(16) + "]".repeat(16));
    refused("[".repeat(17) + "]".repeat(17), "more than 16 deep");
    refused("[".repeat(100_000), "more than 16 deep");
    refused("1".repeat(65), "a number is malformed");
  }

  @Test
  void refusesOtherEncodings() {
    Refusal.check(
        assertThrows(
            InputException.class,
            () -> JsonReader.read(ByteBuffer.wrap(new byte[] {'"', (byte) 0xff, '"'}), "x")),
        "not UTF-8");
  }

  private static void refused(String text, String complaint) {
    Refusal.check(assertThrows(InputException.class, () -> read(text)), complaint, "given.file: ");
  }
}
