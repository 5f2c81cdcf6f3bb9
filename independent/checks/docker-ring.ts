/**
 * Build → push → pull → train → interrupt → resume through the bundle, on a base image under the name of an AWS Deep
 * Learning Container of another region and account; then once more with nothing changed.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registryState } from '../../local-cloud/registry/state.ts';
import type { ActionResult } from '../../scripts/runner/step.ts';
import { certificate, type FrontDoor, openFrontDoor } from '../docker/front-door.ts';
import { openRing, type Ring, send } from '../docker/ring.ts';
import { LEDGERS, type Suite } from '../suite.ts';

const DLC = {
  account: '763104351884',
  region: 'us-west-2',
  host: '763104351884.dkr.ecr.us-west-2.amazonaws.com',
  repository: 'pytorch-training',
  tag: '2.6.0-cpu-py312-ubuntu22.04-sagemaker',
};
/** Where that host is for the engine that builds; BuildKit asks no other port of it. */
const DLC_DOOR = { address: '127.88.0.1', port: 443 };

export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const REPOSITORY = 'acme/forecast/train';

const SCRIPT = { jobs: [{ real: true, interruptions: [{ checkpoint: '*checkpoint-000012.json', downSeconds: 60 }] }] };

/** `base`: an image of this machine's engine with Python in it. */
export async function dockerRingChecks(suite: Suite, base: string): Promise<void> {
  const inputs = {
    'build-args': `BASE: ${DLC.host}/${DLC.repository}:${DLC.tag}`,
    gates: 'val_mape <= 0.05',
  };
  const tls = certificate(DLC.host);
  const hosts = { addresses: { [DLC.host]: DLC_DOOR.address }, certificates: tls.cert };
  await using ring = await openRing({ script: SCRIPT, inputs, hosts });
  send(base, `${ring.registry.host}/${DLC.account}/${DLC.repository}:${DLC.tag}`);
  const { tokens } = ring.local.cloud.shared(registryState);
  const door = { registry: ring.registry.host, tokens, region: DLC.region, below: DLC.account };
  await using theirs = await openFrontDoor({ ...door, ...DLC_DOOR, tls });
  const result = await ring.run();
  const isGreen = await suite.check('ring: built, pushed, pulled, trained, interrupted, resumed: success', () => {
    assert.equal(result.main.exitCode, 0, result.main.log.slice(-6000));
    assert.equal(result.main.outputs['image-source'], 'built');
    assert.match(result.main.log, /resumed from step \d+/);
    assert.equal(result.main.outputs.interruptions, '1');
  });
  if (!isGreen) return;
  await loginChecks(suite, ring, theirs);
  await registryChecks(suite, ring, result);
  await traceChecks(suite, 'ring', ring, [result]);
  await unchangedChecks(suite, ring, result);
  mkdirSync(LEDGERS, { recursive: true });
  writeFileSync(join(LEDGERS, 'docker-ring.json'), JSON.stringify(ring.local.cloud.ledger.entries()));
}

async function loginChecks(suite: Suite, { local, door }: Ring, theirs: FrontDoor): Promise<void> {
  await suite.check('ring: one login of the own region, one of the container’s, each used where it is valid', () => {
    const logins = local.cloud.ledger.entries().filter(({ operation }) => operation === 'GetAuthorizationToken');
    assert.equal(logins.length, 2);
    // The doors take no token of another region.
    for (const { host, passages } of [door, theirs]) {
      assert.deepEqual([...new Set(passages.map(({ login }) => login))].sort(), ['missing', 'valid'], host);
    }
  });
  await suite.check('ring: the base came from the container’s registry, and nothing was sent there', () => {
    const taken = theirs.passages.filter(
      ({ method, path, status }) => `${method} ${status}` === 'GET 200' && path !== '/v2/',
    );
    assert.ok(
      taken.some(({ path }) => path.includes(`/${DLC.repository}/blobs/`)),
      JSON.stringify(taken),
    );
    assert.deepEqual(
      theirs.passages.filter(({ method }) => /^(?:PUT|POST|PATCH)$/.test(method)),
      [],
    );
  });
}

async function registryChecks(suite: Suite, ring: Ring, { main }: ActionResult): Promise<void> {
  const digest = main.outputs['image-uri']?.split('@')[1] ?? '';
  await suite.check(
    'ring: every tag stands at the trained image, Docker’s own manifest with all its parts',
    async () => {
      const tags = await tagsOf(ring, REPOSITORY);
      assert.deepEqual(
        tags.map((tag) => tag.replace(/^f-[0-9a-f]{64}$/, 'f-…')).sort(),
        [ring.workspace.headSha, 'f-…'].sort(),
      );
      for (const tag of tags) {
        const image = await wholeImage(ring, REPOSITORY, tag);
        assert.deepEqual(image, { digest, mediaType: DOCKER_MANIFEST, missing: [] });
      }
    },
  );
  await suite.check('ring: another engine pulled it by its digest to train', () => {
    const pulls = ring.door.passages.filter(({ path }) => path.endsWith(`/manifests/${digest}`));
    assert.ok(
      pulls.some(({ method, status }) => method === 'GET' && status === 200),
      JSON.stringify(pulls),
    );
    const created = ring.local.cloud.ledger.entries().filter(({ operation }) => operation === 'CreateTrainingJob');
    assert.equal(created.length, 1);
    assert.match(JSON.stringify(created[0]?.request), new RegExp(digest));
  });
}

/** Docker's logins are seen, so the process list was looked at in time. */
export async function traceChecks(
  suite: Suite,
  part: string,
  { watch, traces }: Ring,
  results: readonly ActionResult[],
): Promise<void> {
  await suite.check(
    `${part}: no login is left in a file, a process list, an environment, the log or the outputs`,
    () => {
      assert.ok(watch.passwords.length > 0);
      assert.ok([...watch.commands].some((command) => /docker login --username AWS --password-stdin/.test(command)));
      const texts = Object.fromEntries(
        results.flatMap(({ main, post }, index) => [
          [`the log of run ${index}`, withoutMasks(main.log + post.log)],
          [`outputs, state and summary of run ${index}`, JSON.stringify([main.outputs, main.state]) + main.summary],
        ]),
      );
      assert.deepEqual(watch.finds(texts, traces), []);
    },
  );
}

/** The runner takes these lines for itself and shows none. */
const withoutMasks = (log: string) => log.replace(/^::add-mask::.*$/gm, '');

async function unchangedChecks(suite: Suite, ring: Ring, { main }: ActionResult): Promise<void> {
  const seen = ring.local.cloud.ledger.entries().length;
  const passed = ring.door.passages.length;
  await ring.builder[Symbol.asyncDispose]();
  const again = await ring.run({ inputs: { 'image-tags': 'candidate' } });
  await suite.check('ring: nothing changed, another tag: the image is reused without Docker', () => {
    assert.equal(again.main.exitCode, 0, again.main.log.slice(-6000));
    assert.equal(again.main.outputs['image-source'], 'reused');
    assert.equal(again.main.outputs['image-uri'], main.outputs['image-uri']);
    const asked = ring.local.cloud.ledger.entries().slice(seen);
    const calls = asked.filter(({ service }) => service === 'ecr').map(({ operation }) => operation);
    // The last one only where something stands in for AWS, whose host names are known.
    assert.deepEqual(calls, ['BatchGetImage', 'BatchGetImage', 'PutImage', 'DescribeRepositories']);
    assert.deepEqual(ring.door.passages.slice(passed), []);
  });
}

/** Tags of a repository, as the registry itself tells them. */
export async function tagsOf({ registry }: Ring, repository: string): Promise<readonly string[]> {
  const answer = await fetch(`http://${registry.host}/v2/${repository}/tags/list`);
  return answer.ok ? (((await answer.json()) as { tags: string[] | null }).tags ?? []) : [];
}

interface WholeImage {
  readonly digest: string | null;
  readonly mediaType: string | null;
  /** Parts that its manifest names and the registry does not have. */
  readonly missing: readonly string[];
}

/** What the registry itself holds under a tag. */
export async function wholeImage({ registry }: Ring, repository: string, tag: string): Promise<WholeImage> {
  const url = `http://${registry.host}/v2/${repository}`;
  const answer = await fetch(`${url}/manifests/${tag}`, { headers: { accept: DOCKER_MANIFEST } });
  const { config, layers } = (await answer.json()) as { config: Part; layers: Part[] };
  const missing: string[] = [];
  for (const { digest } of [config, ...layers]) {
    if (!(await fetch(`${url}/blobs/${digest}`, { method: 'HEAD' })).ok) missing.push(digest);
  }
  return {
    digest: answer.headers.get('docker-content-digest'),
    mediaType: answer.headers.get('content-type'),
    missing,
  };
}

interface Part {
  readonly digest: string;
}
