package dev.axon64.metal.msl;

import java.util.List;

/**
 * A checked shader source.
 *
 * @param functions all functions with bodies, instances of templates included
 * @param constants file-scope constants that need memory
 * @param shared threadgroup variables
 */
public record ShaderUnit(
    String file, List<Function> functions, List<Var> constants, List<Var> shared) {
  /** Parses and checks {@code source}; throws InputException naming line and column. */
  public static ShaderUnit parse(String source, String file) {
    return new UnitParser(Preprocessor.process(source, file), file).unit();
  }
}
