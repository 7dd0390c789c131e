package dev.axon64.metal.guest;

import dev.axon64.codegen.network.Network;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.EngineKind;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.Profile;
import dev.axon64.machine.engine.StagedPages;
import dev.axon64.machine.memory.NoPrefetch;
import java.util.List;
import java.util.function.Supplier;

/** The generated shader on the JVM, the network within it. */
public final class MetalKind implements EngineKind {
  private final StagedPages pages;

  /** Copies what a guest stops for. */
  public MetalKind() {
    this(new StagedPages(new NoPrefetch()));
  }

  private MetalKind(StagedPages pages) {
    this.pages = pages;
  }

  @Override
  public String name() {
    return "executor";
  }

  /** Its name before there were hosts for real devices. */
  @Override
  public List<String> aliases() {
    return List.of("metal");
  }

  @Override
  public List<Engines.Policy> policies() {
    return List.of(Engines.Policy.EACH);
  }

  /** Those that the shader can look up. */
  @Override
  public int addressBits() {
    return 48;
  }

  @Override
  public boolean profiles() {
    return false;
  }

  @Override
  public boolean stages() {
    return true;
  }

  @Override
  public EngineKind with(StagedPages guesses) {
    return new MetalKind(guesses);
  }

  @Override
  public Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile) {
    GuestShader shader = GuestShader.compile(network);
    Staging staging = new Staging(pages);
    return () -> new MetalGuestEngine(shader, staging);
  }
}
