import {
  type AuthorizationData,
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  RepositoryAlreadyExistsException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { Failure } from '../failure.ts';
import type { Registry, RegistryLogin, Secrets } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';
import { readConfiguration } from './ecr-configuration.ts';
import { findImages, putTag } from './ecr-images.ts';

export function openRegistry(config: ClientConfig, secrets: Secrets): Registry {
  const client = askAgainWhenUnreadable(new ECRClient(config));
  const repositoryUri = async (name: string) => {
    try {
      const answer = await client.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }));
      return answer.repositories?.[0]?.repositoryUri;
    } catch (error) {
      if (error instanceof RepositoryNotFoundException) return undefined;
      throw error;
    }
  };
  const images: Registry['images'] = (repository, ids, registryId) => findImages(client, repository, ids, registryId);
  return {
    login: async () =>
      readToken((await client.send(new GetAuthorizationTokenCommand({}))).authorizationData?.[0], secrets),
    repositoryUri,
    createRepository: async (name, tags) => {
      try {
        const answer = await client.send(
          new CreateRepositoryCommand({
            repositoryName: name,
            tags: [...tags],
            imageScanningConfiguration: { scanOnPush: true },
          }),
        );
        return stated(answer.repository?.repositoryUri, name);
      } catch (error) {
        if (!(error instanceof RepositoryAlreadyExistsException)) throw error;
        return stated(await repositoryUri(name), name);
      }
    },
    image: async (repository, id, registryId) => (await images(repository, [id], registryId))[0],
    images,
    configuration: (repository, image) => readConfiguration(client, repository, image),
    putTag: (repository, image, tag) => putTag(client, repository, image, tag),
    hostOf: (registryId) => (standIn() ? undefined : awsHost(registryId, config.region)),
    standsBehind: (host) => standIn() && /^(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?$/.test(host),
  };
}

/** The SDK's own variables: whoever sets them asks something else than AWS. */
function standIn(): boolean {
  return Boolean(process.env.AWS_ENDPOINT_URL_ECR || process.env.AWS_ENDPOINT_URL);
}

function awsHost(registryId: string, region: string): string {
  return `${registryId}.dkr.ecr.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

function stated(uri: string | undefined, name: string): string {
  if (uri) return uri;
  throw new Failure(
    'AWS_UNAVAILABLE',
    `Amazon ECR did not state the URI of the repository ${name}.`,
    'Run the job again.',
  );
}

/** The token is base64 of `AWS:<password>`; the host is ECR's own statement, never built from an account number. */
function readToken(data: AuthorizationData | undefined, secrets: Secrets): RegistryLogin {
  const decoded = Buffer.from(data?.authorizationToken ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1 || !data?.proxyEndpoint) {
    throw new Failure('AWS_UNAVAILABLE', 'Amazon ECR answered without a login token.', 'Run the job again.');
  }
  const password = decoded.slice(colon + 1);
  secrets.add(password);
  secrets.add(data.authorizationToken ?? '');
  return { host: data.proxyEndpoint.replace(/^https?:\/\//, ''), username: decoded.slice(0, colon), password };
}
