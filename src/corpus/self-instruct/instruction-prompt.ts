/** The request for new instructions, and how its answer is read. */
import type { SeededRandom } from '../../base/index.ts';
import type { Message } from '../../chat/index.ts';

/** Of the examples in a request, two were made by the model, once it has made some. */
const [numExamples, numMadeExamples] = [8, 2];

/** Examples for one request: most from the seed tasks, so that the model does not drift away. */
export function pickExamples(
  random: SeededRandom,
  seeds: readonly string[],
  made: readonly string[],
): string[] {
  const fromMade = draw(random, made, numMadeExamples);
  const all = [...draw(random, seeds, numExamples - fromMade.length), ...fromMade];
  return draw(random, all, all.length);
}

export function instructionPrompt(examples: readonly string[]): Message[] {
  const list = examples.map((text, i) => `${i + 1}. ${text.replace(/\s+/g, ' ').trim()}`);
  const next = examples.length + 1;
  const content = [
    'Here are tasks that a person may give to an assistant who reads and writes text:',
    list.join('\n'),
    `Go on with the list: write tasks ${next} to ${next + 7}, each in one line. They shall differ from ` +
      'those above and from each other in subject, in wording and in what is asked for, hold all ' +
      'that is needed to answer them, and be in the languages of the list.',
  ];
  return [{ role: 'user', content: content.join('\n\n') }];
}

/** The tasks of a numbered list; other lines are nothing. A list that was cut off loses its last. */
export function readInstructions(answer: string, isCut: boolean): string[] {
  const lines = answer.split('\n').flatMap((line) => {
    const text = /^\s*(?:\*\*)?(?:task\s+)?\d+\s*[.:)、．]\s*(.+)$/iu.exec(line)?.[1];
    return text === undefined ? [] : [text.replaceAll('**', '').trim()];
  });
  return isCut ? lines.slice(0, -1) : lines;
}

/** Some of a list, none twice. */
function draw(random: SeededRandom, texts: readonly string[], count: number): string[] {
  const left = [...texts];
  const drawn: string[] = [];
  while (drawn.length < count && left.length > 0) {
    drawn.push(...left.splice(random.int(left.length), 1));
  }
  return drawn;
}
