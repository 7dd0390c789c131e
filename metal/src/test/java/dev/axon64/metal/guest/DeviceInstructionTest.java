package dev.axon64.metal.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.isa.InstructionSpec;
import dev.axon64.codegen.isa.model.Instruction;
import dev.axon64.codegen.network.Models;
import dev.axon64.machine.dispatch.ShippedDispatcher;
import dev.axon64.machine.engine.EachEngine;
import dev.axon64.machine.engine.Engine;
import dev.axon64.machine.engine.Stop;
import dev.axon64.metal.device.RealDevice;
import dev.axon64.metal.grid.GuestDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * For every copy of every instruction, random words in random states: the scalar kernels and the
 * shader on a device agree on all registers, memory and why the guest stopped. One state for a
 * third of the copies, which differ from run to run, and 64 for each in a campaign.
 */
class DeviceInstructionTest {
  private static final boolean CAMPAIGN = Boolean.getBoolean("axon64.campaign");
  private static final int STATES = CAMPAIGN ? 64 : 1;

  /** One in so many copies is looked at. */
  private static final int SHARE = CAMPAIGN ? 1 : 3;

  private static final long SEED = Long.getLong("axon64.seed", System.nanoTime());
  private static final int AT_ONCE = 512;

  private final Engine scalar = new EachEngine(ShippedDispatcher.A64.dispatcher());
  private final SplittableRandom seeds = new SplittableRandom(SEED);
  private final List<String> differences = new ArrayList<>();
  private int faults;

  /** The same guest for both, and what becomes of the device's. */
  private record Pair(
      Instruction instruction, int word, RandomGuest ours, RandomGuest theirs, Engine engine) {}

  @Test
  void everyInstructionActsAsTheScalarKernels() throws Exception {
    List<Instruction> all =
        InstructionSpec.a64().instructions().stream()
            .filter(copy -> seeds.nextInt(SHARE) == 0)
            .toList();
    try (GuestDevice device = GuestDevice.open(RealDevice.assumed().open(), Models.shipped("a64"));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Pair> pairs = pairs(device);
      List<Instruction> some = new ArrayList<>();
      for (Instruction instruction : all) {
        for (int i = 0; i < STATES; i++) {
          some.add(instruction);
        }
        if (some.size() >= AT_ONCE) {
          compare(some, pairs, threads);
          some.clear();
        }
      }
      compare(some, pairs, threads);
      System.out.printf(
          "on the device: %,d copies, %d states each, %,d launches, -Daxon64.seed=%d%n",
          all.size(), STATES, device.launches(), SEED);
    }
    assertEquals(List.of(), differences.stream().limit(20).toList());
    assertTrue(faults < all.size() * STATES / 2, "most complete their instruction");
  }

  private static List<Pair> pairs(GuestDevice device) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < AT_ONCE + 64; i++) {
      pairs.add(new Pair(null, 0, new RandomGuest(), new RandomGuest(), device.session().engine()));
    }
    return pairs;
  }

  private void compare(List<Instruction> some, List<Pair> pairs, ExecutorService threads)
      throws Exception {
    List<Pair> running = new ArrayList<>();
    List<Future<Stop>> stops = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      Pair free = pairs.get(i);
      long seed = seeds.nextLong();
      int word = free.ours.prepare(some.get(i), seed);
      free.theirs.prepare(some.get(i), seed);
      Pair pair = new Pair(some.get(i), word, free.ours, free.theirs, free.engine);
      running.add(pair);
      stops.add(threads.submit(() -> pair.engine.run(pair.theirs.cpu(), 1)));
    }
    for (int i = 0; i < running.size(); i++) {
      Pair pair = running.get(i);
      Stop expected = scalar.run(pair.ours.cpu(), 1);
      Stop stop = stops.get(i).get();
      faults += expected instanceof Stop.Budget ? 0 : 1;
      String difference =
          GuestComparison.of(pair.ours.cpu(), expected, pair.theirs.cpu(), stop)
              + GuestComparison.memory(pair.ours.data(), pair.theirs.data());
      if (!difference.isEmpty() || scalar.executed() != pair.engine.executed()) {
        differences.add(
            "%s %08x scalar / device:%s".formatted(pair.instruction.name(), pair.word, difference));
      }
    }
  }
}
