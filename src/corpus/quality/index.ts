/** The model-based quality score: trained on chosen texts against raw crawl. */
export {
  type QualityModel,
  qualityModelHash,
  qualityOf,
  readQualityModel,
  writeQualityModel,
} from './quality-model.ts';
export { type QualityTraining, trainQualityModel } from './train-quality-model.ts';
