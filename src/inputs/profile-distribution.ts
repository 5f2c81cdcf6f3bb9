/** What a profile means for the start of the script. */
import { hasTorch, readContainer } from './deep-learning-containers.ts';
import type { Distribution } from './distribution.ts';
import type { Values } from './specs.ts';

export interface Chosen {
  readonly distribution: Distribution | undefined;
  /** What the user should know about it; a sentence. */
  readonly warning?: string;
}

/** `large` has four GPUs: `torchrun` uses them where the toolkit is there to start it; elsewhere that is the image's own work. */
export function chooseDistribution(values: Partial<Values>): Chosen {
  const { distribution, 'instance-type': instance, 'entry-point': script, image = '' } = values;
  if (distribution !== undefined || instance?.profile !== 'large') return { distribution };
  const container = readContainer(image);
  const hasToolkit = container === undefined ? script !== undefined : hasTorch(container);
  if (hasToolkit && (script === undefined || script.endsWith('.py'))) return { distribution: { torchrun: {} } };
  const why =
    script !== undefined && hasToolkit
      ? 'torchrun starts Python scripts only'
      : 'it cannot be known whether the image holds a training toolkit that starts torchrun';
  return {
    distribution: undefined,
    warning: `The profile large has four GPUs, but distribution is not set: ${why}. Start one process for each GPU yourself (torchrun --nproc_per_node=4 train.py), or set distribution.`,
  };
}
