package dev.axon64.codegen;

import dev.axon64.codegen.emit.SourceFiles;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.dispatch.DispatchInput;
import dev.axon64.codegen.emit.dispatch.java.JavaNames;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.SourceVersion;

/**
 * Writes the sources of a network's dispatcher. Output depends on spec and weights alone; a file
 * that is up to date is left untouched, so that a build sees no change.
 */
public final class Generator {
  /** The options of {@link #main}, with what each takes. */
  static final String USAGE =
      "Generator (--model NAME | --spec NAME|FILE --weights FILE) [--java DIR] [--metal DIR]"
          + " [--opencl DIR] [--package P] [--class C] [--implements INTERFACE] [--strict]";

  private static final List<String> OPTIONS =
      List.of(
          "--model",
          "--spec",
          "--weights",
          "--java",
          "--metal",
          "--opencl",
          "--package",
          "--class",
          "--implements");

  private Generator() {}

  /**
   * What is written, and where.
   *
   * @param folders where each {@linkplain DispatchBackend backend} that is named writes
   * @param packageName of the Java class; may be empty
   * @param className of the Java class; by default after the model
   * @param implemented fully qualified name of an interface the class provides
   * @param strict keep the published order even where the arithmetic is exact
   */
  public record Request(
      Map<String, Path> folders,
      String packageName,
      Optional<String> className,
      Optional<String> implemented,
      boolean strict) {}

  /**
   * Generates.
   *
   * @return the files, written or found up to date, in order
   * @throws InputException if a name is no Java name, or a file cannot be written
   */
  public static List<Path> run(Network network, Request request) {
    ForwardPlan plan = request.strict ? Lowering.strict(network) : Lowering.lower(network);
    DispatchInput input = input(plan, request);
    List<Path> written = new ArrayList<>();
    request.folders.forEach(
        (backend, folder) ->
            written.addAll(
                SourceFiles.write(folder, DispatchBackend.named(backend).generate(input))));
    return written;
  }

  /**
   * Generates what executes whole guests of the shipped instruction spec, dispatcher included.
   *
   * @param folders where each {@linkplain InstructionBackend backend} that is named writes
   * @param strict keep the published order even where the arithmetic is exact
   * @return the files, written or found up to date, in order
   * @throws InputException if a backend is not there, or a file cannot be written
   */
  public static List<Path> guests(
      Network network, Map<String, Path> folders, String packageName, boolean strict) {
    KernelPlan plan = KernelPlan.of(network.spec(), InstructionSpec.a64());
    ForwardPlan lowered = strict ? Lowering.strict(network) : Lowering.lower(network);
    BackendInput input = new BackendInput(plan, List.of(), Optional.of(lowered), packageName);
    List<Path> written = new ArrayList<>();
    folders.forEach(
        (backend, folder) ->
            written.addAll(
                SourceFiles.write(folder, InstructionBackend.named(backend).generate(input))));
    return written;
  }

  private static DispatchInput input(ForwardPlan plan, Request request) {
    String model = plan.spec().name();
    String name = request.className.orElse(JavaNames.classNameFor(model));
    if (!request.packageName.isEmpty() && !SourceVersion.isName(request.packageName)) {
      throw new InputException(
          "--package " + request.packageName,
          "is no Java package; write it as com.example.dispatch");
    }
    if (!SourceVersion.isIdentifier(name) || SourceVersion.isKeyword(name)) {
      throw new InputException("--class " + name, "is no Java class name");
    }
    return new DispatchInput(
        plan, model, request.packageName, Optional.of(name), request.implemented);
  }

  /**
   * Runs in builds as {@link #USAGE} says, and prints what it wrote.
   *
   * @throws GenerationFailure on unusable input
   */
  public static void main(String[] arguments) {
    try {
      Map<String, String> options = parse(arguments);
      Optional<Path> weights = Optional.ofNullable(options.get("--weights")).map(Path::of);
      Network network =
          Models.select(options.get("--model"), options.get("--spec"), weights.orElse(null));
      Request request =
          new Request(
              folders(options),
              options.getOrDefault("--package", ""),
              Optional.ofNullable(options.get("--class")),
              Optional.ofNullable(options.get("--implements")),
              options.containsKey("--strict"));
      run(network, request).forEach(file -> System.out.println("generated " + file));
    } catch (InputException e) {
      throw new GenerationFailure(e);
    }
  }

  private static Map<String, Path> folders(Map<String, String> options) {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (String backend : List.of("java", "metal", "opencl")) {
      String folder = options.get("--" + backend);
      if (folder != null) {
        folders.put(backend, Path.of(folder));
      }
    }
    if (folders.isEmpty()) {
      throw new InputException(
          "arguments", "nothing to write; give --java DIR, --metal DIR or --opencl DIR");
    }
    return folders;
  }

  private static Map<String, String> parse(String[] arguments) {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String option = arguments[i];
      if (option.equals("--strict")) {
        options.put(option, "");
      } else if (OPTIONS.contains(option) && i + 1 < arguments.length) {
        options.put(option, arguments[++i]);
      } else {
        throw new InputException(option, "is unknown or lacks its value; usage: " + USAGE);
      }
    }
    return options;
  }
}
