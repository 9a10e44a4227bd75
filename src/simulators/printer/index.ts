/** A receipt printer that is not there: for tests, demonstrations and training. */
export * from './faults.ts';
export { IMAGE_SIGN, Interpreter, type Action, type RollCode, type RollLine } from './interpreter.ts';
export * from './printer.ts';
export { rollText } from './roll-text.ts';
