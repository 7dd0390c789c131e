package dev.axon64.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.bench.gpu.DeviceRun;
import dev.axon64.bench.gpu.GuestLoad;
import dev.axon64.codegen.network.Models;
import dev.axon64.metal.device.DeviceInfo;
import dev.axon64.metal.device.Devices;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpuTableTest {
  private static final Host HOST = new Host("Linux amd64", 2, 512, "VM 25", 0.5);

  @Test
  void lacksWhatWasNotMeasured() {
    GpuTable table =
        new GpuTable(
            HOST,
            3,
            List.of("128 guests alike", "128 guests unlike"),
            List.of(new GpuTable.Row("a device", 1234.5, Map.of("128 guests alike", 12.34))));
    String row = table.text().lines().toList().getLast();
    assertEquals("a device 1235 12.3 -", row.replaceAll(" +", " "));
    assertTrue(table.json().contains("\"128 guests alike\": 12.34"), table.json());
  }

  /** The executor is everywhere; guests unlike each other execute what they were given. */
  @Test
  void lanesAndTheExecutorAreMeasured() {
    DeviceRun run = new DeviceRun(Models.shipped("a64"), 1);
    GuestLoad load = new GuestLoad(3, false);
    DeviceInfo executor = Devices.named("executor");
    assertTrue(run.guestsByLanes(load, 1000) > 0);
    assertTrue(run.guests(executor, load, 100) > 0);
  }
}
