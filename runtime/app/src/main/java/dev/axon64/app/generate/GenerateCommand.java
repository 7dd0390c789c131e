package dev.axon64.app.generate;

import dev.axon64.app.options.ModelOptions;
import dev.axon64.codegen.Generator;
import dev.axon64.codegen.emit.SourceFile;
import dev.axon64.codegen.emit.SourceFiles;
import dev.axon64.codegen.emit.isa.BackendInput;
import dev.axon64.codegen.emit.isa.KernelPlan;
import dev.axon64.codegen.emit.isa.metal.MetalKernelBackend;
import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.network.ForwardPlan;
import dev.axon64.codegen.network.Lowering;
import dev.axon64.codegen.network.Network;
import dev.axon64.codegen.support.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    description = "Write a network's Java (Vector API) and Metal sources.",
    footer = {
      "",
      "Example: axon64 generate --model a64 --java src --metal shaders --package com.example",
      "For build-time generation see 'Use it in your build' in the README."
    })
public final class GenerateCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;

  @Option(
      names = "--java",
      paramLabel = "DIR",
      description = "Write Java sources to this root folder.")
  private Optional<Path> java;

  @Option(names = "--metal", paramLabel = "DIR", description = "Write shaders to this folder.")
  private Optional<Path> metal;

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
      description = "Also write the shader that runs whole guests, MODEL_guest.metal, to --metal.")
  private boolean kernels;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (kernels && metal.isEmpty()) {
      throw new InputException("--kernels", "writes a shader; give --metal DIR for it");
    }
    Generator.Request request =
        new Generator.Request(java, metal, packageName, className, implemented, strict);
    Network network = model.choice().network();
    List<Path> files = new ArrayList<>(Generator.run(network, request));
    if (kernels) {
      files.addAll(SourceFiles.write(metal.orElseThrow(), List.of(guestShader(network))));
    }
    files.forEach(file -> spec.commandLine().getOut().println("generated " + file));
    return 0;
  }

  private SourceFile guestShader(Network network) {
    KernelPlan plan = KernelPlan.of(network.spec(), InstructionSpec.a64());
    ForwardPlan lowered = strict ? Lowering.strict(network) : Lowering.lower(network);
    return new MetalKernelBackend().generate(new BackendInput(plan, lowered)).getFirst();
  }
}
