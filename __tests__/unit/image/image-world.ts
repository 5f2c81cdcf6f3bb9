/** Doors of the image stage: a checkout in memory, a registry of ours, a docker that says what the test tells it. */
import type { BuildDoors } from '../../../src/image/build.ts';
import { ensureImage } from '../../../src/image/ensure.ts';
import { sha256 } from '../../../src/plan/hash.ts';
import type { DockerRun, ImageId, ProcessResult, Registry, RegistryImage } from '../../../src/ports.ts';
import { fakeRunner, secretsOf } from '../../fixtures/doors.ts';
import { makePlan, type PlanOverrides } from '../../fixtures/plans.ts';
import { memoryFiles, type Tree } from './memory-files.ts';

export const HOST = '111122223333.dkr.ecr.us-east-1.amazonaws.com';
export const REPOSITORY = 'acme/demand/forecast';
export const URI = `${HOST}/${REPOSITORY}`;
export const PASSWORD = 'registry-password-of-this-run';
export const DOCKER_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

export const imageOf = (manifest: string, tag?: string): RegistryImage => ({
  digest: `sha256:${sha256(manifest)}`,
  mediaType: DOCKER_TYPE,
  manifest,
  tag,
  registryId: '111122223333',
});

export interface World {
  readonly plan?: PlanOverrides;
  readonly tree?: Tree;
  /** `repository:tag` → manifest, as the registry stands; pushes add to it. */
  readonly images?: Readonly<Record<string, string>>;
  readonly repositoryExists?: boolean;
  readonly mediaType?: string;
  readonly immutable?: boolean;
  /** What ECR answers as the configuration of every image; without it there is none to be had. */
  readonly configuration?: object;
  /** Operations that ECR refuses. */
  readonly refused?: Readonly<Record<string, Error>>;
  /** What docker answers, by its first words. */
  readonly docker?: (words: string, run: number) => Partial<ProcessResult> | undefined;
  /** Whether a push arrives; else ECR shows nothing of it. */
  readonly arrives?: boolean;
  readonly reportsDigest?: boolean;
  /** What the engine's own builder writes into the file for it. */
  readonly imageId?: string;
  /** Host/repository:reference → digest at other registries. */
  readonly others?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const PUSHED = '{"pushed":true}';

/** Repository and tag of `docker push`, or of `buildx build --push`. */
function pushedTo({ args }: DockerRun): string {
  const reference = args[0] === 'buildx' ? args.find((arg) => arg.startsWith('--tag='))?.slice(6) : args[1];
  return reference?.replace(`${HOST}/`, '') ?? '';
}

export function world(over: World = {}) {
  const abort = new AbortController();
  const runs: DockerRun[] = [];
  const calls: string[] = [];
  const images = new Map(Object.entries(over.images ?? {}));
  const slept: number[] = [];
  const secret = new Map<string, string>();
  const files = memoryFiles(
    over.tree ?? {
      Dockerfile: 'FROM scratch\nCOPY train.py /\nENTRYPOINT ["/train.py"]\n',
      'train.py': 'save("/opt/ml/checkpoints")',
    },
  );
  const runner = fakeRunner({ HOME: '/home/ada', ...over.env });
  const call = (name: string) => {
    calls.push(name);
    const operation = name.split(' ')[0] ?? '';
    if (over.refused?.[operation]) throw over.refused[operation];
  };

  const find = (region: string, repository: string, ids: readonly ImageId[]) => {
    call(
      `BatchGetImage ${region} ${repository}:${ids.map((id) => ('tag' in id ? id.tag : 'digest').slice(0, 8)).join(',')}`,
    );
    return ids.flatMap((id): RegistryImage[] => {
      if ('digest' in id)
        return [...images].some(([key]) => key.startsWith(`${repository}:`))
          ? [{ ...shown(PUSHED), tag: undefined }]
          : [];
      const manifest = images.get(`${repository}:${id.tag}`);
      return manifest === undefined ? [] : [shown(manifest, id.tag)];
    });
  };
  const shown = (manifest: string, tag?: string) => ({
    ...imageOf(manifest, tag),
    mediaType: over.mediaType ?? DOCKER_TYPE,
  });
  const registryIn = (region: string): Registry => ({
    login: async () => {
      call(`GetAuthorizationToken ${region}`);
      return {
        host: `111122223333.dkr.ecr.${region}.amazonaws.com`,
        username: 'AWS',
        password: `${PASSWORD}-${region}`,
      };
    },
    repositoryUri: async (name) => {
      call(`DescribeRepositories ${name}`);
      return over.repositoryExists === false ? undefined : `${HOST}/${name}`;
    },
    createRepository: async (name) => {
      call(`CreateRepository ${name}`);
      return `${HOST}/${name}`;
    },
    image: async (repository, id) => find(region, repository, [id])[0],
    images: async (repository, ids) => find(region, repository, ids),
    configuration: async (repository) => {
      call(`GetDownloadUrlForLayer ${region} ${repository}`);
      return over.configuration && JSON.stringify(over.configuration);
    },
    putTag: async (repository, image, tag) => {
      call(`PutImage ${repository}:${tag.slice(0, 8)}`);
      const there = images.get(`${repository}:${tag}`);
      if (over.immutable && there !== undefined && there !== image.manifest) return 'kept';
      images.set(`${repository}:${tag}`, image.manifest);
      return 'tagged';
    },
    hostOf: (registryId) => `${registryId}.dkr.ecr.${region}.amazonaws.com`,
    standsBehind: () => false,
  });
  const docker = async (command: DockerRun): Promise<ProcessResult> => {
    runs.push(command);
    const words = command.args.slice(0, 2).join(' ');
    const said = over.docker?.(words, runs.length) ?? {};
    const idFile = command.args.find((arg) => arg.startsWith('--iidfile='))?.slice('--iidfile='.length);
    if (idFile !== undefined && over.imageId !== undefined) secret.set(idFile, `${over.imageId}\n`);
    if (words === 'buildx build' || words.startsWith('build --iidfile=')) command.onLine?.('#1 building ##[error]x');
    const pushes = words === 'buildx build' || words.startsWith('push');
    if (pushes && (said.exitCode ?? 0) === 0 && over.arrives !== false) images.set(pushedTo(command), PUSHED);
    return { exitCode: 0, stdout: '', tail: [], ...said };
  };
  const digest = over.reportsDigest === false ? {} : { 'containerimage.digest': shown(PUSHED).digest };
  const doors: BuildDoors = {
    registry: registryIn('us-east-1'),
    registryIn,
    docker: { run: docker },
    distribution: {
      digest: async ({ host, repository, reference }, login) => {
        calls.push(`Digest ${host}/${repository}:${reference}${login ? ` as ${login.username}` : ''}`);
        return over.others?.[`${host}/${repository}:${reference}`];
      },
    },
    files: {
      ...files,
      read: async (path) =>
        path.endsWith('metadata.json') ? JSON.stringify(digest) : (secret.get(path) ?? files.read(path)),
      temporaryDirectory: async () => '/tmp/docker',
      write: async (path, text) => void secret.set(path, text),
      link: async () => {},
      remove: async () => secret.clear(),
    },
    clock: { now: () => 0, sleep: async (seconds) => void slept.push(seconds) },
    runner,
    secrets: secretsOf(PASSWORD),
  };
  const words = () => runs.map(({ args }) => args.slice(0, 2).join(' '));
  const ensure = (plan = over.plan ?? {}) => ensureImage(makePlan(plan), doors, abort.signal);
  return { abort, runs, calls, images, slept, secret, runner, words, ensure };
}
