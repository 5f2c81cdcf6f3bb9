/**
 * Looks once at what lies around a job: metrics of its hosts, the places in S3, the rights of its role, its image, quotas.
 * Best effort within a bound: what cannot be seen is named, and everything else still counts.
 */
import { messageOf } from '../../failure.ts';
import { readServiceError } from '../../job/service-errors.ts';
import type { Aws, Clock, DescribeTrainingJobResponse, Inspection } from '../../ports.ts';
import type { Evidence, Surrounding } from '../evidence.ts';
import type { RequestFacts } from '../request-facts.ts';
import { inspectImage } from './image.ts';
import { gatherMetrics } from './metrics.ts';
import { placesOf, probe } from './places.ts';
import { gatherQuotas } from './quotas.ts';
import { simulateRole } from './role.ts';

export type Surroundings = Pick<Evidence, 'metrics' | 'data' | 'role' | 'image' | 'quotas' | 'unseen'>;

export interface LookDoors extends Pick<Aws, 'inspection' | 'quotas'> {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A person waits for the answer. Seconds. */
const PATIENCE = 90;

/** The right that each part takes, as docs/aws-setup.md grants it. */
const RIGHTS: Readonly<Record<Surrounding, string>> = {
  metrics: 'cloudwatch:GetMetricData',
  role: 'iam:SimulatePrincipalPolicy',
  image: 'ecr:BatchGetImage and ecr:GetDownloadUrlForLayer',
  quotas: 'servicequotas:GetServiceQuota',
};

/** `job`: as SageMaker describes it; absent when the request was refused, which is when quotas matter. Never throws. */
export async function lookAround(
  request: RequestFacts,
  job: DescribeTrainingJobResponse | undefined,
  doors: LookDoors,
): Promise<Surroundings> {
  const over = new AbortController();
  const late = doors.clock.sleep(PATIENCE, AbortSignal.any([over.signal, doors.signal])).then(() => {
    throw new Error('AWS did not answer in time');
  });
  const looks = Object.entries(looksAt(request, job, doors)) as [keyof typeof RIGHTS | 'data', Look][];
  const inspection = doors.inspection();
  const found = await Promise.all(
    looks.map(([part, look]) =>
      Promise.race([inspection.then(look), late]).catch((error): Partial<Surroundings> => {
        return part === 'data' ? {} : { unseen: { [part]: reasonOf(part, error) } };
      }),
    ),
  );
  late.catch(() => {});
  over.abort();
  const unseen = Object.assign({}, ...found.map((one) => one.unseen));
  return Object.assign({ metrics: [] }, ...found, { unseen });
}

type Look = (inspection: Inspection) => Promise<Partial<Surroundings>>;

function looksAt(
  request: RequestFacts,
  job: DescribeTrainingJobResponse | undefined,
  { clock, quotas }: LookDoors,
): Readonly<Partial<Record<Surrounding | 'data', Look>>> {
  const always = {
    data: async ({ store }: Inspection) => ({ data: await probe(placesOf(request), store) }),
    role: async ({ policies }: Inspection) => ({ role: await simulateRole(request, job?.TrainingJobName, policies) }),
    image: async (inspection: Inspection) => {
      const image = await inspectImage(request.image, inspection);
      return image === undefined ? {} : { image };
    },
  };
  if (job === undefined) return { ...always, quotas: async () => ({ quotas: await gatherQuotas(request, quotas) }) };
  return { ...always, metrics: async ({ metrics }) => ({ metrics: await gatherMetrics(job, clock.now(), metrics) }) };
}

function reasonOf(part: Surrounding, error: unknown): string {
  const denied = readServiceError('other', error) === 'denied';
  return denied ? `this workflow's role lacks ${RIGHTS[part]}` : messageOf(error);
}
