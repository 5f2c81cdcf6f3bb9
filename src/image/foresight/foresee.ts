/** Gathers what can be foreseen of an image, tells it in the log, and answers it for the report. */
import { posix } from 'node:path';
import { clean } from '../../hostile/clean.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { valueAt } from '../../inputs/json.ts';
import type { Files, Runner, Secrets } from '../../ports.ts';
import type { ImageRecipe } from '../recipe.ts';
import { checkpointFindings } from './checkpoint-place.ts';
import { codeFindings } from './code-findings.ts';
import { contextFindings } from './context-findings.ts';
import { diskFindings } from './disk-finding.ts';
import { baseOfTarget, dockerfileFindings } from './dockerfile-findings.ts';
import type { Finding } from './finding.ts';
import type { ImageConfig } from './image-config.ts';

export interface ForesightDoors {
  readonly files: Pick<Files, 'read' | 'freeBytes'>;
  readonly runner: Pick<Runner, 'warning'>;
  readonly secrets: Pick<Secrets, 'redact'>;
}

/** Where an engine keeps its images unless it was told otherwise. */
const ENGINE_DATA = '/var/lib/docker';

const REQUIREMENTS =
  /(?:^|\/)(?:requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|setup\.(?:py|cfg)|environment\.ya?ml|Pipfile|uv\.lock|poetry\.lock)$/;

/** `isBuilt`: only then the bases come to this machine, and are asked what they are. Warnings, never a failure. */
export async function foresee(
  inputs: Inputs,
  recipe: ImageRecipe,
  isBuilt: boolean,
  doors: ForesightDoors,
): Promise<readonly string[]> {
  const { files, runner, secrets } = doors;
  const { image, jobFile, script } = inputs;
  const { stages } = recipe.reach;
  const hasTrain = recipe.context.entries.some(({ name, kind }) => name === 'train' && kind !== 'directory');
  const contextBringsTrain = hasTrain || (await namesToolkit(image, recipe, files));
  const compressed = recipe.images.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0);
  const free =
    isBuilt && compressed > 0 ? ((await files.freeBytes(ENGINE_DATA)) ?? (await files.freeBytes('.'))) : undefined;
  const findings = [
    ...dockerfileFindings({
      ...{ stages, platform: image.platform, contextBringsTrain },
      base: isBuilt ? await baseConfig(recipe) : undefined,
      hasCommand: valueAt(jobFile, 'AlgorithmSpecification.ContainerEntrypoint') !== undefined,
    }),
    ...(await checkpointFindings(inputs, recipe, files)),
    ...codeFindings(recipe.stages, script !== undefined),
    ...contextFindings(recipe.context.entries),
    ...diskFindings(compressed, free),
  ];
  for (const finding of findings) runner.warning(clean(finding.message, secrets), placeOf(finding, recipe.path));
  return findings.map(({ message }) => message);
}

async function baseConfig({ reach, images }: ImageRecipe): Promise<ImageConfig | undefined> {
  const reference = baseOfTarget(reach.stages)?.reference;
  return images.find((each) => each.reference === reference)?.config?.();
}

async function namesToolkit(
  image: Inputs['image'],
  { context }: ImageRecipe,
  files: Pick<Files, 'read'>,
): Promise<boolean> {
  for (const { path } of context.entries.filter((entry) => entry.kind === 'file' && REQUIREMENTS.test(entry.path))) {
    if (/sagemaker/i.test((await files.read(posix.join(image.context, path))) ?? '')) return true;
  }
  return false;
}

function placeOf({ line }: Finding, file: string) {
  return line === undefined || file.startsWith('..') || posix.isAbsolute(file) ? undefined : { file, line };
}
