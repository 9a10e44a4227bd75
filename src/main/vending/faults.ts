export { refuse } from '../../contract/index.ts';
