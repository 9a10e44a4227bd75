import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

function literal(value: string): MessageFormatElement {
  return { type: TYPE.literal, value };
}

function around(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.argument) {
      return [literal(FIRST_STRONG_ISOLATE), element, literal(POP_ISOLATE)];
    }
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [element];
    const options = Object.entries(element.options).map(([name, option]) => [
      name,
      { ...option, value: around(option.value) },
    ]);
    return [{ ...element, options: Object.fromEntries(options) }];
  });
}

/**
 * A message of a language that runs from right to left, with every parameter in an isolate of its own: a
 * meter number, an amount or a Latin name keeps its own order and leaves the words around it alone.
 */
export function isolateParameters(message: string): MessageFormatElement[] {
  return around(parse(message));
}
