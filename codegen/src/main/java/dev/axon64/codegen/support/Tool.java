package dev.axon64.codegen.support;

/**
 * A subcommand of the {@code axon64} launcher. Modules offer theirs through {@link
 * java.util.ServiceLoader}; the implementing class carries picocli's {@code @Command}, implements
 * {@link java.util.concurrent.Callable} and returns its exit status. This interface has no methods
 * so that {@code codegen} need not see the command-line library.
 */
public interface Tool {}
