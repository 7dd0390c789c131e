package dev.axon64.machine.engine;

import dev.axon64.codegen.network.Network;
import dev.axon64.machine.translate.Translator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** One guest, its hot code translated to JVM methods. */
public final class TranslatedKind implements EngineKind {
  static final String NAME = "translated";

  private final RegionWatch watch;

  /** Nobody is told what becomes of hot code. */
  public TranslatedKind() {
    this(RegionWatch.NONE);
  }

  private TranslatedKind(RegionWatch watch) {
    this.watch = watch;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Engines.Policy> policies() {
    return List.of(Engines.Policy.PAGE);
  }

  @Override
  public boolean profiles() {
    return false;
  }

  @Override
  public boolean translates() {
    return true;
  }

  @Override
  public EngineKind watchedBy(RegionWatch told) {
    return new TranslatedKind(told);
  }

  @Override
  public Supplier<Engine> open(Network network, Engines.Policy policy, Profile profile) {
    return Engines.translated(
        Engines.dispatchers(network),
        Pace.PAYING,
        Background.THREAD,
        new Translator(),
        watch,
        profile);
  }

  /** One thread for all guests of this JVM, made when the first begins. */
  private static final class Background {
    static final Executor THREAD =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("translator").factory());

    private Background() {}
  }
}
