package dev.axon64.codegen.emit.dispatch.java;

import static dev.axon64.codegen.emit.dispatch.java.JavaDispatchBackend.CONSTANT;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.FLOAT_VECTOR;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.VECTOR_SHAPE;
import static dev.axon64.codegen.emit.dispatch.java.JavaNames.VECTOR_SPECIES;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/**
 * Emits the choice of a vector width: the machine's preferred one, or what the system property
 * {@code axon64.vector.bits} says when the class is loaded.
 */
public final class VectorWidth {
  private static final String PROPERTY = "axon64.vector.bits";

  private VectorWidth() {}

  /** Constants for vectors of 512 bits: 16-bit lanes, half as many, int and float32 lanes. */
  static void addWidest(TypeSpec.Builder type) {
    species(type, "S", TypeName.SHORT, "ShortVector.SPECIES_512");
    species(type, "H", TypeName.SHORT, "ShortVector.SPECIES_256");
    species(type, "I", TypeName.INT, "IntVector.SPECIES_512");
    species(type, "F", TypeName.FLOAT, "FloatVector.SPECIES_512");
    count(type, "SHORTS", "S.length()");
    count(type, "LANES", "F.length()");
    type.addField(
        FieldSpec.builder(TypeName.BOOLEAN, "FIT", CONSTANT)
            .addJavadoc("Whether the machine's vectors, or those asked for, are as wide.\n")
            .initializer(
                "$T.getInteger($S, $T.SPECIES_PREFERRED.vectorBitSize()) >= S.vectorBitSize()",
                Integer.class,
                PROPERTY,
                FLOAT_VECTOR)
            .build());
  }

  private static void species(TypeSpec.Builder type, String name, TypeName element, String value) {
    TypeName species = ParameterizedTypeName.get(VECTOR_SPECIES, element.box());
    type.addField(FieldSpec.builder(species, name, CONSTANT).initializer(value).build());
  }

  private static void count(TypeSpec.Builder type, String name, String value) {
    type.addField(FieldSpec.builder(TypeName.INT, name, CONSTANT).initializer(value).build());
  }

  /** {@code private static final VectorSpecies<Float> F = species();} and what follows from it. */
  public static void add(TypeSpec.Builder type) {
    species(type, "F", TypeName.FLOAT, "species()");
    species(type, "I", TypeName.INT, "F.withLanes(int.class)");
    count(type, "LANES", "F.length()");
    type.addMethod(
        MethodSpec.methodBuilder("species")
            .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
            .returns(ParameterizedTypeName.get(VECTOR_SPECIES, TypeName.FLOAT.box()))
            .addStatement(
                "int bits = $T.getInteger($S, $T.SPECIES_PREFERRED.vectorBitSize())",
                Integer.class,
                PROPERTY,
                FLOAT_VECTOR)
            .addComment("Rows are padded for at most 512 bits; wider machines lose nothing.")
            .addStatement(
                "return $T.of(float.class, $T.forBitSize($T.min(bits, 512)))",
                VECTOR_SPECIES,
                VECTOR_SHAPE,
                Math.class)
            .build());
  }
}
