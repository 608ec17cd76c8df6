/** The mixture: how much of each source a run reads, and how often. */
export { mixtureOf, type SourceShare, type SourceWeight } from './mixture.ts';
