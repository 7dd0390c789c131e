package dev.axon64.bench.cli;

import dev.axon64.bench.gpu.DeviceRun;
import dev.axon64.bench.gpu.GuestLoad;
import dev.axon64.codegen.network.Models;
import dev.axon64.codegen.support.InputException;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.Devices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 bench gpu}: every device, beside lanes and generated Java. */
@Command(
    name = "gpu",
    mixinStandardHelpOptions = true,
    description = "Measure dispatch and guests on each device, beside generated Java and lanes.",
    footer = {
      "",
      "Guests work on from round to round: all execute the same number of instructions in each,"
          + " at once on a device, 64 for each core in lanes. The executor executes a hundredth.",
      "Example: axon64 bench gpu --guests 128,1024 --rounds 3"
    })
public final class GpuBenchCommand implements Callable<Integer> {
  private static final double MILLION = 1e6;

  /** The executor is so much slower. */
  private static final int LESS = 100;

  @Option(
      names = "--guests",
      paramLabel = "N",
      split = ",",
      description = "Measure so many guests at once: 128, 1024 or 16384. Default: all.")
  private List<Integer> guests = List.of(128, 1024, 16_384);

  @Option(
      names = "--instructions",
      paramLabel = "N",
      description =
          "Let all guests execute N million instructions in a round. Default: ${DEFAULT-VALUE}.")
  private long instructions = 256;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Take medians of N rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Mixin private ReportOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Effort.checked(rounds);
    List<GuestLoad> loads =
        GuestLoad.ALL.stream().filter(load -> guests.contains(load.guests())).toList();
    if (loads.isEmpty() || instructions < 1) {
      throw new InputException(
          loads.isEmpty() ? "--guests " + guests : "--instructions " + instructions,
          loads.isEmpty() ? "is none of 128, 1024 and 16384" : "is less than 1");
    }
    Host host = Host.here();
    DeviceRun run = new DeviceRun(Models.shipped("a64"), rounds);
    List<DeviceInfo> devices = Devices.all();
    RoundProgress progress = new RoundProgress(spec.commandLine().getErr(), 1, devices.size() + 1);
    progress.next(1, 1, "generated Java, lanes");
    List<GpuTable.Row> rows = new ArrayList<>();
    rows.add(
        row(
            "generated Java; lanes",
            run.dispatchByJava(),
            loads,
            load -> run.guestsByLanes(load, each(load, 1))));
    for (DeviceInfo device : devices) {
      progress.next(1, rows.size() + 1, device.name());
      int less = device.kind() == DeviceInfo.Kind.EXECUTOR ? LESS : 1;
      rows.add(
          row(
              device.name(),
              run.dispatch(device),
              loads,
              load -> run.guests(device, load, each(load, less))));
    }
    List<String> columns = loads.stream().map(GuestLoad::label).toList();
    output.write(new GpuTable(host, rounds, columns, rows), spec);
    return 0;
  }

  private long each(GuestLoad load, int less) {
    return Math.max(1, (long) (instructions * MILLION) / load.guests() / less);
  }

  private static GpuTable.Row row(
      String name, double words, List<GuestLoad> loads, ToDoubleFunction<GuestLoad> mips) {
    Map<String, Double> guests = new LinkedHashMap<>();
    for (GuestLoad load : loads) {
      guests.put(load.label(), mips.applyAsDouble(load) / MILLION);
    }
    return new GpuTable.Row(name, words / MILLION, guests);
  }
}
