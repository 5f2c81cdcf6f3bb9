import type { ScriptPull } from '../script-world.ts';
import type { Cloud } from '../state.ts';
import { type Call, CloudError, type Service } from '../types.ts';
import { notFound, requireRead } from './access.ts';
import { pageOf } from './page.ts';
import { type GitHubRecords, idOf } from './records.ts';
import { pullJson, repositoryJson, runJson, userJson } from './wire.ts';

/** The repository itself, its pull requests, collaborators and workflow runs: reading only. */
export function repositoryOperations(cloud: Cloud, records: GitHubRecords): Service {
  return {
    'GET /repos/{owner}/{repo}': () => ({ output: repositoryJson(records) }),
    ...pullOperations(cloud, records),
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission': (call) => ({
      output: permissionOf(call, records),
    }),
    'GET /repos/{owner}/{repo}/actions/runs/{run_id}'(call) {
      requireRead(call, records, 'actions');
      const run = records.scripted.runs?.find((each) => each.id === Number(call.input.run_id));
      if (!run) throw notFound();
      return { output: runJson(records, run) };
    },
    'GET /user'() {
      if (records.me.type === 'Bot') throw new CloudError('Forbidden', 'Resource not accessible by integration', 403);
      return { output: userJson(records.me) };
    },
  };
}

function pullOperations(cloud: Cloud, records: GitHubRecords): Service {
  const pulls = () => records.scripted.pulls ?? [];
  const json = (found: readonly ScriptPull[]) => found.map((pull) => pullJson(cloud, records, pull));
  return {
    'GET /repos/{owner}/{repo}/pulls/{pull_number}'(call) {
      requireRead(call, records, 'pull-requests');
      const pull = records.pull(Number(call.input.pull_number));
      if (!pull) throw notFound();
      return { output: { ...pullJson(cloud, records, pull), merged: pull.merged ?? false } };
    },
    'GET /repos/{owner}/{repo}/pulls'(call) {
      requireRead(call, records, 'pull-requests');
      const filters = ['head', 'base', 'state'].filter((name) => call.input[name] !== undefined);
      const query = Object.fromEntries(filters.map((name) => [name, String(call.input[name])]));
      const found = pulls().filter((pull) => fitsQuery(records, pull, call));
      return pageOf(cloud, call, `/repos/${records.repository}/pulls`, json(found), query);
    },
    'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'(call) {
      requireRead(call, records, 'pull-requests', 'contents');
      const sha = String(call.input.commit_sha);
      const belongs = (pull: ScriptPull) =>
        pull.head?.sha === sha || pull.mergeCommitSha === sha || records.scripted.commits?.[sha]?.includes(pull.number);
      return pageOf(cloud, call, `/repos/${records.repository}/commits/${sha}/pulls`, json(pulls().filter(belongs)));
    },
  };
}

function fitsQuery(records: GitHubRecords, pull: ScriptPull, call: Call): boolean {
  const { head, base, state = 'open' } = call.input;
  const own = pull.merged ? 'closed' : (pull.state ?? 'open');
  const repository = pull.head?.repository === undefined ? records.repository : (pull.head.repository ?? 'unknown');
  const label = `${repository.split('/')[0]}:${pull.head?.ref ?? `feature-${pull.number}`}`;
  const baseRef = pull.base?.ref ?? records.scripted.defaultBranch ?? 'main';
  return (
    (state === 'all' || state === own) &&
    (head === undefined || head === label) &&
    (base === undefined || base === baseRef)
  );
}

/** The legacy permission folds maintain into write and triage into read; `role_name` tells them apart. */
const LEGACY: Readonly<Record<string, string>> = { maintain: 'write', triage: 'read' };

function permissionOf(call: Call, records: GitHubRecords): Record<string, unknown> {
  const login = String(call.input.username);
  const role = records.scripted.collaborators?.[login] ?? (records.scripted.private ? 'none' : 'read');
  return {
    permission: LEGACY[role] ?? role,
    role_name: role,
    user: userJson({ login, id: idOf(login), type: 'User' }),
  };
}
