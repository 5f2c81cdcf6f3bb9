/** Reads the event and, where it only names a pull request, asks GitHub for the rest. */
import { Failure, messageOf } from '../failure.ts';
import { clean } from '../hostile/clean.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { GitHub, Ports, PullRequest } from '../ports.ts';
import type { Payload } from './payload.ts';
import { type Reading, readEvent, type Subject, subjectOfCommand } from './subject.ts';

export type FoundSubject = Exclude<Reading, { kind: 'command' }>;

/** Roles that may start paid machines by a comment. `maintain` reads as write here, `triage` as read. */
const WRITERS: ReadonlySet<string> = new Set(['admin', 'write']);

/** `/train fresh`: as if `reuse: never` and `resume: never` were set. */
const FRESH = 'fresh';

type Doors = Pick<Ports, 'runner' | 'github' | 'secrets'>;

export async function findSubject(inputs: Inputs, doors: Doors): Promise<FoundSubject> {
  const { env } = doors.runner;
  const payload = doors.runner.event() as Payload;
  const reading = readEvent(env, payload);
  if (reading.kind === 'command') {
    const obeyed = await obey(reading, await openGitHub(inputs, doors));
    if (!isPullRequest(obeyed)) return obeyed;
    const found = subjectOfCommand(env, payload, obeyed) as FoundSubject;
    return found.kind === 'subject' ? { ...found, fresh: reading.argument === FRESH } : found;
  }
  if (reading.kind !== 'subject' || reading.subject.pullRequest !== undefined) return reading;
  return { kind: 'subject', subject: await withPullRequest(reading.subject, inputs, doors) };
}

type Command = Extract<Reading, { kind: 'command' }>;

/** A comment can be written by anybody: the permission decides, not `author_association`, and before anything is answered. */
async function obey(command: Command, github: GitHub): Promise<FoundSubject | PullRequest> {
  const { user, commentId, argument } = command;
  const react = (content: 'eyes' | 'confused') => github.react(commentId, content).catch(() => {});
  const permission = await read('The commenter’s permission', () => github.permission(user));
  if (!WRITERS.has(permission)) {
    await react('confused');
    return { kind: 'untrusted', why: `${user} asked for \`/train\` but has ${permission} permission; write is needed` };
  }
  if (argument !== '' && argument !== FRESH) {
    await react('confused');
    const why = `\`/train ${argument}\` is not a command of this version; \`/train\` and \`/train fresh\` are`;
    return { kind: 'unsupported', why };
  }
  await react('eyes');
  return read('The pull request', () => github.pullRequest(command.pullRequest));
}

function isPullRequest(obeyed: FoundSubject | PullRequest): obeyed is PullRequest {
  return 'headSha' in obeyed;
}

/** GitHub's word that a command cannot do without. */
async function read<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw new Failure(
      'GITHUB_UNAVAILABLE',
      `${what} could not be read: ${messageOf(error)}${accepted(error)}`,
      'Comment `/train` again; where GitHub names a missing permission, add it to the `permissions` of the job.',
      error,
    );
  }
}

/** GitHub's `X-Accepted-GitHub-Permissions`. */
function accepted(error: unknown): string {
  const { acceptedPermissions } = Object(error) as { readonly acceptedPermissions?: string };
  return acceptedPermissions ? ` (GitHub accepts ${acceptedPermissions})` : '';
}

async function openGitHub(inputs: Inputs, doors: Doors): Promise<GitHub> {
  if (inputs.githubToken) return doors.github(inputs.githubToken);
  throw new Failure(
    'GITHUB_UNAVAILABLE',
    '`/train` needs a token to read the commenter’s permission.',
    'Leave `github-token` at its default.',
  );
}

/** The open pull request whose head this commit is, so that its report lands there. Best effort. */
async function withPullRequest(subject: Subject, inputs: Inputs, doors: Doors): Promise<Subject> {
  if (!inputs.githubToken || inputs.report.comment === 'off' || subject.event === 'schedule') return subject;
  const github = await doors.github(inputs.githubToken);
  const pulls = await github.pullRequestsOfCommit(subject.sha).catch((error): readonly PullRequest[] => {
    const text = `No comment is written, for the pull request of this commit could not be looked up: ${messageOf(error)}${accepted(error)}. The job needs \`pull-requests: write\`.`;
    doors.runner.warning(clean(text, doors.secrets));
    return [];
  });
  const mine = pulls.find(
    ({ state, headSha, headRepository }) =>
      state === 'open' && headSha === subject.sha && headRepository === subject.repository,
  );
  return mine ? { ...subject, pullRequest: mine.number, base: mine.baseRef } : subject;
}

/** The inputs as they count for this run: a comment may ask for more than the workflow file. */
export function inputsFor(found: Extract<FoundSubject, { kind: 'subject' }>, inputs: Inputs): Inputs {
  return found.fresh ? { ...inputs, run: { ...inputs.run, reuse: 'never', resume: 'never' } } : inputs;
}

/** The new head, if the pull request has moved on since `/train`: then nothing may be started for the old one. */
export async function headMovedTo(subject: Subject, inputs: Inputs, doors: Doors): Promise<string | undefined> {
  if (subject.event !== 'issue_comment' || subject.pullRequest === undefined) return undefined;
  const { pullRequest } = subject;
  const github = await openGitHub(inputs, doors);
  const { headSha } = await read('The pull request', () => github.pullRequest(pullRequest));
  return headSha === subject.sha ? undefined : headSha;
}
