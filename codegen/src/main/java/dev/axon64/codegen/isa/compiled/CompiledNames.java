package dev.axon64.codegen.isa.compiled;

import dev.axon64.codegen.isa.syntax.Declaration;
import dev.axon64.codegen.isa.syntax.Names;
import java.util.List;
import java.util.Optional;

/** Declarations in the order of their names, so that a search reads only a few. */
record CompiledNames(List<Declaration> all) implements Names {
  @Override
  public Optional<Declaration> find(String name) {
    int low = 0;
    int high = all.size() - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      Declaration found = all.get(middle);
      int order = found.name().compareTo(name);
      if (order == 0) {
        return Optional.of(found);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}
