/** The line protocol of STS6 modules, in both directions, from one table. */
export { FrameAssembler } from './assembler.ts';
export { COMMANDS, type CommandName, type RequestOf, type ResponseOf } from './commands.ts';
export { crc16 } from './crc16.ts';
export * from './frame.ts';
export { STATUS_FAULTS } from './status.ts';
