package dev.axon64.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command line as a whole. */
class MainTest {
  private record Answer(int status, String out, String err) {}

  private static Answer answer(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Answer(status, out.toString(), err.toString());
  }

  @Test
  void everyCommandIsThere() {
    assertEquals(
        List.of(
            "batch",
            "boot",
            "certify",
            "demo",
            "devices",
            "disasm",
            "dispatch",
            "extend",
            "generate",
            "learn",
            "metal",
            "profile",
            "run",
            "trace",
            "train"),
        List.copyOf(Main.commandLine().getSubcommands().keySet()));
  }

  @Test
  void commandsHaveTheNamesThatTheyAreFoundBy() {
    Main.OWN.forEach(
        (name, command) -> assertEquals(name, new CommandLine(command.get()).getCommandName()));
  }

  @Test
  void failuresAreOneLineAndAStatus() {
    Answer unusable = answer("disasm", "/nowhere");
    assertEquals(2, unusable.status);
    assertEquals("axon64: /nowhere: no such file\n", unusable.err);
    Answer unknown = answer("disasm", "--nonsense");
    assertEquals(2, unknown.status);
    assertEquals(
        List.of("axon64: Unknown option: '--nonsense'", "Try 'axon64 disasm --help'."),
        unknown.err.lines().toList());
    Answer word = answer("disasm", "--word", "xyz");
    assertEquals(2, word.status);
    assertTrue(word.err.contains("'--word'"), word.err);
    assertTrue(word.err.contains("xyz is no hexadecimal number"), word.err);
  }

  @Test
  void aWordThatIsMistypedIsNamed() {
    assertEquals(
        "axon64: rnu: no such command\nDid you mean run?\nTry 'axon64 --help'.\n",
        answer("rnu", "program").err);
    assertEquals(
        "axon64: chek: no such command\nDid you mean check?\nTry 'axon64 metal --help'.\n",
        answer("metal", "chek").err);
    assertEquals(
        "axon64: Unknown option: '--sysrot=/x'\nDid you mean --sysroot?\nTry 'axon64 run --help'.\n",
        answer("run", "--sysrot=/x", "program").err);
    assertEquals(
        "axon64: frobnicate: no such command\nTry 'axon64 --help'.\n", answer("frobnicate").err);
  }

  @Test
  void verboseTellsWhere() {
    Answer answer = answer("disasm", "--verbose", "/nowhere");
    assertEquals(2, answer.status);
    assertTrue(answer.err.contains("\tat dev.axon64."), answer.err);
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    Answer answer = answer();
    assertEquals(0, answer.status);
    assertTrue(answer.out.contains("disasm"), answer.out);
  }
}
