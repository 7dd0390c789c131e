package dev.axon64.app.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EngineOptionsTest {
  private static String engine(boolean single, String... arguments) {
    EngineOptions options = new EngineOptions();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return options.choice(single).kind().name();
  }

  @Test
  void translatesUnlessSingleInstructionsMatter() {
    assertEquals("translated", engine(false));
    assertEquals("translated", engine(false, "--dispatch", "page"));
    assertEquals("scalar", engine(false, "--dispatch", "each"));
    assertEquals("scalar", engine(true));
  }

  @Test
  void theEngineThatIsNamedIsTaken() {
    assertEquals("translated", engine(true, "--engine", "translated"));
    assertEquals("scalar", engine(false, "--engine", "scalar"));
    assertEquals("metal", engine(false, "--engine", "metal", "--dispatch", "each"));
  }
}
