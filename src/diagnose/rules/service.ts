/** Request and quotas: what the account or the service cannot give. */
import type { Circumstances } from '../circumstances.ts';
import { arnIn } from '../remedies/policy.ts';
import { type Rule, says } from '../rule.ts';

/** The service's class alone; its sentence never says more. */
function internalError({ reason }: Circumstances) {
  if (reason?.errorClass !== 'InternalServerError' || !/internal error/i.test(reason.detail)) return undefined;
  return { source: 'failure-reason' as const, quote: reason.text.slice(0, 400) };
}

/** Spot and on-demand instances have quotas of their own: the other one may have room. */
function otherKind(
  exceeded: string | undefined,
  instances: number,
  quotas: Circumstances['evidence']['quotas'] = [],
): readonly string[] {
  const [type] = exceeded?.split(' for ') ?? [];
  const other = quotas.find(
    ({ name, limit }) => name !== exceeded && name.startsWith(`${type} for `) && limit >= instances,
  );
  if (exceeded === undefined || other === undefined) return [];
  const spot = !exceeded.includes(' spot ');
  return [
    `Set spot: ${spot}: the quota "${other.name}" is ${other.limit}${spot ? '' : ', at the full on-demand price'}.`,
  ];
}

export const SERVICE_RULES: readonly Rule[] = [
  {
    label: 'quota-exceeded',
    title: 'An account quota does not allow the request',
    retryable: false,
    signs: [
      says(0.98, /service limit '[^']+' is|ResourceLimitExceeded|Resource limits for this account have been exceeded/),
      says(
        0.9,
        /ServiceQuotaExceeded|LimitExceededException|account.level (?:service )?limit|exceed(?:s|ed)? (?:the|your) (?:account |service )*(?:quota|limit)/i,
        { unless: /GitHub|rate limit|memory|token limit/i },
      ),
    ],
    remedy: ({ text, request, circumstances }) => {
      const quota = /service limit '([^']+)'/.exec(text)?.[1];
      return [
        ...otherKind(quota, request.instanceCount ?? 1, circumstances.evidence.quotas),
        quota
          ? `Service Quotas > Amazon SageMaker > "${quota}": request an increase (spot and on-demand are separate quotas; approval takes from minutes to days).`
          : 'Service Quotas > Amazon SageMaker: the quota "<type> for training job usage" or "<type> for spot training job usage" of the instance type asked for.',
        'Until then: another instance-type, fewer instances, or wait until a running job ends.',
      ];
    },
  },
  {
    label: 'capacity-error',
    title: 'Amazon EC2 has no such instances free',
    retryable: true,
    signs: [
      says(0.97, /Unable to provision requested ML compute capacity|^CapacityError/, { in: ['reason'] }),
      says(
        0.9,
        /Insufficient capacity error from EC2|for insufficient capacity|Unable to provision requested ML compute capacity|InsufficientInstanceCapacity|InsufficientCapacity|CapacityError|insufficient (?:EC2 )?(?:instance )?capacity/i,
      ),
    ],
    remedy: ({ request }) => [
      `instance-type: take another one like ${request.instanceType ?? 'ml.g5.xlarge'}; capacity differs by type.`,
      request.spot
        ? 'spot: false takes on-demand capacity, which has a quota and a price of its own.'
        : 'Try again later, in another region, or with subnets in more availability zones.',
    ],
  },
  {
    label: 'role-not-assumable',
    title: 'Amazon SageMaker cannot assume the execution role',
    retryable: false,
    signs: [
      says(
        0.97,
        /Could not assume role|unable to assume (?:the )?role|unable to perform:? sts:AssumeRole|not authorized to perform: sts:AssumeRole(?!With)|cannot assume (?:the )?role|allows principal 'sagemaker\.amazonaws\.com'|failed to assume role|Role .{0,120}(?:cannot be assumed|is not assumable)/i,
      ),
    ],
    remedy: ({ text, request }) => [
      `Trust policy of ${arnIn(text, 'iam') ?? request.roleArn ?? 'the execution role'}: {"Effect":"Allow","Principal":{"Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}`,
      'Check the name of the role; one made a moment ago takes up to a minute to be known.',
    ],
  },
  {
    label: 'throttling',
    title: 'Too many calls in a short time',
    retryable: true,
    signs: [
      says(
        0.95,
        /ThrottlingException|Rate exceeded|TooManyRequestsException|RequestLimitExceeded|\(Throttling\)|ThrottledException|ProvisionedThroughputExceeded/,
      ),
      says(0.88, /SlowDown|reduce your request rate|429 (?:Client Error: )?Too Many Requests/i, {
        unless: /huggingface|checkpoint/i,
      }),
    ],
    remedy: () => [
      'Retry with growing waits: AWS_RETRY_MODE=adaptive, AWS_MAX_ATTEMPTS=10; start fewer jobs at a time.',
    ],
  },
  {
    label: 'internal-server-error',
    title: 'The service reports an internal error',
    retryable: true,
    signs: [
      { holds: internalError, strength: 0.95 },
      // One that says more is told by what it says.
      says(0.7, /^InternalServerError: /, { in: ['reason'] }),
      says(
        0.9,
        /We encountered an internal error\. Please try again|\(InternalFailure\)|\(InternalServerError\)|InternalServerException|ServiceUnavailable(?:Exception)?\b/,
      ),
    ],
    remedy: ({ request, circumstances }) => [
      'Start the job again once: most of these pass.',
      ...(request.hasCheckpoints || request.checkpointUri
        ? [
            'If it fails again: empty the checkpoint prefix but for the newest checkpoint. Restoring hundreds of gigabytes (no log stream at all), or uploading them (no Uploading phase), is a known cause.',
          ]
        : []),
      ...(circumstances.evidence.log.totalLines === 0
        ? [
            'No log stream means the container never started: look at data, checkpoint prefix and VPC, not at the program.',
          ]
        : []),
    ],
  },
];
