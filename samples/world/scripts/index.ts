import { dialogueScripts } from './dialogues.data.ts';
import { everydayTalk, townNews } from './everyday.data.ts';
import { newsScripts } from './news.data.ts';
import type { Script } from './script.ts';
import { animalStories } from './stories-animals.data.ts';
import { peopleStories } from './stories-people.data.ts';
import { townStories } from './stories-town.data.ts';

export { drawScene, poemOf } from './scene.ts';
export { chooseWordings, type Script, tellScript } from './script.ts';

/** All scripts by the kind of document that they make. */
export const scripts = {
  story: [...peopleStories, ...townStories, ...animalStories],
  news: [...newsScripts, ...townNews],
  dialogue: [...dialogueScripts, ...everydayTalk],
} as const satisfies Record<string, readonly Script[]>;
