export { type Poem, tangPoems } from './poem.ts';
