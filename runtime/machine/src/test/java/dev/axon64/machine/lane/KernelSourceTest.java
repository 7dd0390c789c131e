package dev.axon64.machine.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.KernelGenerator;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.network.spec.DispatchSpecParser;
import dev.axon64.machine.kernel.Kernels;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The generated kernels as sources and as class files. */
class KernelSourceTest {
  /** The JVM compiles no method that is longer. */
  private static final int MOST_BYTECODES = 8000;

  private static final String PACKAGE = Kernels.class.getPackageName();

  /** Where another generator writes. */
  private static final String DISPATCHERS = "dev/axon64/machine/dispatch/";

  private static final Path ROOT = Path.of(System.getProperty("axon64.root"));

  /**
   * What is generated here is what the build generated, in another JVM: hash orders that differ
   * from run to run would show, and so would kernels that are older than their spec.
   */
  @Test
  void generatesWhatTheBuildGenerated() throws IOException {
    Path built = ROOT.resolve("runtime/machine/target/generated-sources/axon64");
    List<SourceFile> now = generate();
    for (SourceFile file : now) {
      String before = Files.readString(built.resolve(file.path()));
      // Not assertEquals, which would print both.
      assertTrue(
          before.equals(file.text()),
          () ->
              file.path()
                  + " differs; run mvn -pl runtime/machine -am generate-sources if it is stale");
    }
    List<String> names = new ArrayList<>(now.stream().map(SourceFile::path).sorted().toList());
    try (Stream<Path> all = Files.walk(built)) {
      List<String> found =
          all.filter(Files::isRegularFile)
              .map(path -> built.relativize(path).toString())
              .filter(path -> !path.startsWith(DISPATCHERS))
              .sorted()
              .toList();
      assertEquals(names, found, "files that nothing generates any more; run mvn clean");
    }
  }

  private static List<SourceFile> generate() {
    return KernelGenerator.files(
        DispatchSpecParser.parse(ROOT.resolve("weights/models/a64.spec")),
        DispatchSpecParser.parse(ROOT.resolve("weights/models/kvrm7.spec")),
        InstructionSpec.a64(),
        PACKAGE);
  }

  @Test
  void theJvmCanCompileEveryMethod() throws IOException, URISyntaxException {
    Map<String, Integer> sizes = new TreeMap<>();
    Path classes =
        Path.of(Kernels.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> all = Files.list(classes.resolve(PACKAGE.replace('.', '/')))) {
      for (Path file : all.filter(path -> path.toString().endsWith(".class")).toList()) {
        for (MethodModel method : ClassFile.of().parse(file).methods()) {
          String name = file.getFileName() + " " + method.methodName().stringValue();
          int size = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
          sizes.merge(name, size, Math::max);
        }
      }
    }
    assertTrue(sizes.size() > 3000, "only " + sizes.size() + " methods found");
    Map.Entry<String, Integer> largest =
        sizes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    System.out.printf("largest of %d methods: %s%n", sizes.size(), largest);
    sizes.values().removeIf(size -> size < MOST_BYTECODES);
    assertEquals(Map.of(), sizes, "methods that the JVM would never compile");
  }
}
