package dev.axon64.codegen.isa.compiled;

/** The parts of a compiled spec, in their order; the package says what they hold. */
enum Section {
  STRINGS,
  TREE,
  FORMS,
  COPIES,
  SHARED,
  MACHINE,
  NAMES
}
