export type { DocumentKind, WorldDocument } from './documents/document.ts';
export {
  defaultWeights,
  type GenerateConfig,
  generateWorld,
  type Weights,
  worldDocument,
} from './generate.ts';
export {
  callSplit,
  type ProgramTask,
  programCall,
  programTasks,
  shortestSolution,
  tasksOf,
  trainOrder,
  type Value,
  writeValue,
} from './programs/index.ts';
export {
  numPhrasings,
  type Question,
  type QuestionSplit,
  question,
  questionSplit,
  trainPhrasing,
  worldQuestions,
} from './questions.ts';
export { poemOf } from './scripts/index.ts';
export { drawSentence, lexicon, objectForm, sentenceSplit } from './sentences/index.ts';
export type { WorldSize } from './size.ts';
export { classOf, type Split, splitOf } from './split.ts';
export type { Fact, Subject, SubjectKind } from './subject.ts';
export { factOf } from './subject.ts';
export * from './sums/index.ts';
export { tell } from './telling.ts';
export { createWorld, drawGuest, type World, type WorldConfig } from './world.ts';
