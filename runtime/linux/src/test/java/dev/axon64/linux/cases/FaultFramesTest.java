package dev.axon64.linux.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Engines;
import dev.axon64.machine.engine.OneLaneEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every engine tells the same of faults, and what arch/arm64 of Linux tells. */
class FaultFramesTest {
  private static final List<Supplier<Engine>> ENGINES =
      List.of(
          Engines.of(Engines.Policy.PAGE, ShippedDispatcher.A64::dispatcher, null),
          Engines.of(Engines.Policy.EACH, ShippedDispatcher.A64::dispatcher, null),
          Engines.translated(ShippedDispatcher.A64::dispatcher, 20, Runnable::run),
          () -> new OneLaneEngine(ShippedDispatcher.A64::dispatcher, null));

  @TempDir Path folder;

  @Test
  void framesTellTheAddressAndTheSyndrome() throws IOException, InterruptedException {
    KernelCase program = KernelCase.compileForTheGuest(folder, "fault-frames");
    for (Supplier<Engine> engines : ENGINES) {
      assertEquals(
          """
          read: signal 11 code 1 address 00:data+8197 fault 00:data+8197 esr 92000007
          write: signal 11 code 1 address 00:data+8198 fault 00:data+8198 esr 92000047
          write to what is only read: signal 11 code 2 address 00:data+4103 fault 00:data+4103 esr 9200004f
          tagged read of what is there: no fault
          tagged read: signal 11 code 1 address 00:data+8192 fault 00:data+8192 esr 92000007
          tagged write: signal 11 code 2 address 00:data+4096 fault 00:data+4096 esr 9200004f
          read: signal 11 code 1 address 00:data+8197 fault 00:data+8197 esr 92000007
          write: signal 11 code 1 address 00:data+8198 fault 00:data+8198 esr 92000047
          write to what is only read: signal 11 code 2 address 00:data+4103 fault 00:data+4103 esr 9200004f
          tagged read of what is there: no fault
          tagged read: signal 11 code 1 address 5a:data+8192 fault 00:data+8192 esr 92000007
          tagged write: signal 11 code 2 address ff:data+4096 fault 00:data+4096 esr 9200004f
          no user's address: signal 11 code 1 address 1000000000000 fault 1000000000000 esr 92000004
          load of two halves: signal 7 code 1 address 00:data+1 fault 00:data+1 esr 92000021
          store of two halves: signal 7 code 1 address 00:data+12 fault 00:data+12 esr 92000061
          the kernel's address: signal 11 code 1 address ffff800000001000 fault ffff800000001000 esr 92000004
          the kernel's address written: signal 11 code 1 address ffff800000001000 fault ffff800000001000 esr 92000044
          call of the kernel's address: signal 11 code 1 address ffff800000001000 fault ffff800000001000 esr 82000004
          call of data: signal 11 code 2 address 00:data+0 fault 00:data+0 esr 8200000f
          call of nothing: signal 11 code 1 address 00:data+8484 fault 00:data+8484 esr 82000007
          call of an odd address: signal 7 code 1 address 00:data+2 fault 0 esr 8a000000
          undefined: signal 4 code 1 address PC fault 0 esr 0
          break: signal 5 code 1 address PC fault 0 esr 0
          write of tagged -1 14
          allowed 0
          unknown bits -1 22
          allow 0 allowed 1
          write of tagged 4 0
          range 0 0
          status 0"""
              .replaceAll("PC", "x"),
          program
              .here(engines, false)
              .replaceAll("(undefined|break)(.*) address [0-9a-f]+", "$1$2 address x"));
    }
  }

  @Test
  void faultsOfFetchesAreWhereTheKernelHasThem() throws IOException, InterruptedException {
    KernelCase program = KernelCase.compile(folder, "fetch-faults");
    String expected = program.onTheHost();
    for (Supplier<Engine> engines : ENGINES) {
      assertEquals(expected, program.here(engines, false));
    }
  }
}
