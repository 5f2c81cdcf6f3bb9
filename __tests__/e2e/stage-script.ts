/** What the local cloud of a stage is started with. */
import type { Checkout } from './checkout.ts';
import { PULL_REQUEST, REPOSITORY } from './events.ts';
import { COMPLETES } from './jobs.ts';
import type { Setting } from './stage.ts';

/** Through JSON, as it would come over the wire: entries that are one object here must be two there. */
export function scriptOf(
  { jobs = [COMPLETES], script, github }: Setting,
  { headSha, headRef, baseSha }: Checkout,
): unknown {
  const pull = { number: PULL_REQUEST, head: { sha: headSha, ref: headRef }, base: { sha: baseSha, ref: 'main' } };
  const whole = {
    jobs,
    s3: { buckets: [{ name: 'acme-ml', objects: [{ key: 'data/train.csv', text: 'month,value\n' }] }] },
    ecr: { repositories: [{ name: REPOSITORY, images: [{ tag: 'ready' }] }] },
    ...script,
    github: { repository: REPOSITORY, pulls: [pull], ...github },
  };
  return JSON.parse(JSON.stringify(whole));
}
