/** Which of the action's outside calls a request is. One operation asked for two reasons is two call sites. */
import type { LedgerEntry } from '../../local-cloud/ledger.ts';

/** Speaks of the requests that the run made before this one. */
type Role = (request: Readonly<Record<string, unknown>>, earlier: readonly LedgerEntry[]) => string;

const has = (earlier: readonly LedgerEntry[], operation: string) =>
  earlier.some((entry) => entry.operation === operation);

/** Tags of a request by their key. */
function tagsIn(request: Readonly<Record<string, unknown>>): Record<string, string> {
  const tags = (request.Tags ?? []) as readonly { readonly Key: string; readonly Value: string }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** Whether the run has a job by now: made, or taken over. */
function hasJob(earlier: readonly LedgerEntry[]): boolean {
  return (
    has(earlier, 'CreateTrainingJob') ||
    earlier.some(
      ({ operation, request }) => operation === 'AddTags' && 'train-wait' in tagsIn(request as Record<string, unknown>),
    )
  );
}

const addTags: Role = (request) => {
  const tags = tagsIn(request);
  if ('train-superseded-by' in tags) return 'superseded by';
  return tags['train-wait']?.startsWith('run:') ? 'take over' : `${tags['train-wait']}`;
};

const search: Role = (request) => {
  const filters = JSON.stringify(request);
  if (filters.includes('NotEquals')) return 'other workflow';
  return filters.includes('train-config-hash') ? 'same configuration' : 'same pull request';
};

const sessions: Role = (_, earlier) => (hasJob(earlier) ? 'renewal' : 'first');
/** Before the run has a job of its own, only an older job can be meant. */
const whoseJob: Role = (_, earlier) => (hasJob(earlier) ? 'own job' : 'older job');

const ROLES: Readonly<Record<string, Role>> = {
  AddTags: addTags,
  Search: search,
  'GET /_oidc/token': sessions,
  AssumeRoleWithWebIdentity: sessions,
  DescribeTrainingJob: (_, earlier) => (hasJob(earlier) ? 'follow' : 'look up'),
  ListTags: whoseJob,
  StopTrainingJob: whoseJob,
  ListObjectsV2: ({ prefix }, earlier) => {
    if (String(prefix).includes('/checkpoints/')) return 'checkpoints';
    return hasJob(earlier) ? 'looked at' : 'channel';
  },
  BatchGetImage: (_, earlier) => {
    if (has(earlier, 'PutManifest')) return 'pushed';
    return hasJob(earlier) ? 'looked at' : 'present';
  },
  'POST /repos/{owner}/{repo}/statuses/{sha}': (_, earlier) => (hasJob(earlier) ? 'end' : 'begin'),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': (_, earlier) =>
    has(earlier, 'GET /repos/{owner}/{repo}/pulls/{pull_number}') ? 'still the head' : 'head',
};

/** Calls of GitHub by the last two words of their path that are no parameter. */
function shortName(operation: string): string {
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(operation) ?? [];
  if (method === undefined || path === undefined) return operation;
  const words = path.split('/').filter((part) => part !== '' && !part.startsWith('{') && part !== 'repos');
  const one = path.endsWith('}') ? ' (one)' : '';
  return `${method} ${words.slice(-2).join('/')}${one}`;
}

/** `sagemaker DescribeTrainingJob: follow`. `post`: the post step asks. */
export function callSite(entry: LedgerEntry, earlier: readonly LedgerEntry[], post = false): string {
  const role = post ? undefined : ROLES[entry.operation]?.(entry.request as Readonly<Record<string, unknown>>, earlier);
  const which = post ? ' (post step)' : '';
  return `${entry.service} ${shortName(entry.operation)}${role === undefined ? '' : `: ${role}`}${which}`;
}

/** Operations that change something: a lost answer leaves the change behind. */
const CHANGING = /^(Create|Put|Add|Stop|POST |PATCH |PUT |DELETE )/;

export function changesSomething({ operation }: Pick<LedgerEntry, 'operation'>): boolean {
  return CHANGING.test(operation);
}

/** Not the action's own: what the docker client asks of the registry, and what the tests ask of the cloud. */
export function isOurs({ service }: Pick<LedgerEntry, 'service'>): boolean {
  return service !== 'registry' && service !== 'local';
}
