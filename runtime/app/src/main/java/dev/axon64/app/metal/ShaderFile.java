package dev.axon64.app.metal;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.exec.MetalProgram;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads and compiles shader files. */
final class ShaderFile {
  private static final long MOST_BYTES = 16 << 20;

  private ShaderFile() {}

  static MetalProgram compile(Path file) {
    byte[] bytes = AtomicFiles.read(file, MOST_BYTES);
    try {
      String source = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return MetalProgram.compile(source, file.toString());
    } catch (CharacterCodingException e) {
      throw new InputException(file.toString(), "not UTF-8 text", e);
    }
  }
}
