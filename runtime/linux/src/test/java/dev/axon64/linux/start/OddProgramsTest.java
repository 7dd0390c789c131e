package dev.axon64.linux.start;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.CrossCompiler;
import dev.axon64.linux.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs with nonsense in parts that a kernel does not read run, as they do on Linux. */
class OddProgramsTest {
  @TempDir Path folder;

  /** A segment aligned to 3; sections that are not there, or nonsense; a file that ends early. */
  @ParameterizedTest
  @ValueSource(strings = {"align3", "sh_beyond", "sh_garbage", "truncated"})
  void run(String name) throws IOException {
    Path program = folder.resolve(name);
    try (InputStream in = getClass().getResourceAsStream(name)) {
      Files.write(program, in.readAllBytes());
    }
    program.toFile().setExecutable(true);
    Guests guest = new Guests();
    guest.builder.program(program.toString());
    assertEquals(42, guest.run().status().shellCode());
  }

  /** Linux maps what a file does not have; who fetches an instruction from there gets a signal. */
  @Test
  void aProgramBehindItsFilesEndEndsByASignal() throws IOException {
    Path program = folder.resolve("behind");
    try (InputStream in = getClass().getResourceAsStream("align3")) {
      byte[] bytes = in.readAllBytes();
      int firstSegment = (int) ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).getLong(32);
      ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).putLong(firstSegment + 8, 0x400000);
      Files.write(program, bytes);
    }
    program.toFile().setExecutable(true);
    Guests guest = new Guests();
    guest.builder.program(program.toString());
    assertEquals(128 + 7, guest.run().status().shellCode());
  }

  /** Its first instruction would be its own header. */
  @Test
  void aLibraryIsNoProgram() throws Exception {
    Path library = folder.resolve("libx.so");
    CrossCompiler.run(
        folder,
        "int f(int a) { return a + 1; }",
        "-shared",
        "-fPIC",
        "-nostdlib",
        "-o",
        library.toString());
    Guests guest = new Guests();
    guest.builder.program(library.toString());
    assertEquals(
        library + ": is a library without a place to begin; name a program",
        assertThrows(InputException.class, guest::run).getMessage());
  }
}
