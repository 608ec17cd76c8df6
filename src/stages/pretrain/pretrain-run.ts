/** What pre-training keeps alive while it runs, and what is done with all of it at once. */
import { FileError, type StageContext } from '../../base/index.ts';
import type { ValidationLoss } from '../../evaluate/index.ts';
import { type Gpt, HuggingFaceState, modelDocuments } from '../../model/index.ts';
import type { Optimizer } from '../../optim/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import {
  CheckpointStore,
  describeDifference,
  type Facts,
  type Json,
  type Resumed,
  type RollbackRequest,
  resume,
  rollBack,
  runFacts,
  type TrainMetrics,
  TrainState,
} from '../../train/index.ts';
import { buildModel, buildOptimizer, openMetrics } from './build.ts';
import { harmlessFields, type PretrainConfig, resumeRules } from './config.ts';
import { Measurements } from './measure.ts';
import type { TokenData } from './token-data.ts';

/** From what a run is made. */
export interface PretrainInputs {
  config: PretrainConfig;
  context: StageContext;
  tokenizer: Tokenizer;
  tokens: TokenData;
}

/** Model, optimizer and all that belongs to them. `open` it, and `close` it whatever happens. */
export class PretrainRun {
  readonly model: Gpt;
  readonly optimizer: Optimizer;
  readonly state = new TrainState();
  readonly #weights: HuggingFaceState;
  readonly #store: CheckpointStore;
  readonly #facts: Facts;
  readonly #documents: Readonly<Record<string, string>>;
  readonly #measurements: Measurements;
  readonly #inputs: PretrainInputs;
  readonly #alarms: string[] = [];
  #metrics: TrainMetrics | undefined;
  #resumed: Resumed | undefined;

  private constructor(inputs: PretrainInputs) {
    const { config, context, tokenizer, tokens } = inputs;
    this.#inputs = inputs;
    this.#facts = factsOf(inputs);
    this.model = buildModel(config, tokenizer.vocabSize, context.seed);
    this.optimizer = buildOptimizer(this.model, config);
    this.#weights = new HuggingFaceState(this.model);
    this.#measurements = new Measurements(this.model, tokenizer, tokens, config);
    this.#documents = modelDocuments({ config: this.model.config, tokenizer });
    this.#store = new CheckpointStore({
      folder: context.run.file('pretrain', 'checkpoints'),
      facts: this.#facts,
      alarm: (message) => this.#alarms.push(message),
    });
  }

  /**
   * At the beginning, or where the last whole checkpoint is.
   * @throws ConfigError when the run is not the one that was begun; NoUsableCheckpointError
   */
  static async open(inputs: PretrainInputs): Promise<PretrainRun> {
    const run = new PretrainRun(inputs);
    try {
      await run.#start();
      return run;
    } catch (error) {
      await run.close();
      throw error;
    }
  }

  get metrics(): TrainMetrics {
    return this.#metrics as TrainMetrics;
  }

  async save(): Promise<void> {
    for (const message of this.#alarms.splice(0)) this.metrics.note(message, { alarm: message });
    this.metrics.sync();
    const tensors = Object.fromEntries(
      Object.entries(this.#files()).map(([name, part]) => [name, part.stateDict()]),
    );
    const state = this.state.snapshot();
    await this.#store.save({ state, tensors, documents: this.#documents });
  }

  /** Held-out loss, null when nothing is held out; tells of it, and what the model says. */
  async measure(): Promise<ValidationLoss | null> {
    const loss = await this.#measurements.validate();
    // What a resumed run finds done was told before.
    if (this.state.step === this.#resumed?.step) return loss;
    const step = this.state.step - 1;
    if (loss !== null) this.metrics.values(step, namedLosses(loss));
    for (const { prompt, text } of await this.#measurements.sample()) {
      this.metrics.note(`    ${prompt}│${text.replaceAll('\n', '⏎')}`, { step, prompt, text });
    }
    return loss;
  }

  /** Goes back to the checkpoint that a spike asks for. */
  async rollBack(request: RollbackRequest): Promise<void> {
    this.metrics.rolledBack(await rollBack(request, this.#store, this.state, this.#files()));
  }

  /** @throws FileError when the last checkpoint did not reach the disk. */
  async checkSaved(): Promise<void> {
    const outcome = await this.#store.flush();
    if (outcome?.isSaved === true) return;
    const hint = 'free space, then run the same command: it goes on at the checkpoint before';
    const got = this.#alarms.at(-1) ?? 'a write that failed';
    throw new FileError({ what: 'the last checkpoint', must: 'reach the disk', got, hint });
  }

  /** Ends the writer's thread and frees every tensor. */
  async close(): Promise<void> {
    await this.#store.close();
    this.#metrics?.close();
    for (const part of [this.#weights, this.optimizer, this.model]) part.dispose();
  }

  async #start(): Promise<void> {
    const { config, context } = this.#inputs;
    const options = { store: this.#store, state: this.state, facts: this.#facts };
    const targets = this.#files();
    this.#resumed = await resume({ ...options, targets, rules: resumeRules });
    this.#metrics = openMetrics(config, context, this.state.step);
    if (this.#resumed !== undefined) this.metrics.note(describeResumed(this.#resumed));
    // Before step 0 too: a spike that comes early has a checkpoint to go back to.
    else await this.save();
  }

  /** What a checkpoint holds as tensors. */
  #files() {
    return { 'model.safetensors': this.#weights, 'training-state.safetensors': this.optimizer };
  }
}

/** What a checkpoint says of its run, and a resumed run must agree with. */
function factsOf({ config, context, tokenizer, tokens }: PretrainInputs): Facts {
  const { precision = 'auto', device = 'cpu' } = config;
  const corpus = tokens.corpusVersion === undefined ? {} : { corpus: tokens.corpusVersion };
  return runFacts({
    recipe: decisive(config),
    seeds: { run: context.seed },
    inputs: { ...corpus, tokens: tokens.sha256, tokenizer: tokenizer.hash },
    precision,
    device,
  });
}

/** The numbers that the weights depend on; the schema has made sure that all of it is JSON. */
function decisive(config: PretrainConfig): Json {
  const names = Object.keys(config).filter((name) => !harmlessFields.includes(name));
  return Object.fromEntries(
    names.map((name) => [name, config[name as keyof PretrainConfig] as unknown as Json]),
  );
}

function namedLosses(loss: ValidationLoss): Record<string, number> {
  const named = Object.entries(loss).map(([name, value]) => [`validation/${name}`, value]);
  return Object.fromEntries(named);
}

function describeResumed({ step, isExact, differences }: Resumed): string {
  const how = isExact ? '' : ', but not to the same bits';
  // The hash of the recipe says nothing that its fields do not say.
  const told = differences.filter(({ path }) => path !== 'recipeSha256').map(describeDifference);
  return [`going on at step ${step}${how}`, ...told].join('\n    ');
}
