package dev.axon64.app.guest;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.text.Disassembler;
import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.LinuxMachine;
import dev.axon64.machine.engine.Engine;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Makes Linux machines whose standard streams are those of this process. */
public final class GuestMachine {
  private GuestMachine() {}

  /**
   * A machine that starts the guest's program.
   *
   * @param messages takes what the machine itself has to say
   * @throws InputException if no program was named, or standard input cannot be read
   */
  public static LinuxMachine.Builder starting(
      GuestRequest guest, Supplier<Engine> engines, PrintWriter messages) {
    String program =
        guest
            .program()
            .orElseThrow(
                () -> new InputException("PROGRAM", "is missing; name the program to run"));
    return without(guest, engines, messages)
        .program(program)
        .arguments(guest.arguments())
        .environment(guest.environment())
        .workingFolder(guest.folder().orElse("/"));
  }

  /**
   * A machine without a program, for a guest that comes from elsewhere.
   *
   * @param messages takes what the machine itself has to say
   * @throws InputException if standard input cannot be read
   */
  public static LinuxMachine.Builder without(
      GuestRequest guest, Supplier<Engine> engines, PrintWriter messages) {
    Disassembler[] text = new Disassembler[1];
    LinuxMachine.Builder builder =
        new LinuxMachine.Builder(engines)
            .writable(guest.writable())
            .hostNetwork(guest.hostNetwork())
            .limits(guest.limits())
            .stdin(input(guest))
            .stdout(new FileOutputStream(FileDescriptor.out))
            .stderr(new FileOutputStream(FileDescriptor.err))
            .messages(line -> messages.println("axon64: " + line))
            .disassembler(
                (word, address) -> {
                  if (text[0] == null) {
                    text[0] = new Disassembler(InstructionSpec.a64());
                  }
                  return text[0].text(word, address);
                });
    builder.terminals(
        guest.stdin().isEmpty() && Terminals.STDIN.isTerminal(),
        Terminals.STDOUT.isTerminal(),
        Terminals.STDERR.isTerminal());
    Terminals.first().ifPresent(at -> builder.hostTerminal(at.host()));
    builder.closed(
        guest.stdin().isEmpty() && Terminals.STDIN.isClosed(),
        Terminals.STDOUT.isClosed(),
        Terminals.STDERR.isClosed());
    guest.root().ifPresent(builder::root);
    guest.sysroot().ifPresent(builder::sysroot);
    return builder;
  }

  private static InputStream input(GuestRequest guest) {
    if (guest.stdin().isEmpty()) {
      return new FileInputStream(FileDescriptor.in);
    }
    Path file = guest.stdin().get();
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new InputException("--stdin " + file, "cannot be read", e);
    }
  }
}
