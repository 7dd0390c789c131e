package dev.axon64.codegen.emit.dispatch.java;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.axon64.codegen.emit.SourceFile;
import java.util.Optional;

/**
 * The names of a generated class.
 *
 * @param packageName may be empty
 * @param className a Java identifier
 * @param implemented interface whose methods the class provides, by its fully qualified name
 */
public record JavaNames(String packageName, String className, Optional<String> implemented) {
  static final ClassName FLOAT_VECTOR = ClassName.get("jdk.incubator.vector", "FloatVector");
  static final ClassName INT_VECTOR = ClassName.get("jdk.incubator.vector", "IntVector");
  static final ClassName SHORT_VECTOR = ClassName.get("jdk.incubator.vector", "ShortVector");
  static final ClassName VECTOR_SPECIES = ClassName.get("jdk.incubator.vector", "VectorSpecies");
  static final ClassName VECTOR_SHAPE = ClassName.get("jdk.incubator.vector", "VectorShape");
  static final ClassName VECTOR_MASK = ClassName.get("jdk.incubator.vector", "VectorMask");
  static final ClassName OPERATORS = ClassName.get("jdk.incubator.vector", "VectorOperators");

  /** Names a class that implements no interface. */
  public JavaNames(String packageName, String className) {
    this(packageName, className, Optional.empty());
  }

  /** {@code a64} becomes {@code A64Dispatcher}. */
  public static String classNameFor(String model) {
    StringBuilder name = new StringBuilder();
    for (String part : model.split("[^A-Za-z0-9]+")) {
      if (!part.isEmpty()) {
        name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return name.append("Dispatcher").toString();
  }

  /** The class as a file in its package's folder. */
  public SourceFile file(TypeSpec type) {
    String text =
        JavaFile.builder(packageName, type)
            .skipJavaLangImports(true)
            .indent("  ")
            .build()
            .toString();
    String folder = packageName.replace('.', '/');
    String path = (folder.isEmpty() ? "" : folder + "/") + className + ".java";
    return new SourceFile(path, text);
  }
}
