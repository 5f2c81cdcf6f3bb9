/**
 * A registry that stumbles while a real engine pushes to it: each time the push is tried again or the report says what to
 * do, and no tag of the registry ever stands at an image that is not whole.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGitHubRecords } from '../../local-cloud/github/records.ts';
import { registryState } from '../../local-cloud/registry/state.ts';
import type { ActionResult } from '../../scripts/runner/step.ts';
import type { Mischief, Passage } from '../docker/front-door.ts';
import { openRing, type Ring } from '../docker/ring.ts';
import type { Suite } from '../suite.ts';
import { tagsOf, traceChecks, wholeImage } from './docker-ring.ts';

interface Fault {
  readonly what: string;
  /** Names the repository. */
  readonly name: string;
  readonly on: (passage: Passage) => boolean;
  /** How often; then all is well again. */
  readonly times: number;
  readonly does: Mischief | 'expire';
  /** `cancel`: somebody cancels the run as soon as the fault has struck. */
  readonly comesTo: 'success' | 'failure' | 'cancelled';
  /** In the log of a run that goes well, in the comment of one that does not. */
  readonly says: readonly RegExp[];
}

const isPart = ({ method, path }: Passage) => method === 'PATCH' && path.includes('/blobs/uploads/');
const isStart = ({ method, path }: Passage) => method === 'POST' && path.includes('/blobs/uploads/');
const isManifest = ({ method, path }: Passage) => method === 'PUT' && path.includes('/manifests/');

const BUSY = { status: 429, code: 'TOOMANYREQUESTS', message: 'Rate exceeded' };
const BROKEN = { status: 500, code: 'UNKNOWN', message: 'Internal server error' };
const DENIED = {
  status: 403,
  code: 'DENIED',
  message: 'User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: ecr:InitiateLayerUpload',
};

const FAULTS: readonly Fault[] = [
  {
    what: 'the login expires in the middle of an upload',
    name: 'expired',
    ...{ on: isPart, times: 1, does: 'expire', comesTo: 'success' },
    says: [/the login has expired; once more/],
  },
  {
    what: 'the registry asks to slow down (429)',
    name: 'busy',
    ...{ on: isManifest, times: 1, does: BUSY, comesTo: 'success' },
    says: [/the registry asks to slow down; once more/],
  },
  {
    what: 'the registry has an error of its own (500)',
    name: 'broken',
    ...{ on: isManifest, times: 2, does: BROKEN, comesTo: 'success' },
    says: [/the registry has an error of its own; once more in 2 s/, /once more in 10 s/],
  },
  {
    what: 'the connection is cut in the middle of a layer',
    name: 'cut-layer',
    ...{ on: isPart, times: 1, does: 'cut', comesTo: 'success' },
    says: [/Pushed|pushing layer \w+ .*done/],
  },
  {
    what: 'the connection is cut while the manifest is sent',
    name: 'cut-manifest',
    ...{ on: isManifest, times: 1, does: 'cut', comesTo: 'success' },
    says: [/the connection to the registry was cut; once more/],
  },
  {
    what: 'the registry stays broken',
    name: 'stays-broken',
    ...{ on: isManifest, times: 1000, does: BROKEN, comesTo: 'failure' },
    says: [/the image could not be pushed/, /Run the job again/],
  },
  {
    what: 'the push is denied',
    name: 'denied',
    ...{ on: isStart, times: 1000, does: DENIED, comesTo: 'failure' },
    says: [/the image could not be pushed/, /Allow ecr:BatchCheckLayerAvailability/],
  },
  {
    what: 'the run is cancelled while a layer is sent',
    name: 'cancelled',
    ...{ on: isPart, times: 1000, does: 'hold', comesTo: 'cancelled' },
    says: [/cancelled/i],
  },
];

const DOCKERFILE = 'FROM scratch\nCOPY src/ /opt/ml/code/\nENTRYPOINT ["/opt/ml/code/train.py"]\n';
const WEIGHTS_BYTES = 4_000_000;
/** One for every run that gets so far. */
const JOB = { times: FAULTS.length, phases: [{ status: 'Training', seconds: 2 }] };

/** `buildx`: where it is; without it the engine's own builder builds and pushes. */
export async function pushFaultChecks(suite: Suite, buildx?: string): Promise<void> {
  const part = buildx === undefined ? 'push' : 'buildx';
  const inputs = { dockerfile: 'pushed.Dockerfile' };
  await using ring = await openRing({ script: { jobs: [JOB] }, inputs, buildx });
  const results: ActionResult[] = [];
  for (const fault of FAULTS) {
    await suite.check(`${part}: ${fault.what}: ${fault.comesTo}`, async () => {
      const result = await runWith(fault, ring);
      results.push(result);
      await judge(fault, result, ring);
    });
  }
  await traceChecks(suite, part, ring, results);
}

async function runWith(fault: Fault, ring: Ring): Promise<ActionResult> {
  const { workspace, door, local } = ring;
  writeFileSync(join(workspace.directory, 'pushed.Dockerfile'), DOCKERFILE);
  // A layer that no other repository has: else the registry would just link it.
  writeFileSync(join(workspace.directory, 'src/weights.bin'), randomBytes(WEIGHTS_BYTES));
  let left = fault.times;
  let main: number | undefined;
  door.mischief = (passage) => {
    if (left === 0 || !fault.on(passage)) return undefined;
    left -= 1;
    if (fault.comesTo === 'cancelled' && main !== undefined) process.kill(main, 'SIGINT');
    if (fault.does !== 'expire') return fault.does;
    local.cloud.shared(registryState).tokens.expire();
    return undefined;
  };
  const onStart = (pid: number) => {
    main = pid;
  };
  const result = await ring.run({ inputs: { repository: `faults/${fault.name}` }, onStart });
  door.mischief = () => undefined;
  assert.ok(left < fault.times, `the fault never struck:\n${result.main.log.slice(-3000)}`);
  return result;
}

async function judge(fault: Fault, { main, post }: ActionResult, ring: Ring): Promise<void> {
  assert.equal(main.outputs.conclusion, fault.comesTo, main.log.slice(-6000));
  assert.equal(post.exitCode, 0, post.log);
  const comment = ring.local.cloud.shared(createGitHubRecords).comments.at(-1)?.body ?? '';
  const text = fault.comesTo === 'success' ? main.log : comment.replaceAll('`', '');
  for (const words of fault.says) assert.match(text, words);
  const repository = `faults/${fault.name}`;
  const tags = await tagsOf(ring, repository);
  if (fault.comesTo !== 'success') return assert.deepEqual(tags, []);
  assert.equal(tags.length, 2, tags.join());
  const digest = main.outputs['image-uri']?.split('@')[1];
  for (const tag of tags) {
    const { missing, ...image } = await wholeImage(ring, repository, tag);
    assert.deepEqual([image.digest, missing], [digest, []], tag);
  }
}
