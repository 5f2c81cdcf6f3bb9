/** All rules. Their order does not matter: the strongest sign decides. */
import type { Rule } from '../rule.ts';
import { ACCELERATOR_RULES } from './accelerators.ts';
import { CHECKPOINT_RULES } from './checkpoints.ts';
import { CLIENT_RULES } from './client.ts';
import { COLLECTIVE_RULES } from './collective.ts';
import { CONTAINER_RULES } from './container.ts';
import { DATA_RULES } from './data.ts';
import { DISTRIBUTED_RULES } from './distributed.ts';
import { IDENTITY_RULES } from './identity.ts';
import { IMAGE_RULES } from './image.ts';
import { IMPORT_RULES } from './imports.ts';
import { INSTALLATION_RULES } from './installation.ts';
import { LIMIT_RULES } from './limits.ts';
import { MEMORY_RULES } from './memory.ts';
import { NETWORK_RULES } from './network.ts';
import { PARAMETER_RULES } from './parameters.ts';
import { PROGRAM_RULES } from './program.ts';
import { REQUEST_RULES } from './request.ts';
import { SERVICE_RULES } from './service.ts';
import { STOP_RULES } from './stops.ts';
import { STORAGE_RULES } from './storage.ts';
import { TRAINING_RULES } from './training.ts';
import { VOLUME_RULES } from './volumes.ts';

export const RULES: readonly Rule[] = [
  ...PROGRAM_RULES,
  ...IMPORT_RULES,
  ...PARAMETER_RULES,
  ...DATA_RULES,
  ...CHECKPOINT_RULES,
  ...DISTRIBUTED_RULES,
  ...MEMORY_RULES,
  ...ACCELERATOR_RULES,
  ...STORAGE_RULES,
  ...NETWORK_RULES,
  ...CONTAINER_RULES,
  ...REQUEST_RULES,
  ...IDENTITY_RULES,
  ...IMAGE_RULES,
  ...LIMIT_RULES,
  ...VOLUME_RULES,
  ...SERVICE_RULES,
  ...TRAINING_RULES,
  ...INSTALLATION_RULES,
  ...COLLECTIVE_RULES,
  ...CLIENT_RULES,
  ...STOP_RULES,
];
