package dev.axon64.app.devices;

import dev.axon64.app.options.TextOrJson;
import dev.axon64.app.report.Json;
import dev.axon64.metal.device.DeviceApi;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.Devices;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code axon64 devices}: lists what {@code --engine gpu} can run on. */
@Command(
    name = "devices",
    mixinStandardHelpOptions = true,
    description = "List the devices that generated shaders can run on, the preferred one first.",
    footer = {"", "Use one with --engine gpu:NAME, where NAME is a part of its name."})
public final class DevicesCommand implements Callable<Integer> {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Write text or json. Default: text.")
  private TextOrJson format = TextOrJson.TEXT;

  @Spec private CommandSpec spec;

  /** A device in JSON. */
  private record Row(
      String name, String kind, String api, String driver, long memory, long largestBuffer) {
    static Row of(DeviceInfo info) {
      return new Row(
          info.name(), kindOf(info), info.api(), info.driver(), info.memory(), info.largest());
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<DeviceInfo> all = Devices.all();
    if (format == TextOrJson.JSON) {
      out.println(Json.text(all.stream().map(Row::of).toList()));
      return 0;
    }
    for (DeviceInfo info : all) {
      out.printf("%s%n", info.name());
      out.printf(
          "  %s through %s, %,d MiB, buffers up to %,d MiB; %s%n",
          kindOf(info), info.api(), info.memory() >> 20, info.largest() >> 20, info.driver());
    }
    for (DeviceApi api : Devices.apis()) {
      if (api.devices().isEmpty()) {
        out.printf("no device through %s: %s%n", api.name(), api.absence());
      }
    }
    return 0;
  }

  private static String kindOf(DeviceInfo info) {
    return switch (info.kind()) {
      case GPU, CPU -> info.kind().name();
      case OTHER, EXECUTOR -> info.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
