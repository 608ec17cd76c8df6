/** What a stage keeps alive while it trains, and what is done with all of it at once. */
import { FileError, type StageContext } from '../../base/index.ts';
import type { Gpt } from '../../model/index.ts';
import type { Optimizer } from '../../optim/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import {
  CheckpointStore,
  type Facts,
  type Restorable,
  type Resumed,
  type ResumeRules,
  type RollbackRequest,
  resume,
  rollBack,
  type TrainMetrics,
  TrainState,
} from '../../train/index.ts';
import { describeResumed, openMetrics } from './run-metrics.ts';
import type { TrainingConfig } from './training-config.ts';

/** Tensors of a checkpoint: views of what is trained, which are freed before it. */
export interface SavedPart extends Restorable, Disposable {
  stateDict(): ReadonlyMap<string, Tensor>;
}

/** From what a run is made; `open` takes all of it over and frees it. */
export interface TrainingParts<Model extends Disposable = Gpt> {
  /** Names the folder of the run that is written into. */
  stage: string;
  config: Pick<TrainingConfig, 'numSteps' | 'precision' | 'device' | 'pricePerHour' | 'peakFlops'>;
  context: StageContext;
  model: Model;
  optimizer: Optimizer;
  /** File name → what is saved there of the model. */
  weights: Readonly<Record<string, SavedPart>>;
  /** Asked at each save: file name → text that lies beside the tensors in the checkpoint. */
  documents: () => Readonly<Record<string, string>>;
  /** Asked at each save, with its step: steps whose checkpoints must stay. Default: none. */
  keptSteps?: (step: number) => readonly number[];
  facts: Facts;
  /** For fields of the recipe and the inputs that may differ when a run is resumed. */
  rules: ResumeRules;
  /** Of forward and backward, for each token that has a loss. Default: unknown, no utilisation. */
  flopsPerToken?: number;
}

/** Model, optimizer and all that belongs to them. `open` it, and `close` it whatever happens. */
export class TrainingRun<Model extends Disposable = Gpt> {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly state = new TrainState();
  readonly #parts: TrainingParts<Model>;
  readonly #store: CheckpointStore;
  readonly #alarms: string[] = [];
  #metrics: TrainMetrics | undefined;
  #resumed: Resumed | undefined;

  private constructor(parts: TrainingParts<Model>) {
    const { stage, context, facts } = parts;
    this.#parts = parts;
    this.model = parts.model;
    this.optimizer = parts.optimizer;
    this.#store = new CheckpointStore({
      folder: context.run.file(stage, 'checkpoints'),
      facts,
      alarm: (message) => this.#alarms.push(message),
    });
  }

  /**
   * At the beginning, or where the last whole checkpoint is.
   * @throws ConfigError when the run is not the one that was begun; NoUsableCheckpointError
   */
  static async open<Model extends Disposable>(
    parts: TrainingParts<Model>,
  ): Promise<TrainingRun<Model>> {
    const run = new TrainingRun(parts);
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

  /** Whether nothing was trained since a resume: what is measured here was told before. */
  get isWhereItResumed(): boolean {
    return this.state.step === this.#resumed?.step;
  }

  async save(): Promise<void> {
    this.#tellAlarms();
    this.metrics.sync();
    const tensors = Object.fromEntries(
      Object.entries(this.#files()).map(([name, part]) => [name, part.stateDict()]),
    );
    const state = this.state.snapshot();
    const { documents, keptSteps = () => [] } = this.#parts;
    const kept = keptSteps(state.step);
    await this.#store.save({ state, tensors, documents: documents(), keptSteps: kept });
  }

  /** A document of the checkpoint that was resumed, `undefined` at the beginning of a run. */
  resumedDocument(name: string): string | undefined {
    return this.#resumed?.checkpoint.document(name).toString('utf8');
  }

  /** A document of the checkpoint at which the run stands, such as the one that it went back to. */
  async savedDocument(name: string): Promise<string | undefined> {
    const checkpoint = await this.#store.load(this.state.step);
    return checkpoint?.document(name).toString('utf8');
  }

  /** Puts the weights of an earlier checkpoint into the model, when training is over. */
  async loadWeights(step: number): Promise<void> {
    const checkpoint = await this.#store.load(step);
    if (checkpoint?.step === step) return checkpoint.restore(this.#parts.weights);
    const got = checkpoint === undefined ? 'none' : `step ${checkpoint.step}`;
    throw new FileError({ what: `the checkpoint of step ${step}`, must: 'be whole', got });
  }

  /** Goes back to the checkpoint that a spike asks for. */
  async rollBack(request: RollbackRequest): Promise<void> {
    this.metrics.rolledBack(await rollBack(request, this.#store, this.state, this.#files()));
  }

  /** @throws FileError when this last checkpoint does not reach the disk. */
  async saveLast(): Promise<void> {
    await this.save();
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
    for (const part of Object.values(this.#parts.weights)) part[Symbol.dispose]();
    this.optimizer.dispose();
    this.model[Symbol.dispose]();
  }

  async #start(): Promise<void> {
    const { facts, rules } = this.#parts;
    const options = { store: this.#store, state: this.state, facts, rules };
    this.#resumed = await resume({ ...options, targets: this.#files() });
    this.#metrics = openMetrics(this.#parts, this.state.step);
    if (this.#resumed !== undefined) this.metrics.note(describeResumed(this.#resumed));
    else await this.#saveFirst();
  }

  /**
   * Before step 0 too: a spike that comes early has a checkpoint to go back to. This one is waited for
   * where steps need the cores that write it: a team of threads is as slow as the one that shares its
   * core, and there is no earlier checkpoint to hear of a full disk from.
   */
  async #saveFirst(): Promise<void> {
    await this.save();
    if ((this.#parts.config.device ?? 'cpu') !== 'cpu') return;
    await this.#store.flush();
    this.#tellAlarms();
    this.metrics.restartClock();
  }

  #tellAlarms(): void {
    for (const message of this.#alarms.splice(0)) this.metrics.note(message, { alarm: message });
  }

  /** What a checkpoint holds as tensors. */
  #files() {
    return { ...this.#parts.weights, 'training-state.safetensors': this.optimizer };
  }
}
