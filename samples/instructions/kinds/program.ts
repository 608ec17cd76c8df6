import { fill, type Language } from '../../grammar/index.ts';
import {
  callSplit,
  type ProgramTask,
  shortestSolution,
  tasksOf,
  trainOrder,
} from '../../world/index.ts';
import { type Hand, leftOut, pairPhrasing, phrasingTag } from '../hand.ts';
import type { Draft, ProgramCall } from '../item.ts';

const numOrders = 5;

/** Calls that judge a program; none of them stands in a text with its result. */
const numCalls = 4;

/** A tiny function in JavaScript, with its name and what it does. */
export function drawProgram(hand: Hand): Draft {
  const { random, language, world } = hand;
  const task = random.pick(tasksOf(world.size));
  const heldOut = leftOut((choice) => trainOrder(task, language, choice));
  const order = pairPhrasing(hand, numOrders, heldOut);
  const slots = { name: task.name, order: task.orders[language][order] as string };
  return {
    prompt: fill(random.pick(phrasings[language]), slots),
    answer: shortestSolution(task),
    rule: { type: 'program', name: task.name, calls: drawCalls(hand, task) },
    tags: [phrasingTag(order, numOrders)],
  };
}

/** Different ones; of words, few are held out. */
function drawCalls({ random }: Hand, task: ProgramTask) {
  const calls = new Map<string, ProgramCall>();
  for (let tries = 0; calls.size < numCalls && tries < 200; tries++) {
    const args = task.drawArguments(random);
    if (callSplit(task, args) === 'train') continue;
    calls.set(JSON.stringify(args), { args, result: task.compute(args) });
  }
  return [...calls.values()];
}

const phrasings: Readonly<Record<Language, readonly string[]>> = {
  zh: ['写一个函数 {name}：{order}。', '请写函数 {name}，{order}。'],
  en: ['Write a function {name}: {order}.', 'Write a function {name} to {order}.'],
};
