package dev.axon64.metal.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A machine without an OpenCL loader has no devices, and is told what to install. */
class OpenClApiTest {
  @Test
  void withoutALoaderThereIsNoDevice() {
    OpenClApi api = new OpenClApi(List.of("libNoSuchOpenCL.so.7"));
    assertEquals(List.of(), api.devices());
    assertTrue(api.absence().startsWith("there is no OpenCL loader; install"), api.absence());
  }
}
