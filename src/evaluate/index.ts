/** Measuring models. */
export {
  countCharacters,
  type LossSums,
  meanLoss,
  type ValidationLoss,
  validationLoss,
} from './validation-loss.ts';
