/** What the execution role must be allowed for this request, and what IAM's simulation says to it. */
import { parseImageUri } from '../../image/image-uri.ts';
import type { Policies, PolicyQuestion } from '../../ports.ts';
import type { RoleDecision } from '../evidence.ts';
import type { RequestFacts } from '../request-facts.ts';
import { type Place, placesOf } from './places.ts';

/** Few calls: IAM's rate is one for the whole account. */
export function questionsOf(request: RequestFacts, jobName: string | undefined): readonly PolicyQuestion[] {
  const { roleArn } = request;
  if (roleArn === undefined) return [];
  const partition = roleArn.split(':')[1] || 'aws';
  const places = placesOf(request);
  const using = (...uses: readonly Place['use'][]) => places.filter(({ use }) => uses.includes(use));
  const asked: readonly Omit<PolicyQuestion, 'roleArn'>[] = [
    { actions: ['s3:ListBucket'], resources: using('input', 'checkpoint').map((place) => bucketArn(place, partition)) },
    {
      actions: ['s3:GetObject'],
      resources: using('input', 'source', 'checkpoint').map((place) => objectArn(place, partition)),
    },
    { actions: ['s3:PutObject'], resources: using('output', 'checkpoint').map((place) => objectArn(place, partition)) },
    { actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: imageArns(request, partition) },
    { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: logArns(request, partition, jobName) },
  ];
  return asked.flatMap(({ actions, resources }) =>
    resources.length === 0 ? [] : [{ roleArn, actions, resources: [...new Set(resources)] }],
  );
}

/** Throws what IAM answers. A refusal that depends on what the question does not say is no refusal. */
export async function simulateRole(
  request: RequestFacts,
  jobName: string | undefined,
  { simulate }: Policies,
): Promise<readonly RoleDecision[]> {
  const answers = await Promise.all(questionsOf(request, jobName).map((question) => simulate(question)));
  return answers.flat().flatMap(({ action, resource, decision, missingContext }) => {
    if (decision === 'implicitDeny' && missingContext.length > 0) return [];
    return [{ action, resource, allowed: decision === 'allowed', detail: decision }];
  });
}

function bucketArn({ uri }: Place, partition: string): string {
  return `arn:${partition}:s3:::${bucketAndKey(uri).bucket}`;
}

/** Any object below a prefix stands for all; a last segment with an extension is an object itself. */
function objectArn({ uri }: Place, partition: string): string {
  const { bucket, key } = bucketAndKey(uri);
  const isObject = /[^/]\.\w{1,8}$/.test(key);
  const path = key === '' || key.endsWith('/') || isObject ? key : `${key}/`;
  return `arn:${partition}:s3:::${bucket}/${path}${isObject ? '' : 'any-object'}`;
}

function bucketAndKey(uri: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  return { bucket, key };
}

function imageArns({ image }: RequestFacts, partition: string): readonly string[] {
  const parsed = image === undefined ? undefined : parseImageUri(image);
  if (parsed?.registryId === undefined) return [];
  return [`arn:${partition}:ecr:${parsed.region}:${parsed.registryId}:repository/${parsed.repository}`];
}

function logArns({ region, roleArn }: RequestFacts, partition: string, jobName: string | undefined): readonly string[] {
  const account = roleArn?.split(':')[4];
  if (!region || !account || jobName === undefined) return [];
  const group = `arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/TrainingJobs`;
  return [`${group}:log-stream:${jobName}/algo-1`];
}
