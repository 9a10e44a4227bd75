/** Who may use the station: names, roles, PINs, and the record of every sign-in. */
export {
  addOperator,
  changeOperator,
  changePin,
  findOperator,
  listOperatorNames,
  listOperators,
  officeRole,
  officeRoles,
  operatorById,
  roleThatLeavesNone,
  takeOfficeRoles,
  TRAINING_OPERATORS,
  type NewOperator,
  type OperatorFault,
  type StoredOperator,
} from './operators.ts';
export { askSecondPerson, writeOverride, type Proof } from './second-person.ts';
export { lockedSecondsLeft, signIn, type When } from './sign-in.ts';
