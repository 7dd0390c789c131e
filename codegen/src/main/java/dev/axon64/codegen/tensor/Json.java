package dev.axon64.codegen.tensor;

import java.util.List;
import java.util.Map;

/** A JSON value (RFC 8259). */
sealed interface Json {
  /** An object with its members in the order of the text; no name comes twice. */
  record Obj(Map<String, Json> members) implements Json {}

  record Arr(List<Json> items) implements Json {}

  record Str(String value) implements Json {}

  /** A number that is an integer of at most 18 digits. */
  record Int(long value) implements Json {}

  /** Any other number, true, false or null, as it is written. */
  record Other(String text) implements Json {}
}
