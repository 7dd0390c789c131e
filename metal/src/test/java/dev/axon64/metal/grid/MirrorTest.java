package dev.axon64.metal.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.axon64.metal.device.Device;
import dev.axon64.metal.device.Devices;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class MirrorTest {
  /** A guest's page must not be lost when another guest's page makes the buffer grow. */
  @Test
  void whatWasThereIsThereAfterGrowth() {
    try (Device device = Devices.named("executor").open();
        Mirror mirror = new Mirror(device, Long.BYTES, 2)) {
      mirror.host(1).set(ValueLayout.JAVA_LONG, 0, 42);
      mirror.change(1, 1);
      mirror.upload();
      mirror.grow(4);
      BitSet all = new BitSet();
      all.set(0, 4);
      mirror.download(all);
      assertEquals(42, mirror.host(1).get(ValueLayout.JAVA_LONG, 0));
    }
  }
}
