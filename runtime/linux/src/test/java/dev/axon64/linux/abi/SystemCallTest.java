package dev.axon64.linux.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.linux.CrossCompiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls have the numbers that the header of AArch64 gives them, and none is left out. */
class SystemCallTest {
  private static final Pattern DEFINITION = Pattern.compile("#define __NR_(\\w+) .*");
  private static final String INCLUDE = "#include <asm/unistd.h>\n";

  /** Names of the header that are not calls. */
  private static final Set<String> NO_CALLS = Set.of("syscalls", "arch_specific_syscall");

  @TempDir Path folder;

  @Test
  void numbersAndNamesAreThoseOfTheHeader() throws IOException, InterruptedException {
    List<String> names =
        CrossCompiler.run(folder, INCLUDE, "-E", "-dM")
            .lines()
            .map(DEFINITION::matcher)
            .filter(definition -> definition.matches() && !NO_CALLS.contains(definition.group(1)))
            .map(definition -> definition.group(1))
            .toList();
    String uses =
        names.stream().map(n -> "name " + n + " __NR_" + n).collect(Collectors.joining("\n"));
    long last = SystemCall.values()[SystemCall.values().length - 1].number();
    int compared = 0;
    for (String line :
        CrossCompiler.run(folder, INCLUDE + uses + "\n", "-E", "-P").lines().toList()) {
      String[] words = line.split(" ");
      if (words[0].equals("name") && Long.parseLong(words[2]) <= last) {
        assertEquals(words[1], String.valueOf(SystemCall.of(Long.parseLong(words[2]))));
        compared++;
      }
    }
    assertTrue(compared > 300, "compared " + compared);
  }

  @Test
  void otherNumbersAreNoCalls() {
    for (long number : new long[] {-1, 244, 259, 999, 1024, Long.MAX_VALUE}) {
      assertNull(SystemCall.of(number));
    }
  }

  @Test
  void formatsAreMadeOfKnownLetters() {
    for (SystemCall call : SystemCall.values()) {
      assertTrue(call.format().matches("[iflousx]{0,6}"), () -> call + " has " + call.format());
    }
  }
}
