package dev.axon64.app;

import java.util.concurrent.Callable;

/**
 * A command that another module adds to those of this one, as a {@link java.util.ServiceLoader}
 * service. The class carries picocli's {@code @Command}; what it returns is the exit status.
 */
public interface Tool extends Callable<Integer> {}
