package dev.axon64.app.generate;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.Generator;
import dev.axon64.codegen.emit.dispatch.DispatchBackend;
import dev.axon64.codegen.emit.isa.InstructionBackend;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 generate}: sources of a network's dispatcher, for the user's own project. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description =
        "Write a network's sources: Java (Vector API), Metal, OpenCL C, or what other backends"
            + " know.",
    footer = {
      "",
      "Example: axon64 generate --model a64 --java src --metal shaders --package com.example",
      "For generation in your own build, see docs/dispatch.md."
    })
public final class GenerateCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;

  @Option(
      names = "--java",
      paramLabel = "DIR",
      description = "Write Java sources to this root folder. Short for --to java=DIR.")
  private Optional<Path> java;

  @Option(
      names = "--metal",
      paramLabel = "DIR",
      description = "Write shaders to this folder. Short for --to metal=DIR.")
  private Optional<Path> metal;

  @Option(
      names = "--opencl",
      paramLabel = "DIR",
      description = "Write shaders in OpenCL C to this folder. Short for --to opencl=DIR.")
  private Optional<Path> opencl;

  @Option(
      names = "--to",
      paramLabel = "BACKEND=DIR",
      description = "Write the network with this backend to this folder. Repeatable.")
  private Map<String, Path> to = new LinkedHashMap<>();

  @Option(
      names = "--kernels-to",
      paramLabel = "BACKEND=DIR",
      description =
          "Write the kernels of whole guests with this backend to this folder. Repeatable.")
  private Map<String, Path> kernelsTo = new LinkedHashMap<>();

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "Put the Java class into this package. Default: the unnamed one.")
  private String packageName = "";

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Give the Java class this name. Default: A64Dispatcher for the model a64.")
  private Optional<String> className;

  @Option(
      names = "--implements",
      paramLabel = "NAME",
      description =
          "Let the class implement this interface, named in full, which has its public methods.")
  private Optional<String> implemented;

  @Option(
      names = "--strict",
      description = "Keep the published order of sums even where any order is exact.")
  private boolean strict;

  @Option(
      names = "--kernels",
      description =
          "Also write the shader that runs whole guests, MODEL_guest.metal, to --metal, and"
              + " MODEL_guest.cl to --opencl. Short for --kernels-to metal=DIR.")
  private boolean kernels;

  @Option(names = "--list", description = "List the backends, and write nothing.")
  private boolean list;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      list(out);
      return 0;
    }
    if (kernels && metal.isEmpty() && opencl.isEmpty()) {
      throw new InputException(
          "--kernels", "writes a shader; give --metal DIR or --opencl DIR for it");
    }
    Map<String, Path> networks = with(to, "java", java);
    networks = with(with(networks, "metal", metal), "opencl", opencl);
    Map<String, Path> guests = kernelsTo;
    if (kernels) {
      guests = with(with(guests, "metal", metal), "opencl", opencl);
    }
    if (networks.isEmpty() && guests.isEmpty()) {
      throw new InputException(
          "generate",
          "nothing to write; give --java DIR, --metal DIR, --opencl DIR or --to BACKEND=DIR");
    }
    networks.keySet().forEach(DispatchBackend::named); // refuses a name before anything is written
    guests.keySet().forEach(InstructionBackend::named);
    Network network = model.choice().network();
    Generator.Request request =
        new Generator.Request(networks, packageName, className, implemented, strict);
    List<Path> files = new ArrayList<>(Generator.run(network, request));
    if (!guests.isEmpty()) {
      files.addAll(Generator.guests(network, guests, packageName, strict));
    }
    files.forEach(file -> out.println("generated " + file));
    return 0;
  }

  private static Map<String, Path> with(
      Map<String, Path> folders, String backend, Optional<Path> folder) {
    Map<String, Path> more = new LinkedHashMap<>(folders);
    folder.ifPresent(path -> more.put(backend, path));
    return more;
  }

  private static void list(PrintWriter out) {
    out.println("networks, for --to:");
    DispatchBackend.all().forEach(one -> row(out, one.name(), one.description()));
    out.println("kernels of whole guests, for --kernels-to:");
    InstructionBackend.all().forEach(one -> row(out, one.name(), one.description()));
  }

  private static void row(PrintWriter out, String name, String description) {
    out.printf("  %-8s %s%n", name, description);
  }
}
