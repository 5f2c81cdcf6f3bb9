import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { HeadBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '../../../local-cloud/start.ts';
import { clientOptions, outcome, postScript } from './harness.ts';

const RoleArn = 'arn:aws:iam::111122223333:role/ci';
const trust = (subject: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': subject },
      },
    },
  ],
});
let local: LocalCloud;
let sts: STSClient;

beforeAll(async () => {
  // Ten minutes of the cloud pass in a second: sessions end soon, and an ID token (300 s) does not end under way.
  local = await startLocalCloud({ timeScale: 600 });
  sts = new STSClient(clientOptions(local));
});
beforeEach(() => local.cloud.reset());
afterAll(async () => {
  sts.destroy();
  await local.close();
});

async function idToken(audience = 'sts.amazonaws.com'): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = local.env;
  const response = await fetch(`${url}&audience=${audience}`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { value: string }).value;
}

const assume = async (over: Record<string, unknown> = {}) =>
  sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn,
      RoleSessionName: 'run-1',
      WebIdentityToken: await idToken(),
      ...over,
    }),
  );

describe('the local STS', () => {
  it('says who holds the printed keys', async () => {
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '111122223333',
      Arn: 'arn:aws:iam::111122223333:user/local',
    });
  });

  it('gives a session for an ID token, and knows the session again', async () => {
    await postScript(local, { iam: { roles: [{ name: 'ci', maxSessionDuration: 43_200 }] } });
    const { Credentials: issued, AssumedRoleUser: user } = await assume({ DurationSeconds: 43_200 });
    expect(user?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/ci/run-1');
    const session = {
      accessKeyId: issued?.AccessKeyId ?? '',
      secretAccessKey: issued?.SecretAccessKey ?? '',
      sessionToken: issued?.SessionToken ?? '',
    };
    const client = new STSClient(clientOptions(local, { credentials: session }));
    expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toBe(user?.Arn);
    client.destroy();
    const stripped = new STSClient(clientOptions(local, { credentials: { ...session, sessionToken: undefined } }));
    expect(await outcome(stripped.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'InvalidClientTokenId',
      status: 403,
    });
    stripped.destroy();
  });

  it('ends a session, with the error name of each protocol', async () => {
    const { Credentials: issued } = await assume({ DurationSeconds: 900 });
    const credentials = {
      accessKeyId: issued?.AccessKeyId ?? '',
      secretAccessKey: issued?.SecretAccessKey ?? '',
      sessionToken: issued?.SessionToken ?? '',
    };
    await local.cloud.clock.sleep(901);
    const options = clientOptions(local, { credentials });
    const clients = { ecr: new ECRClient(options), s3: new S3Client(options), sts: new STSClient(options) };
    expect(await outcome(clients.ecr.send(new DescribeRepositoriesCommand({})))).toMatchObject({
      name: 'ExpiredTokenException',
      status: 400,
    });
    expect(await outcome(clients.s3.send(new ListObjectsV2Command({ Bucket: 'any' })))).toMatchObject({
      name: 'ExpiredToken',
      message: 'The provided token has expired.',
    });
    expect(await outcome(clients.sts.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'ExpiredToken',
      status: 403,
    });
    for (const client of Object.values(clients)) client.destroy();
  });

  it.each([
    [
      'a text that is no token',
      async () => ({ WebIdentityToken: 'abcd' }),
      'InvalidIdentityTokenException',
      /not a valid JWT/,
    ],
    [
      'a forged token',
      async () => ({ WebIdentityToken: `${await idToken()}x` }),
      'InvalidIdentityTokenException',
      /signature/,
    ],
    [
      'another audience',
      async () => ({ WebIdentityToken: await idToken('elsewhere') }),
      'InvalidIdentityTokenException',
      /Incorrect token audience/,
    ],
    [
      'more than the role allows',
      async () => ({ DurationSeconds: 3601 }),
      'ValidationError',
      /exceeds the MaxSessionDuration set for this role/,
    ],
    [
      'less than STS allows',
      async () => ({ DurationSeconds: 899 }),
      'ValidationError',
      /at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900/,
    ],
    [
      'a session name STS does not allow',
      async () => ({ RoleSessionName: 'a b' }),
      'ValidationError',
      /at 'roleSessionName'.*regular expression pattern/,
    ],
    [
      'a role of another account',
      async () => ({ RoleArn: 'arn:aws:iam::999999999999:role/ci' }),
      'AccessDenied',
      /Not authorized to perform sts:AssumeRoleWithWebIdentity/,
    ],
  ])('refuses %s', async (_what, over, name, message) => {
    const refused = await outcome(assume(await over()));
    expect(refused.name).toBe(name);
    expect(refused.message).toMatch(message);
  });

  it.each([
    ['repo:octo/forecast:*', 'fulfilled'],
    ['repo:octo/other:*', 'AccessDenied'],
    ['repo:octo@*/forecast@*:*', 'AccessDenied'],
  ])('holds the trust policy’s subject %s against the token', async (subject, name) => {
    await postScript(local, { iam: { roles: [{ name: 'ci', trust: trust(subject) }] } });
    expect((await outcome(assume())).name).toBe(name);
  });

  it('refuses an ID token that has expired', async () => {
    const WebIdentityToken = await idToken();
    await local.cloud.clock.sleep(301);
    const refused = await outcome(assume({ WebIdentityToken }));
    expect(refused.name).toBe('ExpiredTokenException');
    expect(refused.message).toMatch(
      /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
    );
  });

  it('writes no secret into the ledger', async () => {
    const token = await idToken();
    const { Credentials: issued } = await assume({ WebIdentityToken: token });
    const ledger = JSON.stringify(local.cloud.ledger.entries());
    for (const secret of [token, issued?.SecretAccessKey, issued?.SessionToken]) expect(ledger).not.toContain(secret);
    expect(ledger).toContain(issued?.AccessKeyId);
  });

  it('refuses keys and secrets that are wrong', async () => {
    const wrong = (credentials: Record<string, string>) =>
      new S3Client(clientOptions(local, { credentials: { ...clientOptions(local).credentials, ...credentials } }));
    const unknown = wrong({ accessKeyId: 'AKIAUNKNOWN' });
    const forged = wrong({ secretAccessKey: 'guess' });
    expect((await outcome(unknown.send(new ListObjectsV2Command({ Bucket: 'any' })))).name).toBe('InvalidAccessKeyId');
    expect((await outcome(forged.send(new ListObjectsV2Command({ Bucket: 'any' })))).name).toBe(
      'SignatureDoesNotMatch',
    );
    expect((await outcome(forged.send(new HeadBucketCommand({ Bucket: 'any' })))).status).toBe(403);
    unknown.destroy();
    forged.destroy();
  });
});
