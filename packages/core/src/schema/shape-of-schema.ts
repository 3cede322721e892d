/** Shapes from the schemas of a release: what a stub has printed, interpreted. */
import { type Combinators, combinators } from "./combinator.ts";
import type { Argument, Expression } from "./expression/expression.ts";
import { expressionOf } from "./expression/schema-expression.ts";
import { reference } from "./reference-shape.ts";
import type { Definitions, Schema } from "./schema.ts";
import type { Shape } from "./shape.ts";

/**
 * The shape of one schema.
 *
 * Where several schemas share definitions, {@link shapesIn} makes each of those once.
 *
 * @throws TypeError when the schema refers to a definition that is not there.
 */
export function shapeOf(schema: Schema, definitions: Definitions): Shape {
  return shapesIn(definitions)(schema);
}

/**
 * A function that turns the schemas of one release into shapes, and makes the shape of each definition once.
 *
 * @param making What shapes are made with. Default: closures.
 */
export function shapesIn(
  definitions: Definitions,
  making: Combinators = combinators,
): (schema: Schema) => Shape {
  const shapeOfExpression = expressionShapesIn(definitions, making);
  return (schema) => shapeOfExpression(expressionOf(schema));
}

/** The same for schemas that were written down as expressions already. */
export function expressionShapesIn(
  definitions: Definitions,
  making: Combinators = combinators,
): (expression: Expression) => Shape {
  const interpreter = new Interpreter(definitions, making);
  return (expression) => interpreter.shape(expression);
}

class Interpreter {
  readonly #definitions: Definitions;
  readonly #making: Combinators;
  readonly #shapes = new Map<string, Shape>();

  constructor(definitions: Definitions, making: Combinators) {
    this.#definitions = definitions;
    this.#making = making;
  }

  shape(expression: Expression): Shape {
    if ("definition" in expression) return this.#definition(expression.definition);
    const combinator = this.#making[expression.call];
    // Which arguments a combinator takes is what schema-expression.ts knows.
    const make = combinator as (...given: readonly unknown[]) => Shape;
    return make(...expression.arguments.map((argument) => this.#argument(argument)));
  }

  #argument(argument: Argument): unknown {
    if ("value" in argument) return argument.value;
    if ("list" in argument) return argument.list.map((element) => this.#argument(element));
    if ("members" in argument) {
      return Object.fromEntries(
        argument.members.map(([name, member]) => [name, this.#argument(member)]),
      );
    }
    return this.shape(argument);
  }

  #definition(name: string): Shape {
    const known = this.#shapes.get(name);
    if (known !== undefined) return known;
    const schema = Object.hasOwn(this.#definitions, name) ? this.#definitions[name] : undefined;
    if (schema === undefined) {
      throw new TypeError(
        `A schema refers to the definition ${JSON.stringify(name)}, which is not there.`,
      );
    }
    let shape: Shape | undefined;
    const named = reference(() => (shape ??= this.shape(expressionOf(schema))));
    this.#shapes.set(name, named);
    return named;
  }
}
