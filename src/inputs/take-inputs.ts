import { clean } from '../hostile/clean.ts';
import type { Ports } from '../ports.ts';
import { accountOf, hideAccounts } from './hidden-account.ts';
import type { Inputs } from './inputs.ts';
import type { JobFileText } from './job-file/read-job-file.ts';
import type { Problem } from './problem.ts';
import { inputFailure, jobFilePath, readInputs, reparseInputs } from './read-inputs.ts';
import { missingFiles } from './script-files.ts';
import { secretValues, secretWarning } from './secret-values.ts';

type Doors = Pick<Ports, 'runner' | 'secrets' | 'files'>;

/** GitHub shows ten annotations of a step; one is the failure itself. */
const MOST_ANNOTATIONS = 9;

/**
 * The inputs of this step; warnings are said, and values that are secrets are known as such before anything prints them.
 * Throws one Failure INPUT_INVALID with all mistakes; those of the job file are annotated there as well.
 */
export async function takeInputs(doors: Doors): Promise<Inputs> {
  const { runner, secrets } = doors;
  const read = readInputs(runner.env, {
    jobFile: await fetchJobFile(doors),
    problems: await missingFiles(runner.env, doors.files),
  });
  if (!read.ok) {
    annotate(read.problems, doors);
    throw inputFailure(read.problems);
  }
  const { inputs, warnings } = read;
  const exposed = learnSecrets(inputs, doors);
  for (const warning of [...warnings, ...exposed]) runner.warning(clean(warning, secrets));
  return inputs;
}

/** The inputs in the post step. */
export function retakeInputs({ runner, secrets }: Pick<Doors, 'runner' | 'secrets'>): Inputs {
  const inputs = reparseInputs(runner.env);
  learnSecrets(inputs, { runner, secrets });
  return inputs;
}

/** Makes known what must not be shown; answers warnings on secrets that SageMaker itself would show. */
function learnSecrets(inputs: Inputs, doors: Pick<Doors, 'runner' | 'secrets'>): readonly string[] {
  const { secrets } = doors;
  for (const value of Object.values(inputs.image.buildSecrets)) secrets.add(value);
  if (inputs.githubToken) secrets.add(inputs.githubToken);
  for (const source of inputs.report.redact) secrets.addPattern(source);
  hideAccounts([inputs.aws.roleToAssume, inputs.data.executionRole].map(accountOf), inputs, doors);
  const exposed = secretValues(inputs);
  for (const { value } of exposed) secrets.add(value);
  return exposed.map(secretWarning);
}

async function fetchJobFile({ runner, files }: Doors): Promise<JobFileText | undefined> {
  const path = jobFilePath(runner.env);
  // A directory, or a file that this user may not read, is no job file either.
  return path === undefined ? undefined : { path, text: await files.read(path).catch(() => undefined) };
}

function annotate(problems: readonly Problem[], { runner, secrets }: Doors): void {
  const title = clean('The training cannot be started', secrets);
  for (const { input, message, remedy, place } of problems.filter((each) => each.place).slice(0, MOST_ANNOTATIONS)) {
    const subject = input === 'job-file' ? '' : `${input} `;
    runner.error(clean(`${subject}${message}. ${remedy}`, secrets), { ...place, title });
  }
}
