/** Machines, spot, warm pools, volumes, distribution: what does not go together (the API tells only after the image is built). */
import type { Combined } from './combinations.ts';
import { inWords } from './duration.ts';
import { hasLocalDisks } from './instance-family.ts';
import type { Problem } from './problem.ts';
import { inAList } from './scalar.ts';

/** Adding a rule is adding a line. */
const RULES: readonly ((inputs: Combined) => readonly Problem[])[] = [
  waitOnlyWithSpot,
  waitCoversRun,
  noWarmPoolWithSpot,
  noVolumeKeyWithLocalDisks,
  smddpInstances,
];

export function computeProblems(inputs: Combined): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
}

function waitOnlyWithSpot({ values, given }: Combined): readonly Problem[] {
  if (values.spot !== false || !given.has('max-wait')) return [];
  const remedy = 'Remove max-wait, or set spot: true.';
  return [{ input: 'max-wait', message: 'is set, but spot is false: only spot capacity is waited for', remedy }];
}

function waitCoversRun({ values }: Combined): readonly Problem[] {
  const { 'max-run': run, 'max-wait': wait } = values;
  if (values.spot === false || run === undefined || wait === undefined || wait >= run) return [];
  const message = `is ${inWords(wait)}, shorter than max-run (${inWords(run)}), which it includes`;
  return [{ input: 'max-wait', message, remedy: `Write at least ${inWords(run)}, with time to wait on top.` }];
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/train-warm-pools.html */
function noWarmPoolWithSpot({ values }: Combined): readonly Problem[] {
  if (values['keep-alive'] === undefined || values.spot !== true) return [];
  const remedy = 'Set spot: false to keep a warm pool, or remove keep-alive to train on spot.';
  return [{ input: 'keep-alive', message: 'is set, but spot instances cannot be kept as a warm pool', remedy }];
}

function noVolumeKeyWithLocalDisks({ values }: Combined): readonly Problem[] {
  const type = values['instance-type']?.type;
  if (values['volume-kms-key'] === undefined || type === undefined || !hasLocalDisks(type)) return [];
  const message = `is set, but ${type} has NVMe disks, which its hardware encrypts: SageMaker refuses a key for them`;
  return [{ input: 'volume-kms-key', message, remedy: 'Remove volume-kms-key.' }];
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/distributed-data-parallel-support.html */
const SMDDP = ['ml.p3.16xlarge', 'ml.p3dn.24xlarge', 'ml.p4d.24xlarge', 'ml.p4de.24xlarge'];

function smddpInstances({ values }: Combined): readonly Problem[] {
  const { distribution, 'instance-type': instance } = values;
  if (distribution?.smddp === undefined || instance === undefined) return [];
  if (SMDDP.includes(instance.type)) return [];
  // With torchrun the library is a backend of torch.distributed, which the toolkit also takes on P5.
  if (distribution.torchrun !== undefined && instance.type === 'ml.p5.48xlarge') return [];
  const message = `is smddp, which AWS has not built for ${instance.type}`;
  return [{ input: 'distribution', message, remedy: `Write torchrun, or take ${inAList(SMDDP)}.` }];
}
