package dev.axon64.metal.msl;

import java.util.List;

/** The parsers of one source, one for each subject, which call one another; and what they share. */
final class Parsers {
  final TokenCursor cursor;
  final Declared declared = new Declared();
  final TypeParser types;
  final SpecifierParser specifiers;
  final DeclaratorParser declarators;
  final ExpressionParser expressions;
  final OperandParser operands;
  final PrimaryParser primaries;
  final NameParser names;
  final CallResolver calls;
  final InitialiserParser initialisers;
  final VariableParser variables;
  final StatementParser statements;
  final SwitchParser switches;
  final ParameterParser parameters;
  final FunctionParser functions;
  final TemplateInstances templates;
  final MethodInstances methods;
  final AliasParser aliases;
  final RecordParser records;
  final EnumParser enums;

  /** Where the cursor stands; outside all functions at first. */
  Body body = new Body(null, null);

  Parsers(List<Token> tokens) {
    cursor = new TokenCursor(tokens);
    types = new TypeParser(this);
    specifiers = new SpecifierParser(this);
    declarators = new DeclaratorParser(this);
    expressions = new ExpressionParser(this);
    operands = new OperandParser(this);
    primaries = new PrimaryParser(this);
    names = new NameParser(this);
    calls = new CallResolver(this);
    initialisers = new InitialiserParser(this);
    variables = new VariableParser(this);
    statements = new StatementParser(this);
    switches = new SwitchParser(this);
    parameters = new ParameterParser(this);
    functions = new FunctionParser(this);
    templates = new TemplateInstances(this);
    methods = new MethodInstances(this);
    aliases = new AliasParser(this);
    records = new RecordParser(this);
    enums = new EnumParser(this);
  }
}
