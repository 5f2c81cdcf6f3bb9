import { OIDC_PATH } from '../dispatch.ts';
import type { Cloud } from '../state.ts';
import { CloudError, type Service } from '../types.ts';
import { createTokenIssuer } from './tokens.ts';

/** The runner's ID token endpoint: `GET $ACTIONS_ID_TOKEN_REQUEST_URL&audience=…` answers `{"value": JWT}`. */
export function createOidc(cloud: Cloud): Service {
  return {
    [`GET ${OIDC_PATH}`](call) {
      if (cloud.script.current.oidc?.available === false) {
        throw new CloudError('Forbidden', 'The job has no id-token permission', 403);
      }
      const { audience } = call.input;
      return {
        output: { value: cloud.shared(createTokenIssuer).issue(typeof audience === 'string' ? audience : undefined) },
      };
    },
  };
}
