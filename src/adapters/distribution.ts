import type { Distribution, DistributionImage } from '../ports.ts';

type Login = Parameters<Distribution['digest']>[1];

/** A registry that does not answer must not hold up a build that can do without its answer. Milliseconds. */
const PATIENCE = 10_000;

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** https://distribution.github.io/distribution/spec/api/ and …/spec/auth/token/. HEAD does not count against Docker Hub's limit. */
export const distribution: Distribution = {
  digest: async (image, login) => {
    const first = await head(image, undefined);
    const challenge = first.headers.get('www-authenticate');
    const answer =
      first.status === 401 && challenge !== null ? await head(image, await authorization(challenge, login)) : first;
    if (answer.status === 404) return undefined;
    const digest = answer.headers.get('docker-content-digest');
    if (!answer.ok || digest === null) throw new Error(`${image.host} answered ${answer.status}`);
    return digest;
  },
};

function head(
  { host, repository, reference }: DistributionImage,
  authorization: string | undefined,
): Promise<Response> {
  const server = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const scheme = /^(?:localhost|127\.[\d.]+)(?::\d+)?$/.test(host) ? 'http' : 'https';
  return request(`${scheme}://${server}/v2/${repository}/manifests/${reference}`, {
    method: 'HEAD',
    headers: { accept: MANIFEST_TYPES, ...(authorization === undefined ? {} : { authorization }) },
  });
}

async function authorization(challenge: string, login: Login): Promise<string | undefined> {
  const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
  if (!/^bearer /i.test(challenge)) return basic;
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const url = new URL(parameters.get('realm') ?? '');
  for (const name of ['service', 'scope']) {
    const value = parameters.get(name);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  // A login is sent only where nobody on the way can read it.
  const mayLogin = basic !== undefined && url.protocol === 'https:';
  const answer = await request(url.href, { headers: mayLogin ? { authorization: basic } : {} });
  const { token, access_token } = (await answer.json()) as { token?: string; access_token?: string };
  return `Bearer ${token ?? access_token ?? ''}`;
}

/** Names the host in what goes wrong: fetch itself says only that it failed. */
async function request(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Error(`${new URL(url).host} does not answer`, { cause: error });
  }
}
