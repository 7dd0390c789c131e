package dev.axon64.app.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A guest gets the variables that were asked for, and no others. */
class HostEnvironmentTest {
  private static final HostEnvironment HOST =
      new HostEnvironment(Map.of("LANG", "C", "KEY", "a=b"));

  @Test
  void nothingUnlessAsked() {
    assertEquals(List.of(), HOST.given(List.of(), false));
    assertEquals(List.of("A=1", "B="), HOST.given(List.of("A=1", "B="), false));
  }

  @Test
  void namesBringTheirValues() {
    assertEquals(List.of("KEY=a=b"), HOST.given(List.of("KEY", "MISSING"), false));
    assertEquals(List.of("LANG=en"), HOST.given(List.of("LANG", "LANG=en"), false));
  }

  @Test
  void allOfThemButWhatIsSet() {
    List<String> given = HOST.given(List.of("LANG=en", "NEW=1"), true);
    assertEquals(List.of("KEY=a=b", "LANG=en", "NEW=1"), given.stream().sorted().toList());
  }

  @Test
  void itsOwnAreThoseOfTheProcess() {
    assertEquals(System.getenv("PATH"), HostEnvironment.own().variables().get("PATH"));
  }

  @Test
  void aVariableHasAName() {
    InputException e = assertThrows(InputException.class, () -> HOST.given(List.of("=1"), false));
    assertEquals("--env =1: is no NAME=VALUE, and no NAME", e.getMessage());
  }
}
