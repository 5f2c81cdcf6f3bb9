import { registryState } from '../registry/state.ts';
import type { Cloud } from '../state.ts';
import type { Service } from '../types.ts';
import { imageOperations } from './images.ts';
import { layerOperations } from './layers.ts';
import { putImageOperation } from './put-image.ts';
import { repositoryOperations } from './repositories.ts';

/** ECR's API over the images of the registry: both show the same storage. */
export function ecr(cloud: Cloud): Service {
  const { tokens } = cloud.shared(registryState);
  return {
    GetAuthorizationToken({ region }) {
      const { password, expiresAt } = tokens.issue(region);
      const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64');
      const proxyEndpoint = `http://${cloud.urls.registry}`;
      return { output: { authorizationData: [{ authorizationToken, expiresAt: expiresAt / 1000, proxyEndpoint }] } };
    },
    ...repositoryOperations(cloud),
    ...imageOperations(cloud),
    ...putImageOperation(cloud),
    ...layerOperations(cloud),
  };
}
