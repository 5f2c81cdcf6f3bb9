/** Script mode, images with the training toolkit, and the hyperparameters by which it is spoken to. */
import type { Combined } from './combinations.ts';
import { maximumOf } from './constraints.ts';
import { containerUri, readContainer } from './deep-learning-containers.ts';
import type { Distribution } from './distribution.ts';
import { valueAt } from './json.ts';
import { type Problem, quoted } from './problem.ts';

const RULES: readonly ((inputs: Combined) => readonly Problem[])[] = [
  needsEntryPoint,
  pythonForTorchrun,
  noRequirementsInIsolation,
  containerInRegion,
  containerRunsSomething,
  reservedNames,
  reservedChannel,
  roomForOwn,
];

export function scriptProblems(inputs: Combined): readonly Problem[] {
  return RULES.flatMap((rule) => rule(inputs));
}

function needsEntryPoint({ given }: Combined): readonly Problem[] {
  if (given.has('entry-point')) return [];
  return (['source-dir', 'requirements'] as const)
    .filter((input) => given.has(input))
    .map((input) => ({
      input,
      message: 'is set without entry-point',
      remedy: 'Add entry-point: the script to start.',
    }));
}

/** https://github.com/aws/sagemaker-training-toolkit, torch_distributed.py */
function pythonForTorchrun({ values }: Combined): readonly Problem[] {
  const script = values['entry-point'];
  if (values.distribution?.torchrun === undefined || script === undefined || script.endsWith('.py')) return [];
  const message = `is ${quoted(script)}, which torchrun cannot start`;
  return [
    {
      input: 'entry-point',
      message,
      remedy: 'Name a Python script (.py), or start torchrun in it and remove distribution.',
    },
  ];
}

function noRequirementsInIsolation({ values, given }: Combined): readonly Problem[] {
  if (values['network-isolation'] !== true || !given.has('requirements')) return [];
  const remedy = 'Install them into the image, or remove network-isolation.';
  return [{ input: 'requirements', message: 'cannot be installed: network-isolation cuts the container off', remedy }];
}

function containerInRegion({ values: { image = '', 'aws-region': region } }: Combined): readonly Problem[] {
  const container = readContainer(image);
  if (container === undefined || region === undefined || containerUri(container, region) !== undefined) return [];
  const message = `is ${quoted(image)}, but no registry of AWS Deep Learning Containers is known in ${region}`;
  return [{ input: 'image', message, remedy: 'Write the full URI of the image.' }];
}

/** The image holds frameworks and no program. */
function containerRunsSomething({ values, given, rest }: Combined): readonly Problem[] {
  if (readContainer(values.image ?? '') === undefined || given.has('entry-point')) return [];
  const named = values.hyperparameters?.sagemaker_program ?? values.environment?.SAGEMAKER_PROGRAM;
  const own = ['ContainerEntrypoint', 'ContainerArguments'].some(
    (name) => valueAt(rest, `AlgorithmSpecification.${name}`) !== undefined,
  );
  if (named !== undefined || own) return [];
  const remedy = 'Add entry-point (and source-dir), or ContainerEntrypoint in job-file.';
  return [{ input: 'image', message: 'is an AWS Deep Learning Container, and nothing says what to run in it', remedy }];
}

const OWN_IN_SCRIPT_MODE = [
  'sagemaker_program',
  'sagemaker_submit_directory',
  'sagemaker_container_log_level',
  'sagemaker_job_name',
  'sagemaker_region',
];
const OWN_IN_DISTRIBUTION: Readonly<Record<keyof Distribution, readonly string[]>> = {
  torchrun: ['sagemaker_torch_distributed_enabled', 'sagemaker_instance_type'],
  mpi: ['sagemaker_mpi_enabled', 'sagemaker_mpi_num_of_processes_per_host', 'sagemaker_mpi_custom_mpi_options'],
  smddp: [
    'sagemaker_distributed_dataparallel_enabled',
    'sagemaker_distributed_dataparallel_custom_mpi_options',
    'sagemaker_instance_type',
  ],
};

/** Hyperparameters that the action sets itself. */
function ownNames({ values, given }: Combined): readonly string[] {
  const ways = Object.keys(values.distribution ?? {}) as (keyof Distribution)[];
  const distributed = ways.flatMap((way) => OWN_IN_DISTRIBUTION[way]);
  return [...new Set([...(given.has('entry-point') ? OWN_IN_SCRIPT_MODE : []), ...distributed])];
}

function reservedNames(inputs: Combined): readonly Problem[] {
  const { hyperparameters = {} } = inputs.values;
  return ownNames(inputs)
    .filter((name) => Object.hasOwn(hyperparameters, name))
    .map((name) => {
      const setter = OWN_IN_SCRIPT_MODE.includes(name) ? 'entry-point' : 'distribution';
      return { input: 'hyperparameters', message: `${name} is set by ${setter}`, remedy: `Remove it, or ${setter}.` };
    });
}

/** In isolation the toolkit cannot fetch the program; it comes as a channel, as the SageMaker Python SDK sends it. */
function reservedChannel({ values, given }: Combined): readonly Problem[] {
  const clashes =
    given.has('entry-point') && values['network-isolation'] === true && values.channels?.code !== undefined;
  if (!clashes) return [];
  return [
    {
      input: 'channels',
      message: 'code is the channel by which network-isolation gets the program',
      remedy: 'Give it another name.',
    },
  ];
}

function roomForOwn(inputs: Combined): readonly Problem[] {
  const most = maximumOf('CreateTrainingJob.HyperParameters');
  const [own, theirs] = [ownNames(inputs).length, Object.keys(inputs.values.hyperparameters ?? {}).length];
  if (own === 0 || theirs > most || theirs + own <= most) return [];
  const message = `has ${theirs} entries, and ${own} more are set for the training toolkit`;
  return [{ input: 'hyperparameters', message, remedy: `At most ${most} are allowed together.` }];
}
