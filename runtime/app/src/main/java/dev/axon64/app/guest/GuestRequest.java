package dev.axon64.app.guest;

import dev.axon64.linux.process.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A guest to run.
 *
 * @param program a file, or with a root a path in it; empty if the guest comes from elsewhere
 * @param arguments after the program's name
 * @param environment variables, as {@code NAME=VALUE}
 * @param folder the working folder, if it was named
 * @param root the folder that is / to the guest; without it the guest sees the program alone
 * @param sysroot the folder in which absolute paths are looked for first
 * @param writable whether the guest may change files in the root
 * @param hostNetwork whether its sockets of the Internet are the host's
 * @param stdin its standard input, if that is not this process's
 * @param limits what it may use
 */
public record GuestRequest(
    Optional<String> program,
    List<String> arguments,
    List<String> environment,
    Optional<String> folder,
    Optional<Path> root,
    Optional<Path> sysroot,
    boolean writable,
    boolean hostNetwork,
    Optional<Path> stdin,
    Limits limits) {
  public GuestRequest {
    arguments = List.copyOf(arguments);
    environment = List.copyOf(environment);
  }
}
