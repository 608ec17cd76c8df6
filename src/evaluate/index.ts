/** Measuring models. */
export { textPerplexities } from './text-perplexity.ts';
export {
  countCharacters,
  type LossSums,
  meanLoss,
  type ValidationLoss,
  validationLoss,
} from './validation-loss.ts';
