/** The training loop, and what keeps its work safe. Knows nothing of what it trains. */
export { type BatchRampConfig, type BatchSchedule, batchRamp } from './batch-ramp.ts';
export type { Checkpoint, Restorable } from './checkpoint/checkpoint.ts';
export {
  compareFacts,
  type Difference,
  describeDifference,
  machineRules,
  type ResumeRule,
  type ResumeRules,
} from './checkpoint/compare-facts.ts';
export { latestCheckpoint } from './checkpoint/latest.ts';
export type { Facts, Json, Manifest } from './checkpoint/manifest.ts';
export { type Resumed, type ResumeOptions, resume } from './checkpoint/resume.ts';
export type { Retention } from './checkpoint/retention.ts';
export { type RunDescription, runFacts } from './checkpoint/run-facts.ts';
export { CheckpointStore } from './checkpoint/store.ts';
export type {
  CheckpointContent,
  CheckpointStoreConfig,
  SaveOutcome,
} from './checkpoint/store-config.ts';
export { type VerifiedCheckpoint, verifyCheckpoint } from './checkpoint/verify.ts';
export { measurePeakFlops } from './metrics/peak-flops.ts';
export type { StepRecord } from './metrics/step-record.ts';
export { type Throughput, type ThroughputConfig, ThroughputMeter } from './metrics/throughput.ts';
export { TrainMetrics, type TrainMetricsConfig } from './metrics/train-metrics.ts';
export { rollBack } from './rollback.ts';
export {
  guardRules,
  judgeStep,
  newSpikeGuard,
  type SpikeGuardState,
  type Verdict,
} from './spike-guard.ts';
export { type StopSignal, StopSignals } from './stop-signals.ts';
export { type StopRequest, train } from './train.ts';
export type {
  RollbackRequest,
  SampleRange,
  StepReport,
  TrainConfig,
  TrainTask,
} from './train-config.ts';
export { type LedgerEntry, type TrainSnapshot, TrainState } from './train-state.ts';
