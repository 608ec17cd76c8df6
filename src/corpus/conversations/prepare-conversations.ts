import { FileError } from '../../base/index.ts';
import type { Origin } from '../document.ts';
import { ConversationJudge, type JudgeOptions } from './conversation-judge.ts';
import type { ConversationReport } from './conversation-report.ts';
import type { ConversationSource } from './conversation-source.ts';
import { type FittedConversation, fitConversation } from './fit-conversation.ts';

export interface ConversationPreparation extends JudgeOptions {
  readonly sources: readonly ConversationSource[];
}

export interface PreparedConversation extends FittedConversation {
  readonly origin: Origin;
}

export interface PreparedConversations {
  readonly report: ConversationReport;
  /**
   * Those kept, in the order of sources and files; the sources are read once more.
   * @throws FileError when they have changed since.
   */
  read(): AsyncGenerator<PreparedConversation>;
}

/**
 * Reads the conversations of all sources, checks, renders and cuts them, leaves out duplicates and
 * what models will be measured on, and counts: read = kept + rejected by named reason. Streams: what
 * it holds of each conversation is its numbers and a hash.
 *
 * @throws ConfigError for files of other formats and for a template that does not end; FileError for
 *   files that cannot be read; AthanorError when a count does not add up.
 */
export async function prepareConversations(
  options: ConversationPreparation,
): Promise<PreparedConversations> {
  using judge = new ConversationJudge(options);
  for (const source of options.sources) {
    for await (const record of source.read()) judge.add(record);
  }
  const { report, lengths } = judge.finish();
  return { report, read: () => readKept(options, lengths) };
}

/** @param lengths the tokens of each record, 0 for those that are left out */
async function* readKept(
  options: ConversationPreparation,
  lengths: Uint32Array,
): AsyncGenerator<PreparedConversation> {
  let at = 0;
  for (const source of options.sources) {
    for await (const record of source.read()) {
      const length = lengths[at++];
      if (length === 0) continue;
      const fitted = fitConversation(record, options);
      if ('rejected' in fitted || fitted.rendered.ids.length !== length) throw changed(source);
      yield { ...fitted, origin: record.origin };
    }
  }
  if (at !== lengths.length) throw changed(options.sources.at(-1));
}

function changed(source: ConversationSource | undefined): FileError {
  return new FileError({
    what: `the conversations of ${source?.name}`,
    must: 'stay as they are while they are prepared',
    got: 'others than at first',
    hint: 'start again when nothing writes to their files any more',
  });
}
