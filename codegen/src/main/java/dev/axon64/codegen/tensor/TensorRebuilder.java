package dev.axon64.codegen.tensor;

import dev.axon64.codegen.tensor.PickleValue.Global;
import dev.axon64.codegen.tensor.PickleValue.Int;
import dev.axon64.codegen.tensor.PickleValue.Storage;
import dev.axon64.codegen.tensor.PickleValue.Text;
import dev.axon64.codegen.tensor.PickleValue.Tuple;
import dev.axon64.codegen.tensor.PickleValue.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls a state dict makes, done by hand: a persistent id names a storage, {@code
 * torch._utils._rebuild_tensor_v2} lays a view over it, {@code _rebuild_parameter} passes it on.
 */
final class TensorRebuilder {
  private final PickleInput in;

  TensorRebuilder(PickleInput in) {
    this.in = in;
  }

  /** BINPERSID of {@code ('storage', class, key, device, count)}. */
  Storage persistent(PickleValue id) {
    if (id instanceof Tuple tuple
        && tuple.items().size() == 5
        && tuple.items().get(0) instanceof Text kind
        && kind.value().equals("storage")
        && tuple.items().get(1) instanceof Global type
        && type.isStorage()
        && tuple.items().get(2) instanceof Text key
        && tuple.items().get(4) instanceof Int count
        && count.isLong()
        && count.value().signum() >= 0) {
      return new Storage(type, key.value(), count.value().longValue());
    }
    throw in.damaged("a reference to stored values is malformed");
  }

  /** REDUCE of a global that makes a tensor. */
  View call(PickleValue function, PickleValue arguments) {
    if (!(function instanceof Global global) || !(arguments instanceof Tuple tuple)) {
      throw in.refused("refuses to call what is no function");
    }
    return switch (global) {
      case REBUILD_TENSOR -> tensor(tuple.items());
      case REBUILD_PARAMETER -> parameter(tuple.items());
      default ->
          throw in.refused(
              "refuses to call " + global.module + "." + global.simpleName + " with arguments");
    };
  }

  /** Storage, offset, size, stride, requires_grad, backward_hooks, and from 2.0 on metadata. */
  private View tensor(List<PickleValue> arguments) {
    if ((arguments.size() == 6 || arguments.size() == 7)
        && arguments.get(0) instanceof Storage storage) {
      long offset = integer(arguments.get(1));
      List<Long> size = integers(arguments.get(2));
      List<Long> stride = integers(arguments.get(3));
      if (size.size() == stride.size()) {
        List<Integer> shape = Shapes.checked(in.where(), "", size);
        return new View(storage, new StridedView(shape, stride, offset));
      }
    }
    throw in.damaged("the description of a tensor is malformed");
  }

  private View parameter(List<PickleValue> arguments) {
    if (arguments.size() == 3 && arguments.get(0) instanceof View view) {
      return view;
    }
    throw in.damaged("the description of a parameter is malformed");
  }

  private List<Long> integers(PickleValue value) {
    if (!(value instanceof Tuple tuple)) {
      throw in.damaged("the description of a tensor is malformed");
    }
    List<Long> numbers = new ArrayList<>();
    tuple.items().forEach(item -> numbers.add(integer(item)));
    return numbers;
  }

  private long integer(PickleValue value) {
    if (value instanceof Int number && number.isLong() && number.value().signum() >= 0) {
      return number.value().longValue();
    }
    throw in.damaged("a size, stride or offset of a tensor is no count");
  }
}
