import type { Cloud } from '../state.ts';
import { type Answer, type Call, CloudError, type Service } from '../types.ts';
import { invalid, requireRead, requireWrite } from './access.ts';
import { pageOf } from './page.ts';
import type { CommitStatus, GitHubRecords } from './records.ts';
import { repositoryJson, statusJson } from './wire.ts';

const STATES = ['error', 'failure', 'pending', 'success'];
const LONGEST_DESCRIPTION = 140;
const MOST_PER_CONTEXT = 1000;

/** Commit statuses. */
export function statusOperations(cloud: Cloud, records: GitHubRecords): Service {
  return {
    'POST /repos/{owner}/{repo}/statuses/{sha}': (call) => create(cloud, records, call),
    'GET /repos/{owner}/{repo}/commits/{ref}/statuses'(call) {
      requireRead(call, records, 'statuses');
      const sha = String(call.input.ref);
      const path = `/repos/${records.repository}/commits/${sha}/statuses`;
      return pageOf(
        cloud,
        call,
        path,
        newestFirst(records, sha).map((status) => statusJson(cloud, records, status)),
      );
    },
    'GET /repos/{owner}/{repo}/commits/{ref}/status'(call) {
      requireRead(call, records, 'statuses');
      return { output: combined(cloud, records, String(call.input.ref)) };
    },
  };
}

function create(cloud: Cloud, records: GitHubRecords, call: Call): Answer {
  requireWrite(call, records, 'statuses');
  const sha = String(call.input.sha);
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new CloudError('ValidationFailed', `No commit found for SHA: ${sha}`, 422);
  const { state, context = 'default', description = null, target_url: target = null } = call.input;
  checkFields(state, description, target);
  const earlier = records.statuses.filter((status) => status.sha === sha && status.context === context);
  if (earlier.length >= MOST_PER_CONTEXT) {
    throw invalid('Status', 'base', 'This SHA and context has reached the maximum number of statuses.');
  }
  const status: CommitStatus = {
    id: records.nextId(),
    sha,
    state: String(state),
    context: String(context),
    description: description === null ? null : String(description),
    target_url: target === null ? null : String(target),
    creator: records.me,
    created_at: records.now(),
  };
  records.statuses.push(status);
  return { status: 201, output: statusJson(cloud, records, status) };
}

function checkFields(state: unknown, description: unknown, target: unknown): void {
  if (!STATES.includes(String(state))) throw invalid('Status', 'state', 'state is not included in the list');
  if (description !== null && [...String(description)].length > LONGEST_DESCRIPTION) {
    throw invalid('Status', 'description', `description is too long (maximum is ${LONGEST_DESCRIPTION} characters)`);
  }
  if (target !== null && !/^https?:\/\//.test(String(target))) {
    throw invalid('Status', 'target_url', 'target_url must use http(s) scheme');
  }
}

function newestFirst(records: GitHubRecords, sha: string): CommitStatus[] {
  return records.statuses.filter((status) => status.sha === sha).reverse();
}

/** The newest status of each context, and what they come to. */
function combined(cloud: Cloud, records: GitHubRecords, sha: string): Record<string, unknown> {
  const latest = new Map<string, CommitStatus>();
  for (const status of newestFirst(records, sha)) if (!latest.has(status.context)) latest.set(status.context, status);
  const statuses = [...latest.values()];
  const states = statuses.map((status) => status.state);
  const isBad = states.some((state) => state === 'error' || state === 'failure');
  const isPending = states.length === 0 || states.includes('pending');
  return {
    state: isBad ? 'failure' : isPending ? 'pending' : 'success',
    statuses: statuses.map((status) => statusJson(cloud, records, status)),
    sha,
    total_count: statuses.length,
    repository: repositoryJson(records),
  };
}
