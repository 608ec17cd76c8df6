// The compiler's view of the repository, shared by the checks that need types.

import path from 'node:path';
import ts from 'typescript';

/** @typedef {import('./problem.mjs').Problem} Problem */

/**
 * Parsed files, shared between programs: the standard library and src/ are the same for all.
 *
 * @type {Map<string, ts.SourceFile | undefined>}
 */
const parsed = new Map();

/**
 * @param {string} root
 * @param {string} configFile a tsconfig, relative to root
 * @param {ReadonlyMap<string, string>} [documents] sources that exist in no file: absolute path → text;
 *   given these, the program consists of them and of what they import
 * @returns {{ program: ts.Program, configProblems: Problem[] }}
 */
export function createProgram(root, configFile, documents) {
  const config = readConfig(root, configFile);
  const host = createHost(config.options, documents ?? new Map());
  const rootNames = documents === undefined ? config.fileNames : [...documents.keys()];
  const program = ts.createProgram({ rootNames, options: config.options, host });
  const configProblems = config.errors.map((error) => toProblem(root, error, configFile));
  return { program, configProblems };
}

/**
 * @param {string} root
 * @param {ts.Diagnostic} diagnostic
 * @param {string} configFile named where the compiler names no file
 * @returns {Problem}
 */
export function toProblem(root, diagnostic, configFile) {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n    ');
  const what = `TS${diagnostic.code}: ${text}`;
  if (diagnostic.file === undefined || diagnostic.start === undefined) {
    return { file: configFile, what };
  }
  const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start);
  return { file: path.relative(root, diagnostic.file.fileName), line: line + 1, what };
}

/**
 * @param {string} root
 * @param {string} configFile
 */
function readConfig(root, configFile) {
  const file = path.join(root, configFile);
  const { config, error } = ts.readConfigFile(file, ts.sys.readFile);
  const parsedConfig = ts.parseJsonConfigFileContent(config ?? {}, ts.sys, root, undefined, file);
  if (error !== undefined) parsedConfig.errors.unshift(error);
  return parsedConfig;
}

/**
 * @param {ts.CompilerOptions} options
 * @param {ReadonlyMap<string, string>} documents
 */
function createHost(options, documents) {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => documents.has(file) || fileExists(file);
  host.readFile = (file) => documents.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageOptions, ...rest) => {
    const text = documents.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, languageOptions);
    const key = `${file} ${JSON.stringify(languageOptions)}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, languageOptions, ...rest));
    return parsed.get(key);
  };
  return host;
}
