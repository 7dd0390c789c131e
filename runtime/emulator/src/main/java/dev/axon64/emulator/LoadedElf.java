package dev.axon64.emulator;

import dev.axon64.codegen.support.InputException;
import java.util.Map;

/**
 * What an ELF file has become in an emulator's memory.
 *
 * @param file what it is called
 * @param entry where a program begins; 0 if it has no such place
 * @param start its first page
 * @param end the first address behind its last page
 * @param symbols the addresses of the functions and variables that it defines, by name. Of several
 *     local ones with one name, the first
 */
public record LoadedElf(String file, long entry, long start, long end, Map<String, Long> symbols) {
  public LoadedElf {
    symbols = Map.copyOf(symbols);
  }

  /**
   * The address of a function or variable.
   *
   * @throws InputException if there is none of that name
   */
  public long address(String name) {
    Long address = symbols.get(name);
    if (address == null) {
      throw new InputException(file, "defines no '" + name + "'; it has " + some());
    }
    return address;
  }

  private String some() {
    return symbols.isEmpty()
        ? "no symbols at all"
        : String.join(", ", symbols.keySet().stream().sorted().limit(10).toList());
  }
}
