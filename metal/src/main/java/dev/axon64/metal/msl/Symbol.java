package dev.axon64.metal.msl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a name can stand for. */
sealed interface Symbol {
  record Variable(Var var) implements Symbol {}

  record TypeName(Type type) implements Symbol {}

  record Enumerator(Expr.Const value) implements Symbol {}

  /** A class template; its instances are kept by their argument list. */
  record StructTemplate(String name, TokenSlice source, Map<List<Object>, StructType> instances)
      implements Symbol {}

  /** All functions and function templates of one name. */
  record Overloads(List<Function> functions, List<FunctionTemplate> templates) implements Symbol {
    Overloads() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** A function template; its instances are kept by their argument list. */
  record FunctionTemplate(String name, TokenSlice source, Map<List<Object>, Function> instances) {}
}
