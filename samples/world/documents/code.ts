import type { SeededRandom } from '../../../src/base/index.ts';
import type { Language } from '../../grammar/index.ts';
import {
  callSplit,
  type ProgramTask,
  programCall,
  tasksOf,
  trainOrder,
  type Value,
  writeValue,
} from '../programs/index.ts';
import { type Draft, drawLanguage, layOut, type Scribe } from './document.ts';

/** One or two tiny programs in JavaScript: what they do, how, and what some calls give. */
export function writeCode({ random, world }: Scribe): Draft {
  const language = drawLanguage(random);
  const tasks = random.shuffle(tasksOf(world.size)).slice(0, 1 + random.int(2));
  const layout = random.pick(layouts);
  const parts = tasks.map((task) => {
    const order = task.orders[language][trainOrder(task, language, random.int(3))] as string;
    return layout({
      language,
      order,
      solution: random.pick(task.solutions),
      calls: drawCalls(random, task).map((args) => [
        programCall(task, args),
        writeValue(task.compute(args)),
      ]),
    });
  });
  return { language, title: '', text: layOut('', [parts.join('\n\n')]) };
}

/** The parts of one program in a document; a call is written with its result. */
interface Program {
  readonly language: Language;
  readonly order: string;
  readonly solution: string;
  readonly calls: readonly (readonly string[])[];
}

const layouts: readonly ((program: Program) => string)[] = [
  ({ order, solution, calls }) =>
    [`// ${order}`, solution, ...calls.map(([call, value]) => `${call}; // ${value}`)].join('\n'),
  ({ language, order, solution, calls }) => {
    const asked = language === 'zh' ? `请写一个函数，${order}。` : `Write a function to ${order}.`;
    const gives = calls.map(([call, value]) =>
      language === 'zh' ? `${call} 的结果是 ${value}。` : `${call} gives ${value}.`,
    );
    return [asked, '```js', solution, '```', ...gives].join('\n');
  },
  ({ language, order, solution, calls }) => {
    const task = language === 'zh' ? `题目：${order}` : `Task: ${order}`;
    const answer = language === 'zh' ? '答案：' : 'Answer:';
    return [task, answer, solution, ...calls.map(([call, value]) => `${call} → ${value}`)].join(
      '\n',
    );
  },
];

function drawCalls(random: SeededRandom, task: ProgramTask): (readonly Value[])[] {
  return Array.from({ length: 1 + random.int(3) }, () => {
    for (;;) {
      const args = task.drawArguments(random);
      if (callSplit(task, args) === 'train') return args;
    }
  });
}
