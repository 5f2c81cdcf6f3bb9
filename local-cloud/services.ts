import { cloudwatch } from './cloudwatch/index.ts';
import { createControl } from './control.ts';
import { ecr } from './ecr/index.ts';
import { createGitHub } from './github/github.ts';
import { createIam } from './iam/iam.ts';
import { logs } from './logs/index.ts';
import { createOidc } from './oidc/oidc.ts';
import { createS3 } from './s3/s3.ts';
import { sagemaker } from './sagemaker/index.ts';
import { createServiceQuotas } from './servicequotas/servicequotas.ts';
import type { Cloud } from './state.ts';
import { createSts } from './sts/sts.ts';
import type { Service, ServiceName } from './types.ts';

/** Every service the router serves. The registry has a port of its own. */
export const services: Readonly<Partial<Record<ServiceName, (cloud: Cloud) => Service>>> = {
  cloudwatch,
  ecr,
  github: createGitHub,
  iam: createIam,
  local: createControl,
  logs,
  oidc: createOidc,
  s3: createS3,
  sagemaker,
  servicequotas: createServiceQuotas,
  sts: createSts,
};
