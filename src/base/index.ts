export * from './atomic-file.ts';
export { programArguments } from './child-program.ts';
export * from './errors.ts';
export { EventFile } from './event-file.ts';
export { asFileError, systemErrorCode } from './file-failure.ts';
export { findGenerator } from './find-generator.ts';
export { hashFile, hashFiles, rawBlocks } from './hash-file.ts';
export { JsonLinesFile } from './json-lines.ts';
export { makeFolder } from './make-folder.ts';
export { packageRoot } from './package-root.ts';
export { escapeHtml, type Html, html } from './page/html.ts';
export { pageHeading, pageTile, renderPage } from './page/page.ts';
export { lockHolder, takeLock } from './process-lock.ts';
export { ProgressLine, type ProgressOptions } from './progress-line.ts';
export * from './random.ts';
export { openRunDirectory, RunDirectory } from './run-directory.ts';
export type {
  Check,
  ItemGenerator,
  Stage,
  StageContext,
  StageResult,
  TextGenerator,
} from './stage.ts';
export { checkGrowth } from './text-files/growth-limit.ts';
export { type JsonObject, type LineRejection, parseJsonLine } from './text-files/json-line.ts';
export { type Line, LineSplitter } from './text-files/line-splitter.ts';
export { type FileState, fileState, packedName, readBlocks } from './text-files/read-blocks.ts';
export {
  type JsonLine,
  jsonLinesName,
  type LineRange,
  readJsonLines,
} from './text-files/read-json-lines.ts';
export { readTexts, type TextRecord } from './text-files/read-texts.ts';
export { Rejections } from './text-files/rejections.ts';
export { TextLineParser } from './text-files/text-line.ts';
export { startWorker } from './worker-thread.ts';
