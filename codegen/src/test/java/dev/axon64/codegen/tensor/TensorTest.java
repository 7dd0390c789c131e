package dev.axon64.codegen.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void keepsItsValuesFromChangesOutside() {
    float[] values = {1, 2, 3, 4};
    Tensor tensor = new Tensor("w", List.of(2, 2), values);
    values[0] = 9;
    tensor.data()[1] = 9;
    assertEquals(new Tensor("w", List.of(2, 2), new float[] {1, 2, 3, 4}), tensor);
    assertEquals(4, tensor.size());
    assertEquals(3, tensor.at(2));
  }

  @Test
  void tellsNegativeZeroNamesAndShapesApart() {
    Tensor tensor = new Tensor("w", List.of(2), new float[] {0, 1});
    assertNotEquals(tensor, new Tensor("w", List.of(2), new float[] {-0f, 1}));
    assertNotEquals(tensor, tensor.named("v"));
    assertNotEquals(tensor, new Tensor("w", List.of(1, 2), new float[] {0, 1}));
    assertEquals(tensor, tensor.named("v").named("w"));
    assertEquals(tensor.hashCode(), tensor.named("w").hashCode());
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor("w", List.of(2, 2), new float[3]));
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor("w", List.of(-1, -1), new float[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Tensor("w", List.of(1 << 30, 1 << 30, 1 << 4), new float[0]));
  }

  @Test
  void scalarsAndEmptyArraysAreTensors() {
    assertEquals(1, new Tensor("", List.of(), new float[1]).size());
    assertEquals(
        0, new Tensor("", List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0), new float[0]).size());
  }
}
