/** What was seen of the data: the places in S3, the execution role's rights to them, and what the job said of them. */
import type { Circumstances } from './circumstances.ts';
import type { DataProbe, RoleDecision } from './evidence.ts';
import { RUNTIME_SAID, shortened, verbatim } from './verbatim.ts';

const MOST_NAMED = 6;

export function dataFinding(circumstances: Circumstances): string {
  const { data = [], role, unseen } = circumstances.evidence;
  const amiss = [...data.filter(isAmiss).map(amissWords), ...deniedWords(role)];
  const hidden = data.filter(({ answer }) => answer === 'denied' || answer === 'unknown');
  const sentences = [
    ...amiss.slice(0, MOST_NAMED),
    ...said(circumstances, amiss.length > 0),
    ...(amiss.length === 0 ? foundWords(data) : []),
    ...hidden.slice(0, MOST_NAMED).map(hiddenWords),
    ...roleWords(role, unseen?.role),
  ];
  return sentences.length > 0 ? sentences.join(' ') : inferred(circumstances);
}

/** An output or checkpoint prefix comes into being with its first object. */
function isAmiss({ use, answer }: DataProbe): boolean {
  if (answer === 'empty') return use === 'input' || use === 'source';
  return answer === 'no-bucket' || answer === 'other-region';
}

function amissWords({ uri, use, answer, detail }: DataProbe): string {
  if (answer === 'empty') return `Nothing is under ${uri} (${use}).`;
  const what = answer === 'no-bucket' ? 'does not exist' : "is not in the job's region";
  return `The bucket of ${uri} (${use}) ${what}: ${detail.replace(/\.?$/, '.')}`;
}

function deniedWords(role: readonly RoleDecision[] = []): readonly string[] {
  const denied = role.filter(({ action, allowed }) => action.startsWith('s3:') && !allowed);
  if (denied.length === 0) return [];
  const list = denied.slice(0, MOST_NAMED).map(({ action, resource }) => `${action} on ${resource}`);
  return [`By its own policies the execution role may not: ${list.join(', ')}.`];
}

/** What SageMaker itself said weighs more than what the places look like now. */
function said({ reason }: Circumstances, amiss: boolean): readonly string[] {
  if (!reason || RUNTIME_SAID.test(reason.text) || !/data download failed|upload failed|S3/i.test(reason.detail))
    return [];
  return amiss ? [] : [`${verbatim(shortened(reason.detail, 200))}.`];
}

function foundWords(data: readonly DataProbe[]): readonly string[] {
  const seen = data.filter(({ answer }) => answer === 'found' || answer === 'empty');
  if (seen.length === 0) return [];
  const list = seen
    .slice(0, MOST_NAMED)
    .map(({ use, detail, answer }) => `${use} ${answer === 'empty' ? 'nothing yet' : detail}`);
  return [`${seen.length} of ${data.length} S3 locations of the request answered (${list.join(', ')}).`];
}

/** Another role asks than the one that the job ran as. */
function hiddenWords({ uri, answer, detail }: DataProbe): string {
  return answer === 'denied'
    ? `${uri} could not be checked: this workflow's role may not list it.`
    : `${uri} could not be checked: ${detail.slice(0, 120).replace(/\.?$/, '.')}`;
}

function roleWords(role: readonly RoleDecision[] | undefined, unseen: string | undefined): readonly string[] {
  if (unseen) return [`What the execution role may do could not be checked: ${unseen}.`];
  const asked = role?.filter(({ action }) => action.startsWith('s3:')) ?? [];
  const fine = asked.length > 0 && asked.every(({ allowed }) => allowed);
  return fine ? ["The execution role's own policies allow what the request needs there."] : [];
}

function inferred({ evidence: { log }, phases }: Circumstances): string {
  const trained = phases.some(
    ({ phase, message }) => phase === 'Training' && !/Downloading the training image/.test(message),
  );
  if (trained || log.totalLines > 0)
    return 'The input data was downloaded: the job came as far as running the container.';
  return 'Nothing points at the data; no S3 location was probed.';
}
