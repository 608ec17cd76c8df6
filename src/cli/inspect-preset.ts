/** Where the parameters of a published model are. Builds it without memory, on `meta`. */
import {
  Gpt,
  type ParameterBreakdown,
  parameterBreakdownOf,
  presetConfig,
  type ResolvedGptConfig,
} from '../model/index.ts';
import { onDevice } from '../nn/index.ts';
import { formatBytes, formatCount, formatTable } from './table.ts';

/** A preset, counted. */
export interface PresetFacts {
  preset: string;
  config: ResolvedGptConfig;
  parameters: ParameterBreakdown;
}

/** @throws ConfigError that lists the presets, for a name that is none. */
export function inspectPreset(preset: string): PresetFacts {
  const config = presetConfig(preset);
  using model = onDevice('meta', () => new Gpt(config));
  return { preset, config: model.config, parameters: parameterBreakdownOf(model) };
}

const labels: Record<keyof ParameterBreakdown, string> = {
  tokenEmbedding: 'token embedding',
  positionEmbedding: 'position embedding',
  attention: 'attention',
  feedForward: 'feed-forward',
  norms: 'norms',
  finalNorm: 'final norm',
  outputLayer: 'output layer',
  total: 'total',
};

export function formatPreset({ preset, config, parameters }: PresetFacts): string {
  const { numLayers, hiddenSize, numHeads, headSize, contextLength, vocabSize } = config;
  const rows = Object.entries(labels).map(([component, label]) => {
    const count = parameters[component as keyof ParameterBreakdown];
    const isTied = component === 'outputLayer' && config.tiedEmbedding;
    const share = `${((100 * count) / parameters.total).toFixed(3)} %`;
    return [label, formatCount(count), share, ...(isTied ? ['(the token embedding)'] : [])];
  });
  const { total } = parameters;
  return [
    `${preset}: ${numLayers} layers, hidden size ${formatCount(hiddenSize)}, ` +
      `${numHeads} heads of ${headSize}, context ${formatCount(contextLength)}, ` +
      `vocabulary ${formatCount(vocabSize)}`,
    '',
    formatTable([['component', 'parameters', 'share'], ...rows]),
    '',
    `weights: ${formatBytes(4 * total)} in float32, ${formatBytes(2 * total)} in 16 bits`,
  ].join('\n');
}
