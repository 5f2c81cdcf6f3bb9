import type { CauseLabel } from '../labels.ts';
import { ACCELERATOR_SAMPLES } from './accelerators.ts';
import { CHECKPOINT_SAMPLES } from './checkpoints.ts';
import { CLIENT_SAMPLES } from './client.ts';
import { COLLECTIVE_SAMPLES } from './collective.ts';
import { CONTAINER_SAMPLES } from './container.ts';
import { DATA_SAMPLES } from './data.ts';
import { DISTRIBUTED_SAMPLES } from './distributed.ts';
import { IDENTITY_SAMPLES } from './identity.ts';
import { IMAGE_SAMPLES } from './image.ts';
import { IMPORT_SAMPLES } from './imports.ts';
import { INSTALLATION_SAMPLES } from './installation.ts';
import { LIMIT_SAMPLES } from './limits.ts';
import { MEMORY_SAMPLES } from './memory.ts';
import { NETWORK_SAMPLES } from './network.ts';
import { PARAMETER_SAMPLES } from './parameters.ts';
import { PROGRAM_SAMPLES } from './program.ts';
import { REQUEST_SAMPLES } from './request.ts';
import type { RuleSamples } from './samples.ts';
import { SERVICE_SAMPLES } from './service.ts';
import { STOP_SAMPLES } from './stops.ts';
import { STORAGE_SAMPLES } from './storage.ts';
import { TRAINING_SAMPLES } from './training.ts';
import { VOLUME_SAMPLES } from './volumes.ts';

/** Every rule's samples; the action itself has no use for them, and does not carry them. */
export const SAMPLES: Readonly<Record<CauseLabel, RuleSamples>> = {
  ...ACCELERATOR_SAMPLES,
  ...CHECKPOINT_SAMPLES,
  ...CLIENT_SAMPLES,
  ...COLLECTIVE_SAMPLES,
  ...CONTAINER_SAMPLES,
  ...DATA_SAMPLES,
  ...DISTRIBUTED_SAMPLES,
  ...IDENTITY_SAMPLES,
  ...IMAGE_SAMPLES,
  ...IMPORT_SAMPLES,
  ...INSTALLATION_SAMPLES,
  ...LIMIT_SAMPLES,
  ...MEMORY_SAMPLES,
  ...NETWORK_SAMPLES,
  ...PARAMETER_SAMPLES,
  ...PROGRAM_SAMPLES,
  ...REQUEST_SAMPLES,
  ...SERVICE_SAMPLES,
  ...STOP_SAMPLES,
  ...STORAGE_SAMPLES,
  ...TRAINING_SAMPLES,
  ...VOLUME_SAMPLES,
};
