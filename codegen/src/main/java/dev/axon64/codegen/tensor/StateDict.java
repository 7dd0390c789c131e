package dev.axon64.codegen.tensor;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.tensor.PickleValue.Bool;
import dev.axon64.codegen.tensor.PickleValue.Dict;
import dev.axon64.codegen.tensor.PickleValue.Int;
import dev.axon64.codegen.tensor.PickleValue.ListValue;
import dev.axon64.codegen.tensor.PickleValue.Real;
import dev.axon64.codegen.tensor.PickleValue.Scalar;
import dev.axon64.codegen.tensor.PickleValue.Text;
import dev.axon64.codegen.tensor.PickleValue.Tuple;
import dev.axon64.codegen.tensor.PickleValue.View;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the tensors in what a training script saved: a state dict, or a dict with one inside,
 * beside an epoch, an accuracy, an optimizer's state. A tensor is named by its key in the innermost
 * dict; in a list, by its place after a dot. Where a dict has one of {@link #MODEL_KEYS} and a dict
 * under it, that branch is the model and the others are left alone.
 */
final class StateDict {
  private static final List<String> MODEL_KEYS = List.of("model_state_dict", "state_dict", "model");
  private static final int MOST_DEPTH = 64;
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_TENSORS = 1 << 16;

  private final String where;
  private final Map<String, View> found = new LinkedHashMap<>();

  /** The containers visited so far; each is visited once, so circles end. */
  private final Set<PickleValue> walked = Collections.newSetFromMap(new IdentityHashMap<>());

  private StateDict(String where) {
    this.where = where;
  }

  /**
   * The tensors below a checkpoint's root, in the order the pickle made them.
   *
   * @throws InputException if there is none, or two have the same name
   */
  static Map<String, View> of(PickleValue root, String where) {
    StateDict dict = new StateDict(where);
    dict.walk(dict.model(root, 0), "", 0);
    if (dict.found.isEmpty()) {
      throw new InputException(
          where, "holds no tensor; save one with torch.save(model.state_dict(), FILE)");
    }
    return dict.found;
  }

  /** Follows the keys that say where the model is. */
  private PickleValue model(PickleValue value, int depth) {
    if (value instanceof Dict dict && depth < MOST_DEPTH) {
      for (String key : MODEL_KEYS) {
        PickleValue below = dict.items.get(new Text(key));
        if (below instanceof Dict inner && !inner.items.isEmpty()) {
          return model(inner, depth + 1);
        }
      }
    }
    return value;
  }

  private void walk(PickleValue value, String name, int depth) {
    if (depth > MOST_DEPTH) {
      throw new InputException(
          where,
          "nests its dicts and lists more than "
              + MOST_DEPTH
              + " deep; save torch.save(model.state_dict(), FILE)");
    }
    if (value instanceof View view) {
      add(name, view);
    } else if (value instanceof Dict dict && walked.add(dict)) {
      dict.items.forEach((key, item) -> walk(item, label(key), depth + 1));
    } else if (value instanceof ListValue list && walked.add(list)) {
      walkAll(list.items, name, depth);
    } else if (value instanceof Tuple tuple && walked.add(tuple)) {
      walkAll(tuple.items(), name, depth);
    }
  }

  private void walkAll(List<PickleValue> items, String name, int depth) {
    for (int i = 0; i < items.size(); i++) {
      walk(items.get(i), name.isEmpty() ? "" + i : name + "." + i, depth + 1);
    }
  }

  private void add(String name, View view) {
    if (found.size() >= MOST_TENSORS) {
      throw new InputException(
          where, "holds more than " + MOST_TENSORS + " tensors; save the model's alone");
    }
    if (found.putIfAbsent(name, view) != null) {
      throw new InputException(
          where,
          "holds two tensors named "
              + Shapes.quoted(name)
              + "; save the model's alone with torch.save(model.state_dict(), FILE)");
    }
  }

  /** Checks the length of a name, since items of lists repeat the names of their lists. */
  private String name(String text) {
    if (text.length() > LONGEST_NAME) {
      throw new InputException(
          where,
          "has a key of "
              + text.length()
              + " characters; names of at most "
              + LONGEST_NAME
              + " are read");
    }
    return text;
  }

  private String label(Scalar key) {
    if (key instanceof Text text) {
      return name(text.value());
    }
    if (key instanceof Int number) {
      return number.value().toString();
    }
    if (key instanceof Real real) {
      return Double.toString(real.value());
    }
    if (key instanceof Bool truth) {
      return truth.value() ? "True" : "False";
    }
    return "None";
  }
}
