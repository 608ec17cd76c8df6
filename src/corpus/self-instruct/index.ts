/** Instructions that a model makes from tasks of people. */
export type { ChatEndpoint } from './chat-endpoint.ts';
export { type SelfInstructOptions, selfInstruct } from './self-instruct.ts';
export type { SelfInstructReport } from './self-instruct-report.ts';
