import type { Tag } from '../ports.ts';
import { branchSlug, tagValue } from './names.ts';
import type { Plan } from './plan.ts';

/** Who waits for a job: read right before each stop. */
export function waitTag(runId: string): string {
  return `run:${runId}`;
}

/**
 * The tags that later runs find, own and compare jobs by. Keys only `[A-Za-z0-9_-]`: Search takes no others for sure.
 * Anyone who may list the jobs can read them, so a secret in a branch's name is cut.
 */
export function jobTags(
  plan: Plan,
  hashes: { readonly configHash: string; readonly requestHash: string },
  redact: (text: string) => string,
): Tag[] {
  const { subject, trained, run, inputs } = plan;
  const own: Record<string, string | undefined> = {
    'train-repository': subject.repository,
    'train-workflow': run.workflow,
    'train-name': plan.name,
    'train-branch': branchSlug(redact(subject.branch)),
    'train-commit': subject.sha,
    'train-tree': trained.sha,
    'train-pull-request': subject.pullRequest?.toString(),
    'train-run-id': run.id,
    'train-run-attempt': run.attempt,
    'train-config-hash': hashes.configHash,
    'train-request-hash': hashes.requestHash,
    'train-wait': waitTag(run.id),
  };
  const tags = { ...inputs.data.tags, ...own };
  return Object.entries(tags).flatMap(([Key, Value]) =>
    Value === undefined ? [] : [{ Key, Value: tagValue(redact(Value)) }],
  );
}
