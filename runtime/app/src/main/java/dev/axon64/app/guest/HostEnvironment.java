package dev.axon64.app.guest;

import dev.axon64.codegen.support.InputException;
import dev.axon64.linux.abi.GuestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables that this process was started with, of which a guest gets those that were asked for
 * and no others.
 *
 * @param variables values by names
 */
record HostEnvironment(Map<String, String> variables) {
  private static final Path BYTES = Path.of("/proc/self/environ");

  /** Those of this process, as bytes where the host tells them. */
  static HostEnvironment own() {
    try {
      Map<String, String> variables = new LinkedHashMap<>();
      for (String each : GuestText.of(Files.readAllBytes(BYTES)).split("\0")) {
        int equals = each.indexOf('=');
        if (equals > 0) {
          variables.put(each.substring(0, equals), each.substring(equals + 1));
        }
      }
      return new HostEnvironment(variables);
    } catch (IOException e) {
      return new HostEnvironment(System.getenv()); // another host than Linux
    }
  }

  /**
   * A guest's variables, as {@code NAME=VALUE}.
   *
   * @param asked {@code NAME=VALUE}, or {@code NAME} for the value here, if there is one
   * @param all whether it gets all that there are, which those asked for change
   * @throws InputException if one has no name
   */
  List<String> given(List<String> asked, boolean all) {
    Map<String, String> given = new LinkedHashMap<>(all ? variables : Map.of());
    for (String each : asked) {
      int equals = each.indexOf('=');
      if (each.isEmpty() || equals == 0) {
        throw new InputException("--env " + each, "is no NAME=VALUE, and no NAME");
      }
      String name = equals < 0 ? each : each.substring(0, equals);
      String value = equals < 0 ? variables.get(name) : each.substring(equals + 1);
      if (value != null) {
        given.put(name, value);
      }
    }
    List<String> list = new ArrayList<>();
    given.forEach((name, value) -> list.add(name + "=" + value));
    return list;
  }
}
