import { messageOf } from '../failure.ts';
import type { Clean } from '../hostile/text.ts';
import type { Comment, CommitStatus, GitHub } from '../ports.ts';

/** A best-effort act: it may come to a warning, never to an exception (the verdict does not depend on it). */
export type Published<Value> =
  | { readonly ok: true; readonly value: Value }
  /** One sentence or two: what could not be written, why, and the permission to add. Not yet clean. */
  | {
      readonly ok: false;
      readonly warning: string;
      /** Names the trouble: GitHub words one failure differently each time (request ids, time-outs), which is no news. */
      readonly trouble: string;
    };

export interface StickyComment {
  readonly github: Pick<GitHub, 'comment' | 'comments' | 'createComment' | 'updateComment' | 'deleteComment'>;
  readonly issue: number;
  /** The first line of the body; hidden when rendered. */
  readonly marker: string;
  /** Written when it is known what stands there now. */
  readonly body: (present: string | undefined) => Clean;
  /** The id an earlier call of this run answered: then nothing is listed. */
  readonly known: number | undefined;
  /** The workflow run that speaks. What a newer run has said is not overwritten. */
  readonly runId: string;
}

/** Who comments with the workflow's own token. A person's comment is never edited, whatever its first line says. */
const WORKFLOW_BOT = 'github-actions[bot]';

/**
 * Edits the one comment that carries the marker, or creates it. Keep the id for the next call. Answers `undefined` when a
 * newer run has spoken there: an older commit's end must not hide the present state of the pull request.
 */
export async function upsertComment(
  comment: StickyComment,
): Promise<Published<{ readonly id: number; readonly url: string } | undefined>> {
  return await attempt('The pull request comment', 'pull-requests: write', async () => {
    const written = (await editKnown(comment)) ?? (await editFound(comment)) ?? (await create(comment));
    return written === 'newer' ? undefined : { id: written.id, url: written.url };
  });
}

/** The hidden last line of the body: which workflow run wrote it. */
export function runMarker(runId: string): string {
  return `<!-- train-run:${runId} -->`;
}

/** Run ids grow, and a re-run keeps its own. */
function isNewer(body: string, runId: string): boolean {
  const written = /\n<!-- train-run:(\d+) -->\s*$/.exec(body)?.[1];
  return written !== undefined && Number(written) > Number(runId);
}

/** Writes a commit status. Whether a failure matters is the caller's to say: for a pending gate it does. */
export async function publishStatus(
  github: Pick<GitHub, 'setStatus'>,
  status: CommitStatus,
): Promise<Published<undefined>> {
  return await attempt('The commit status', 'statuses: write', async () => {
    await github.setStatus(status);
    return undefined;
  });
}

async function editKnown({ github, known, body, runId }: StickyComment): Promise<Comment | 'newer' | undefined> {
  if (known === undefined) return undefined;
  const present = await github.comment(known);
  if (present === undefined) return undefined;
  return isNewer(present.body, runId) ? 'newer' : await edit(github, known, body(present.body));
}

/** The oldest one with our marker wins, so that every run of this pull request agrees on the same comment. */
async function editFound({
  github,
  issue,
  marker,
  body,
  runId,
}: StickyComment): Promise<Comment | 'newer' | undefined> {
  for await (const candidate of github.comments(issue)) {
    if (!isOurs(candidate, marker)) continue;
    if (isNewer(candidate.body, runId)) return 'newer';
    const edited = await edit(github, candidate.id, body(candidate.body));
    if (edited !== undefined) return edited;
  }
  return undefined;
}

/** `undefined` when somebody has deleted it in the meantime. */
async function edit(github: StickyComment['github'], id: number, body: Clean): Promise<Comment | undefined> {
  try {
    return await github.updateComment(id, body);
  } catch (error) {
    if (refusalOf(error).status === 404) return undefined;
    throw error;
  }
}

/** A create whose answer was lost may have succeeded: look before creating a second one. */
async function create(comment: StickyComment): Promise<Comment | 'newer'> {
  const { github, issue, body } = comment;
  try {
    return await withdrawSecond(comment, await github.createComment(issue, body(undefined)));
  } catch (error) {
    if (!answerLost(error)) throw error;
    return (await editFound(comment)) ?? (await github.createComment(issue, body(undefined)));
  }
}

/**
 * Two runs that both found none have both created one. Each looks again when its own is there, and the oldest stays:
 * whoever was later sees it and takes the second one back.
 */
async function withdrawSecond(comment: StickyComment, created: Comment): Promise<Comment | 'newer'> {
  const { github, issue, marker } = comment;
  for await (const candidate of github.comments(issue)) {
    if (candidate.id === created.id) break;
    if (!isOurs(candidate, marker)) continue;
    await github.deleteComment(created.id);
    return (await editFound(comment)) ?? candidate;
  }
  return created;
}

function isOurs({ author, body }: Comment, marker: string): boolean {
  return author.type === 'Bot' && author.login === WORKFLOW_BOT && body.split(/\r?\n/, 1)[0] === marker;
}

interface Refusal {
  readonly status: number | undefined;
  /** GitHub's `X-Accepted-GitHub-Permissions`: what the token would have needed. */
  readonly acceptedPermissions: string | undefined;
}

function refusalOf(error: unknown): Refusal {
  const { status, acceptedPermissions } = Object(error) as Record<string, unknown>;
  return {
    status: typeof status === 'number' ? status : undefined,
    acceptedPermissions: typeof acceptedPermissions === 'string' ? acceptedPermissions : undefined,
  };
}

/** No answer at all, or the server's own failure: the request may have been carried out. */
function answerLost(error: unknown): boolean {
  const { status } = refusalOf(error);
  return status === undefined || status >= 500;
}

async function attempt<Value>(what: string, permission: string, act: () => Promise<Value>): Promise<Published<Value>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    const trouble = `${what}: ${isDenied(error) ? 'denied' : 'failed'}`;
    return { ok: false, warning: `${what} could not be written: ${explain(error, permission)}`, trouble };
  }
}

/** GitHub answers 403 to a token that may read but not write, and 404 to one that may not even read. */
function isDenied(error: unknown): boolean {
  const { status } = refusalOf(error);
  return (status === 403 || status === 404) && !/rate limit|locked|archived/i.test(messageOf(error));
}

function explain(error: unknown, permission: string): string {
  const { status, acceptedPermissions } = refusalOf(error);
  const said = messageOf(error);
  const answered = status === undefined ? '' : `GitHub answered ${status}: `;
  if (!isDenied(error)) return `${answered}${said.replace(/[.!?]?$/, '.')}`;
  const accepted = acceptedPermissions ? ` (GitHub accepts ${acceptedPermissions})` : '';
  return `${answered}${said}${accepted}. Add \`${permission}\` to the \`permissions\` of the job.`;
}
