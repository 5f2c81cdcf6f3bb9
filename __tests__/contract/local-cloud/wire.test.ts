import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, outcome, postScript } from './harness.ts';

const REGION = 'us-east-1';
let local: LocalCloud;
beforeAll(async () => {
  local = await startLocalCloud();
});
afterAll(() => local.close());

interface Sent {
  headers: Record<string, string>;
  body: unknown;
}

/** Lets the SDK sign any bytes for any service and sends them with fetch, so that what no client would send can be sent. */
async function signed(
  service: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; text: string; headers: Headers }> {
  let ready: Record<string, string> = {};
  const capture = (request: Sent) => {
    ready = request.headers;
    throw new Error('captured');
  };
  const scheme = {
    schemeId: 'aws.auth#sigv4',
    signingProperties: { name: service, region: REGION },
    propertiesExtractor: (config: unknown, context: unknown) => ({
      signingProperties: { config, context, signingName: service, signingRegion: REGION },
    }),
  };
  const client = new STSClient(
    clientOptions(local, { httpAuthSchemeProvider: () => [scheme], requestHandler: { handle: capture } }),
  );
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as Sent;
      const { 'content-type': _form, 'content-length': _length, ...rest } = request.headers;
      Object.assign(request, { body, headers: { ...rest, ...headers } });
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  await outcome(client.send(new GetCallerIdentityCommand({})));
  const response = await fetch(local.url, { method: 'POST', headers: ready, body });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const json = (service: string, target: string, body: unknown) =>
  signed(
    service,
    { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    typeof body === 'string' ? body : JSON.stringify(body),
  );
const ecr = (body: unknown) => json('ecr', 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories', body);
const form = (service: string, fields: Record<string, string>) =>
  signed(
    service,
    { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    new URLSearchParams(fields).toString(),
  );

describe('AWS JSON', () => {
  it('carries error names in the body and in a header, with a request id', async () => {
    const { status, text, headers } = await ecr({ maxResults: 0 });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({
      __type: 'InvalidParameterException',
      message: expect.stringMatching(/^1 validation error detected: Value '0' at 'maxResults'/),
    });
    expect(headers.get('x-amzn-errortype')).toBe('InvalidParameterException');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['a body that is no JSON', '{"a"', 'SerializationException', /Unexpected content/],
    ['a body that is no object', '[]', 'SerializationException', /Unexpected content/],
    ['an unknown member', { names: [] }, 'SerializationException', /Unknown member names/],
    [
      'a wrong type',
      { maxResults: 'many' },
      'SerializationException',
      /STRING_VALUE can not be converted to an Integer at 'maxResults'/,
    ],
  ])('refuses %s', async (_what, body, type, message) => {
    const answer = JSON.parse((await ecr(body)).text);
    expect(answer.__type).toBe(type);
    expect(answer.message).toMatch(message);
  });

  it('refuses an unknown operation, a foreign scope and a missing signature', async () => {
    const unknown = await json('ecr', 'AmazonEC2ContainerRegistry_V20150921.MakeTea', {});
    expect(JSON.parse(unknown.text).__type).toBe('UnknownOperationException');
    const foreign = await json('s3', 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories', {});
    expect(JSON.parse(foreign.text)).toMatchObject({
      __type: 'InvalidSignatureException',
      message: expect.stringMatching(/correct service: 'ecr'/),
    });
    const headers = { 'x-amz-target': 'Logs_20140328.GetLogEvents', 'content-type': 'application/x-amz-json-1.1' };
    const bare = await fetch(local.url, { method: 'POST', headers, body: '{}' });
    expect(bare.status).toBe(400);
    expect(await bare.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});

describe('AWS Query', () => {
  it('answers IAM in XML with its wrapper and namespace', async () => {
    const { status, text, headers } = await form('iam', { Action: 'GetRole', Version: '2010-05-08', RoleName: 'ci' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/xml');
    expect(text).toContain(
      '<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Path>/</Path><RoleName>ci</RoleName>',
    );
    expect(text).toContain('<CreateDate>2026-01-01T00:00:00Z</CreateDate>');
  });

  it('decodes lists and structures of CloudWatch, and encodes its answer', async () => {
    const { status, text } = await form('monitoring', {
      Action: 'GetMetricData',
      Version: '2010-08-01',
      StartTime: '2026-01-01T00:00:00Z',
      EndTime: '2026-01-01T01:00:00Z',
      'MetricDataQueries.member.1.Id': 'm1',
      'MetricDataQueries.member.1.ReturnData': 'true',
      'MetricDataQueries.member.1.MetricStat.Metric.Namespace': '/aws/sagemaker/TrainingJobs',
      'MetricDataQueries.member.1.MetricStat.Metric.MetricName': 'CPUUtilization',
      'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name': 'Host',
      'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value': 'job/algo-1',
      'MetricDataQueries.member.1.MetricStat.Period': '60',
      'MetricDataQueries.member.1.MetricStat.Stat': 'Average',
    });
    expect(status).toBe(200);
    expect(text).toContain('<GetMetricDataResult><MetricDataResults><member><Id>m1</Id>');
    expect(local.cloud.ledger.entries().at(-1)?.request).toMatchObject({
      StartTime: Date.UTC(2026, 0, 1) / 1000,
      MetricDataQueries: [
        {
          Id: 'm1',
          ReturnData: true,
          MetricStat: { Period: 60, Metric: { Dimensions: [{ Name: 'Host', Value: 'job/algo-1' }] } },
        },
      ],
    });
  });

  it.each([
    ['a broken constraint', { Action: 'GetRole', Version: '2010-05-08', RoleName: 'a b' }, 400, 'ValidationError'],
    ['a missing parameter', { Action: 'GetRole', Version: '2010-05-08' }, 400, 'ValidationError'],
    [
      'an unknown parameter',
      { Action: 'GetRole', Version: '2010-05-08', RoleName: 'a', Foo: '1' },
      400,
      'UnknownParameter',
    ],
    ['an unknown operation', { Action: 'MakeTea', Version: '2010-05-08' }, 400, 'InvalidAction'],
  ])('refuses %s', async (_what, fields, status, code) => {
    const answer = await form('iam', fields as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`<Error><Type>Sender</Type><Code>${code}</Code>`);
  });
});

describe('IAM and Service Quotas', () => {
  it('simulate a role’s own policies', async () => {
    const policy = { Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::data/*' }] };
    await postScript(local, { iam: { roles: [{ name: 'ci', policies: [policy] }] } });
    const simulate = (role: string) =>
      form('iam', {
        Action: 'SimulatePrincipalPolicy',
        Version: '2010-05-08',
        PolicySourceArn: `arn:aws:iam::111122223333:role/${role}`,
        'ActionNames.member.1': 's3:GetObject',
        'ActionNames.member.2': 's3:PutObject',
        'ResourceArns.member.1': 'arn:aws:s3:::data/a',
      });
    const { text } = await simulate('ci');
    expect([...text.matchAll(/<EvalDecision>(\w+)</g)].map(([, decision]) => decision)).toEqual([
      'allowed',
      'implicitDeny',
    ]);
    expect(await simulate('other')).toMatchObject({
      status: 404,
      text: expect.stringContaining('<Code>NoSuchEntity</Code>'),
    });
    await local.cloud.reset();
  });

  it('tell applied and default quotas, page by page', async () => {
    const name = 'ml.g5.xlarge for spot training job usage';
    await postScript(local, { quotas: [{ name, value: 3 }] });
    const list = async (operation: string) => {
      const quotas: { QuotaName: string; QuotaCode: string; Value: number }[] = [];
      let NextToken: string | undefined;
      do {
        const target = `ServiceQuotasV20190624.${operation}`;
        const page = JSON.parse((await json('servicequotas', target, { ServiceCode: 'sagemaker', NextToken })).text);
        quotas.push(...page.Quotas);
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return quotas;
    };
    const applied = await list('ListServiceQuotas');
    expect(new Set(applied.map(({ QuotaCode }) => QuotaCode)).size).toBe(applied.length);
    expect(applied.find(({ QuotaName }) => QuotaName === name)?.Value).toBe(3);
    const standard = await list('ListAWSDefaultServiceQuotas');
    expect(standard.find(({ QuotaName }) => QuotaName === name)?.Value).toBe(0);
    await local.cloud.reset();
  });
});

describe('every answer', () => {
  it('is dated in the cloud’s own time, by which clients set their clocks', async () => {
    const fast = await startLocalCloud({ timeScale: 1_000_000 });
    await fast.cloud.clock.sleep(100_000);
    const { headers } = await fetch(`${fast.url}/_local/clock`);
    expect(Date.parse(headers.get('date') ?? '') - fast.cloud.clock.epoch).toBeGreaterThanOrEqual(99_000_000);
    await fast.close();
  });

  it('refuses a request signed more than 15 minutes off', async () => {
    const late = { systemClockOffset: -16 * 60_000 };
    const s3 = new S3Client(clientOptions(local, late));
    const registry = new ECRClient(clientOptions(local, late));
    expect((await outcome(s3.send(new ListObjectsV2Command({ Bucket: 'any' })))).name).toBe('RequestTimeTooSkewed');
    expect((await outcome(registry.send(new DescribeRepositoriesCommand({})))).name).toBe('InvalidSignatureException');
    s3.destroy();
    registry.destroy();
  });
});
