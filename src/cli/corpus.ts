/** `athanor corpus`: builds versions of data sets and shows what is in them. */
import type { Command } from 'commander';
import { wholeNumber, wholeNumberFrom0 } from './arguments.ts';
import { addRecipeFlags } from './recipe-flags.ts';

/** Adds the commands to the program; nothing of theirs is loaded before one of them runs. */
export function addCorpusCommands(program: Command): void {
  const corpus = program
    .command('corpus')
    .description('build versions of a corpus, list them, and ask what became of a document');
  addRecipeFlags(corpus.command('build'))
    .description('clean the sources of a recipe into a version; goes on where it was interrupted')
    .argument('<recipe>', 'the name of a built-in recipe, or a file (.ts, .mjs) that exports one')
    .option('--store <folder>', 'the folder of versions (default: corpora)')
    .option('--name <name>', 'of the version (default: the name of the recipe)')
    .option('--workers <n>', 'threads (default: one for each core)', wholeNumber)
    .action(async (...args: Parameters<typeof import('./corpus/build.ts').build>) =>
      (await import('./corpus/build.ts')).build(...args),
    );
  addReaders(corpus);
}

function addReaders(corpus: Command): void {
  const version = 'its name, or name and beginning of its id, as corpus list shows them';
  reader(corpus, 'list', 'list the versions');
  reader(
    corpus,
    'show',
    'show a version: counts, reasons, mixture, and where its report is',
  ).argument('<version>', version);
  reader(corpus, 'diff', 'compare two versions: sources, rules, documents')
    .argument('<before>', version)
    .argument('<after>', version);
  reader(corpus, 'lineage', 'show what a version stands on').argument('<version>', version);
  reader(corpus, 'sample', 'show documents of a version, chosen at random')
    .argument('<version>', version)
    .option('-n, --count <n>', 'how many (default: 3)', wholeNumber)
    .option('--source <name>', 'of this source only')
    .option('--seed <n>', 'draw others (default: 1)', wholeNumberFrom0);
  reader(corpus, 'why', 'show a document, and the rule and number that dropped it')
    .argument('<document>', 'its id, as samples and reports show it')
    .option('--version <version>', 'look in this version only (default: in all)');
}

type ReaderName = 'list' | 'show' | 'diff' | 'lineage' | 'sample' | 'why';

/** A command that only reads: what it finds is printed for people, or as JSON. */
function reader(corpus: Command, name: ReaderName, description: string): Command {
  return corpus
    .command(name)
    .description(description)
    .option('--store <folder>', 'the folder of versions (default: corpora)')
    .option('--json', 'print one JSON object')
    .action(async (...args: unknown[]) => {
      const [command, flags, ...reversed] = [...args].reverse() as [Command, object, ...string[]];
      const { show } = await import('./corpus/readers.ts');
      await show(command.name() as ReaderName, [...reversed].reverse(), flags);
    });
}
