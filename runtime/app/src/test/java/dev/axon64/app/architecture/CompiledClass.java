package dev.axon64.app.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A class file, and what it refers to.
 *
 * @param name of the class, with dots
 * @param uses names of classes that it refers to or that stand in descriptors
 * @param texts its string constants
 * @param isCommand whether it carries picocli's annotations
 * @param isMain whether a process can start with it
 */
record CompiledClass(
    String name, Set<String> uses, Set<String> texts, boolean isCommand, boolean isMain) {
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$-]+);");
  private static final String PICOCLI = "Lpicocli/CommandLine$";

  /** All below some folders. */
  static List<CompiledClass> in(List<Path> folders) {
    return folders.stream().flatMap(CompiledClass::in).toList();
  }

  private static Stream<CompiledClass> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList().stream()
          .map(CompiledClass::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompiledClass read(Path file) {
    try {
      return of(ClassFile.of().parse(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompiledClass of(ClassModel model) {
    Set<String> uses = new TreeSet<>();
    Set<String> texts = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry of -> add(uses, of.asSymbol().descriptorString());
        case NameAndTypeEntry of -> add(uses, of.type().stringValue());
        case MethodTypeEntry of -> add(uses, of.descriptor().stringValue());
        case StringEntry of -> texts.add(of.stringValue());
        default -> {}
      }
    }
    model.fields().forEach(field -> add(uses, field.fieldType().stringValue()));
    model.methods().forEach(method -> add(uses, method.methodType().stringValue()));
    String name = model.thisClass().asInternalName().replace('/', '.');
    return new CompiledClass(name, uses, texts, isCommand(model), isMain(model));
  }

  private static void add(Set<String> names, String descriptor) {
    Matcher matcher = IN_DESCRIPTOR.matcher(descriptor);
    while (matcher.find()) {
      names.add(matcher.group(1).replace('/', '.'));
    }
  }

  private static boolean isCommand(ClassModel model) {
    return Stream.concat(
            model.findAttribute(Attributes.runtimeVisibleAnnotations()).stream(),
            model.fields().stream()
                .map((FieldModel f) -> f.findAttribute(Attributes.runtimeVisibleAnnotations()))
                .flatMap(found -> found.stream()))
        .flatMap(attribute -> attribute.annotations().stream())
        .anyMatch(annotation -> annotation.className().stringValue().startsWith(PICOCLI));
  }

  private static boolean isMain(ClassModel model) {
    return model.methods().stream()
        .map(MethodModel::methodName)
        .anyMatch(method -> method.equalsString("main"));
  }

  /** The package that a class is in. */
  static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }
}
