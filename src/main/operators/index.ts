/** Who may use the station: names, roles, PINs, and the record of every sign-in. */
export {
  addOperator,
  listOperatorNames,
  TRAINING_OPERATORS,
  type AddOperatorFault,
  type NewOperator,
} from './operators.ts';
export { signIn } from './sign-in.ts';
